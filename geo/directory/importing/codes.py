"""Codes that spreadsheets damage: zeros lost, « .0 » added, letters in lower case."""

import re
from typing import Final

import numpy as np

from geo.directory.importing.dry_run import INFO
from geo.directory.importing.row_batch import RowBatch, Texts, each, where
from geo.reference import france, gazetteer

_SPACES: Final = re.compile(r"[\s\u00a0\u202f'’]+")
_DECIMAL: Final = re.compile(r"(\d+)[.,]0+")
_POSTCODE: Final = re.compile(r"\d{5}")
_COMMUNE: Final = re.compile(r"\d{5}|2[AB]\d{3}")
_AREA: Final = re.compile(r"\b(?:\d{1,3}|2[ABab])\b")
# What may stand before a code: « FR-33 », « Dépt 33 », « n°33 ».
_CALLED: Final = re.compile(r"^(?:FR-?|D[EÉ]P(?:ARTEMEN)?T?\.?|D|N°)(?=\d)")
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


def five(desk: RowBatch, name: str) -> Texts:
    """Return five-character codes, postcodes or communes', what cannot be one left empty."""
    read = desk.texts(name)
    shape = _POSTCODE if name == "postcode" else _COMMUNE
    full = each(read, lambda text: _full(whole(text)))
    kept = each(full, lambda code: code if shape.fullmatch(code) else "")
    decimals = where(read, lambda text: _DECIMAL.fullmatch(_squeezed(text)))
    short = where(read, lambda text: _lost_zero(whole(text)))
    desk.tell(decimals, name, _AS_NUMBER, (read, kept), INFO)
    desk.tell(short, name, _LOST_ZERO, (read, kept), INFO)
    given = where(read, lambda text: text.strip())
    nought = where(read, lambda text: text.strip() and not whole(text).strip("0"))
    noun = "Code postal" if name == "postcode" else "Code de commune"
    desk.tell(nought, name, f"{noun} à zéro : laissé vide.", (read, kept))
    bad = given & (kept == "") & ~nought
    desk.tell(bad, name, f"{noun} illisible : cinq caractères attendus.", (read, kept))
    return np.where(nought, "", kept)


def _lost_zero(code: str) -> bool:
    return len(code) == _WIDTH - 1 and code.isdigit() and bool(code.strip("0"))


def _full(code: str) -> str:
    return f"0{code}" if _lost_zero(code) else code


def area(desk: RowBatch, kind: str) -> Texts:
    """Return the codes of a département or a région, written as a number, a name or both."""
    name = f"{kind}_code"
    read = desk.texts(name)
    kept = each(read, lambda text: area_code(kind, text))
    bad = where(read, lambda text: text.strip()) & (kept == "")
    noun = "Département" if kind == "departement" else "Région"
    desk.tell(bad, name, f"{noun} : ni code ni nom connu, laissé vide.", (read, kept))
    return kept


def area_code(kind: str, text: str) -> str:
    """Read « 33 », « 1 », « Gironde », « gironde (33) », « 33 - Gironde »; empty if unsure."""
    known = france.territories().loc[kind].index
    code = _CALLED.sub("", whole(text)).zfill(2)
    code = code if code in known else code.removeprefix("0")  # « 033 »
    if code in known or not text.strip():
        return code if code in known else ""
    best = [p for p in gazetteer.search(text, 1, (kind,)) if p.match_kind in {"exact", "code"}]
    said = {one.upper().zfill(2) for one in _AREA.findall(text)}
    return best[0].code if best and said <= {best[0].code} else ""


def areas(departements: Texts, regions: Texts) -> list[frozenset[str]]:
    """Name the départements where each record may be, by its département, else by its région."""
    pairs = france.communes()[["region_code", "departement_code"]].drop_duplicates()
    inside = pairs.groupby("region_code")["departement_code"].agg(frozenset).to_dict()
    return [
        frozenset((departement,)) if departement else inside.get(region, frozenset())
        for departement, region in zip(departements, regions, strict=True)
    ]
