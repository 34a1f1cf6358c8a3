"""Codes that spreadsheets damage: zeros lost, « .0 » added, letters in lower case."""

import re
from functools import cache, lru_cache
from typing import Final

import numpy as np

from geo.directory.importing.dry_run import INFO
from geo.directory.importing.fields import plain
from geo.directory.importing.row_batch import RowBatch, Texts, each, where
from geo.reference import france, gazetteer
from geo.reference.overseas import OverseasPlace, overseas_code, overseas_name

_SPACES: Final = re.compile(r"[\s\u00a0\u202f'’]+")
_DECIMAL: Final = re.compile(r"(\d+)[.,]0+")
_POSTCODE: Final = re.compile(r"\d{5}")
# « F-63000 », « 63000 Clermont-Ferrand », « 63055 CEDEX 1 », « CP 63 000 »
_WRITTEN: Final = re.compile(r"(?<!\d)(\d{2}[ .\u00a0\u202f]?\d{3})(?![\d.,])")
_COMMUNE: Final = re.compile(r"\d{5}|2[AB]\d{3}")
_AREA: Final = re.compile(r"\b(?:\d{1,3}|2[ABab])\b")
# What may stand before a code: « FR-33 », « Dépt 33 », « n°33 ».
_CALLED: Final = re.compile(r"^(?:FR-?|D[EÉ]P(?:ARTEMEN)?T?\.?|D|N°)(?=\d)")
# Codes that the State gives to parts of a département: the Métropole de Lyon, Corsica of 1975.
_PARTS: Final = {"69D": "69", "69M": "69", "20A": "2A", "20B": "2B"}
_NAMED_PARTS: Final = {"metropole de lyon": "69", "rhone et metropole de lyon": "69"}
# Départements that one name says together, folded: they share a collectivity, or were one.
_TOGETHER: Final = {
    ("2A", "2B"): {"20", "corse", "20 corse", "corse 20", "2a 2b", "collectivite de corse"},
    ("67", "68"): {"alsace", "67 68", "6ae", "cea", "collectivite europeenne d alsace"},
}
_WIDTH: Final = 5
_AS_NUMBER: Final = "Code écrit comme un nombre : décimales retirées."
_LOST_ZERO: Final = "Zéro initial perdu : rétabli."


def _squeezed(text: str) -> str:
    return _SPACES.sub("", text).upper()


def whole(text: str) -> str:
    """Drop the spaces, and the decimals a spreadsheet added to a code."""
    code = _squeezed(text)
    found = _DECIMAL.fullmatch(code)
    return found[1] if found else code


def five(batch: RowBatch, name: str) -> Texts:
    """Return five-character codes, postcodes or communes', what cannot be one left empty."""
    read = batch.texts(name)
    shape = _POSTCODE if name == "postcode" else _COMMUNE
    full = each(read, _alone if name == "postcode" else lambda text: _full(whole(text)))
    values = each(full, lambda code: code if shape.fullmatch(code) else "")
    decimals = where(read, lambda text: _DECIMAL.fullmatch(_squeezed(text)))
    short = where(read, lambda text: _lost_zero(whole(text)))
    batch.tell(decimals, name, _AS_NUMBER, (read, values), INFO)
    batch.tell(short, name, _LOST_ZERO, (read, values), INFO)
    has_text = where(read, lambda text: text.strip())
    nought = where(read, lambda text: text.strip() and not whole(text).strip("0"))
    noun = "Code postal" if name == "postcode" else "Code de commune"
    batch.tell(nought, name, f"{noun} à zéro : laissé vide.", (read, values))
    bad = has_text & (values == "") & ~nought
    batch.tell(bad, name, f"{noun} illisible : cinq caractères attendus.", (read, values))
    return np.where(nought, "", values)


def _alone(text: str) -> str:
    """Return the one postcode that a text holds, whatever is written around it."""
    code = _full(whole(text))
    written = _WRITTEN.findall(text)
    sure = _POSTCODE.fullmatch(code) or len(written) != 1
    return code if sure else re.sub(r"\D", "", written[0])


def _lost_zero(code: str) -> bool:
    return len(code) == _WIDTH - 1 and code.isdigit() and bool(code.strip("0"))


def _full(code: str) -> str:
    return f"0{code}" if _lost_zero(code) else code


def area(batch: RowBatch, kind: str) -> Texts:
    """Return the codes of a département or a région, written as a number, a name or both."""
    name = f"{kind}_code"
    read = batch.texts(name)
    values = each(read, lambda text: area_code(kind, text))
    bad = where(read, lambda text: text.strip()) & (values == "")
    batch.tell(bad, name, lambda at: _no_area(kind, read[at]), (read, values))
    return values


def _no_area(kind: str, text: str) -> str:
    """Say why a text gives no département or région: overseas, Corsica's two, or unknown."""
    noun = "Département" if kind == "departement" else "Région"
    if place := overseas_area(text):
        return f"{place.sentence} : laissé vide."
    if kind == "departement" and (codes := _together(text)):
        places = [gazetteer.by_code(kind, code) for code in codes]
        listed = " ou ".join(f"{place.name} ({place.code})" for place in places)
        return f"{noun} : {listed}, laissé vide."
    return f"{noun} : ni code ni nom connu, laissé vide."


def area_code(kind: str, text: str) -> str:
    """Read « 33 », « 1 », « Gironde », « gironde (33) », « 33 - Gironde »; empty if unsure."""
    known = france.territories().loc[kind].index
    code = _CALLED.sub("", whole(text)).zfill(2)
    code = _PARTS.get(code, code) if kind == "departement" else code
    code = code if code in known else code.removeprefix("0")  # « 033 »
    if kind == "departement" and (part := _NAMED_PARTS.get(plain(text))):
        return part
    if code in known or not text.strip():
        return code if code in known else ""
    if kind == "departement" and _together(text):
        return ""
    best = [p for p in gazetteer.search(text, 1, (kind,)) if p.match_kind in {"exact", "code"}]
    stated_codes = {one.upper().zfill(2) for one in _AREA.findall(text)}
    return best[0].code if best and stated_codes <= {best[0].code} else ""


def overseas_area(text: str) -> OverseasPlace | None:
    """Return the overseas collectivity that a text names: « 988 », « Nouvelle-Calédonie (988) »."""
    code = _CALLED.sub("", whole(text))
    bare = re.sub(r"[\s–-]*\(?\b9\d\d\b\)?[\s–-]*", "", text).strip()
    place = overseas_code(code) or overseas_name(bare or text)
    return place if place and place.code == place.collectivity_code else None


def _together(text: str) -> tuple[str, ...]:
    """Return the départements that a text names together, none when it names one or no other."""
    folded = plain(text)
    return next((codes for codes, names in _TOGETHER.items() if folded in names), ())


def areas(batch: RowBatch, stated: dict[str, Texts]) -> list[frozenset[str]]:
    """Name the départements where each record may be, by its département, else by its région.

    Corsica whole is two; an overseas collectivity is none of France's, so that no commune fits.
    """
    inside, texts = _departements_of_regions(), batch.texts("departement_code")
    return [
        frozenset((departement,)) if departement else _wide(text) or inside.get(region, frozenset())
        for departement, region, text in zip(*stated.values(), texts, strict=True)
    ]


@cache
def _departements_of_regions() -> dict[str, frozenset[str]]:
    pairs = france.communes()[["region_code", "departement_code"]].drop_duplicates()
    inside = pairs.groupby("region_code")["departement_code"].agg(frozenset)
    return dict(zip(inside.index, inside, strict=True))


@lru_cache(maxsize=1000)
def _wide(text: str) -> frozenset[str]:
    place = overseas_area(text) if text else None
    if place:
        return frozenset((place.code,))
    return frozenset(_together(text))
