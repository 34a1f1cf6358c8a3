"""Propose a mapping: the one remembered, else a known format, else names and contents."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import isnan
from typing import Any, Final

import pandas as pd

from geo.directory.importing.column_titles import SMALL, readings, shared_prefix
from geo.directory.importing.fields import BY_NAME, TARGETS, names_of, plain
from geo.directory.importing.mapping import Mapping, signature
from geo.directory.importing.points import number, pair_of
from geo.directory.importing.presets import recognised
from geo.directory.importing.table import Table
from geo.directory.importing.telling_words import told_by
from geo.directory.importing.terms import understood
from geo.reference.old_codes import commune_today

_SAMPLE: Final = 300
_MOST: Final = 0.6
_FEW: Final = 0.3
_ELSEWHERE: Final = frozenset(["epci", "commune", "mairie", "departement", "region", "interco"])
_ENGLISH_FIRST_NAMES: Final = frozenset(("first name", "given name"))
_ENGLISH_NAMES: Final = frozenset(("name", "full name", "last name", "family name"))
_BEGINNING: Final = 500
"""Letters of a cell that tell what its column holds: a page of text costs no more."""
_DAY: Final = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b")
_STAMP: Final = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b.*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|"
    r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{16,}",
    re.IGNORECASE,
)
"""What a machine wrote beside the answers: a moment, a key, an address of the network."""
_CARRIERS: Final = frozenset(["porteur", "porteuse", "gestionnaire", "mandataire", "tutelle"])
_SURE: Final = (
    "actor_name",
    "postcode", "commune_code", "siret", "phone", "email", "website", "longitude", "latitude",
)  # fmt: skip
_VAGUE: Final = frozenset(
    ["x", "y", "coord x", "coord y", "coordx", "coordy", "lien", "link", "url", "web", "pivot",
     "standard", "cog", "id geo", "code geo", "codgeo", "zip", "tel", "site", "com code",
     "com arm code", "com current code"]
)  # fmt: skip
"""Names that are also those of something else: their cells have to say so too."""
_TICKED: Final = frozenset(("oui", "non", "yes", "no", "true", "false", "vrai", "faux", "x"))
_DECIMAL: Final = re.compile(r"\d+[.,]\d{3,}")
_CONTACT: Final = re.compile(r"\b(contact|responsable|referente?|president|directeur|directrice)\b")
_NUMBER: Final = r"-?\d{1,3}[.,]\d+"
_PAIR: Final = re.compile(rf"[\[(]?\s*({_NUMBER})\s*[,; ]\s*({_NUMBER})\s*[\])]?")
_FIVE: Final = re.compile(r"\d{4,5}(\.0)?|((FR?|CP)\W?)?\d{2}\s?\d{3}(\D.*)?", re.IGNORECASE)
_UNTITLED: Final = re.compile(r"colonne \d+")
_NAMED: Final = re.compile(r"(lib|libelle|nom|name|titre|title)\b")
_SOUTH, _NORTH, _WEST, _EAST = 41.0, 51.5, -5.5, 10.0


def propose(table: Table, remembered: dict[str, Any] | None = None) -> Mapping:
    """Propose which column feeds which field.

    Parameters
    ----------
    remembered
        JSON of mappings accepted before, by signature of header.
    """
    mark = signature(table)
    known = (remembered or {}).get(mark)
    if known:
        mapping = Mapping.from_json(str(known))
        if mapping.fits(table):  # the ids of a file are its own, not those of a like one
            own = mapping.dataset if mapping.preset else dataset_name(table.name)
            return replace(mapping, dataset=own, about=mapping.about.again())
    preset = recognised(table)
    if preset:
        pairs = tuple((c, preset.columns[c]) for c in table.columns if c in preset.columns)
        return Mapping(pairs, mark, preset.id, preset.id)
    return Mapping(_guessed(table), mark, "", dataset_name(table.name))


def dataset_name(file: str) -> str:
    """Name the ids of a file after it, without dates nor copy numbers: « acteurs »."""
    stem = re.sub(r"\.\w{2,8}$", "", file)
    words = [word for word in plain(stem).split() if not word.isdigit()]
    return "-".join(words)[:60] or "fichier"


def _guessed(table: Table) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    by_reading = partial(_by_reading, shared_prefix(table.columns))
    rules = (_by_exact_name, by_reading, _by_words, _by_content)
    filled = [column for column in table.columns if (table.cells[column] != "").any()]
    empty = [column for column in table.columns if column not in filled]
    persons = _persons(table)
    for columns, rule in ((some, rule) for some in (filled, empty) for rule in rules):
        for column in sorted(columns, key=_rank) if rule is _by_exact_name else columns:
            if column in found:
                continue
            field = rule(column, table.cells[column])
            if field == "actor_name" and column in persons:
                continue
            if field and (BY_NAME[field].several or field not in found.values()):
                found[column] = field
    found |= dict.fromkeys((one for one in persons if one not in found), "contact_name")
    if "actor_name" not in found.values() and (column := _likely_name(table, found)):
        found[column] = "actor_name"
    for column in table.columns:  # whatever its cells hold: each odd one is then told
        field = _by_good_name(column) if column not in found else ""
        if field and field not in found.values():
            found[column] = field
    found = _of_the_actor(found)
    return tuple((column, found[column]) for column in table.columns if column in found)


def _persons(table: Table) -> list[str]:
    """List the columns of family names, or whole: beside each stands the one of first names."""
    plains = {plain(column) for column in table.columns}
    if _ENGLISH_FIRST_NAMES & plains:
        return [one for one in table.columns if plain(one) in _ENGLISH_NAMES]
    pairs = ((one, re.sub(r"\bnom\b", "prenom", plain(one))) for one in table.columns)
    return [one for one, first in pairs if first != plain(one) and first in plains]


def _by_good_name(column: str) -> str:
    """Return the field that a title names without any doubt, whatever stands below it."""
    name = plain(column)
    return next((one for one in _SURE if name in names_of(BY_NAME[one]) and name not in _VAGUE), "")


def _of_the_actor(found: dict[str, str]) -> dict[str, str]:
    """Leave out what is of the one who carries the actor, when the actor has a name of its own."""
    carried = {one: {*plain(one).split()} & _CARRIERS for one in found}
    named = next((one for one, field in found.items() if field == "actor_name"), "")
    if not named or carried[named]:
        return found
    return {one: field for one, field in found.items() if not carried[one]}


def _rank(column: str) -> int:
    """Return how far a title is down the names of its field: « siret » comes before « siren »."""
    name = plain(column)
    return next((names_of(one).index(name) for one in TARGETS if name in names_of(one)), 0)


def _likely_name(table: Table, found: dict[str, str]) -> str:
    """Choose a column of words that differ from row to row, one called « lib… » first."""
    rated = []
    for column in table.columns:
        some = _some(table.cells[column])
        if _ELSEWHERE & {*plain(column).split()}:
            continue
        if column not in found and some and _share(table.cells[column], _is_name) > _MOST:
            called = bool(_NAMED.match(plain(column)))
            rated.append((called, len(set(some)) / len(some), column))
    best = max(rated, key=lambda rate: rate[:2], default=(False, 0.0, ""))
    return best[2] if best[0] or best[1] > _MOST else ""


def _by_exact_name(column: str, values: pd.Series) -> str:
    name = plain(column)
    field = next((target.name for target in TARGETS if name in names_of(target)), "")
    if field in understood and name in names_of(BY_NAME[field])[:2]:
        return field  # even if its words are none of ours: they are then told one by one
    if field == "town" and _share(values, _is_commune) > _MOST:
        return "commune_code"  # a column « commune » of codes
    good = field and (_plausible(field, values) or _like_codes(field, values))
    return field if good else ""


def _like_codes(field: str, values: pd.Series) -> bool:
    """Tell a column of codes that no list holds: its name says what they are, each is then told."""
    return field == "commune_code" and _share(values, _is_five) > _MOST


def _by_reading(prefix: str, column: str, values: pd.Series) -> str:
    """Match a title once what surrounds it is left out: « Code postal de la structure »."""
    return next((one for one in readings(column, prefix) if _plausible(one, values)), "")


def _by_words(column: str, values: pd.Series) -> str:
    """Match a name that holds all the words of an alias: « Nom de la structure porteuse »."""
    words = set(plain(column).split()) - SMALL
    best, longest = "", 0
    for target in TARGETS:
        for alias in names_of(target):
            needed = set(alias.split()) - SMALL
            if (
                len(needed) > max(longest, 1)
                and needed <= words
                and _plausible(target.name, values)
            ):
                best, longest = target.name, len(needed)
    if _CONTACT.search(plain(column)):
        personal = {"email": "contact_email", "phone": "contact_phone"}
        return personal.get(best, best or _contact_kind(values))
    return best


def _contact_kind(values: pd.Series) -> str:
    if _share(values, _is_mail) > _MOST:
        return "contact_email"
    return "contact_phone" if _share(values, _is_phone) > _MOST else "contact_name"


def _by_content(column: str, values: pd.Series) -> str:
    """Recognise a column by what it holds; its name says nothing, but for whose it is."""
    if _ELSEWHERE & {*plain(column).split()}:
        return ""
    if _share(values, _is_mail) > _MOST:
        return "email"
    if _share(values, _is_link) > _MOST:
        return "website"
    if _share(values, _is_siret) > _MOST:
        return "siret"
    if _share(values, _is_phone) > _MOST:
        return "phone"
    return _pair_order(values) or (told_by(_some(values)) if _UNTITLED.fullmatch(column) else "")


def _pair_order(values: pd.Series) -> str:
    pairs = [_PAIR.fullmatch(value) for value in _some(values)]
    found = [tuple(float(n.replace(",", ".")) for n in pair.groups()) for pair in pairs if pair]
    if not pairs or len(found) < _MOST * len(pairs):
        return ""
    first = sum(_SOUTH < a < _NORTH and _WEST < b < _EAST for a, b in found)
    return "latlon" if first * 2 >= len(found) else "lonlat"


def _some(values: pd.Series) -> list[str]:
    return [str(value)[:_BEGINNING] for value in values[values != ""].iloc[:_SAMPLE]]


def _share(values: pd.Series, test: Callable[[str], object]) -> float:
    some = _some(values)
    return sum(bool(test(text)) for text in some) / len(some) if some else 0.0


def _plausible(field: str, values: pd.Series) -> bool:
    """Return whether a column may hold what its name says; an empty one may."""
    if field in understood:
        return _share(values, understood[field]) > 0
    test = _TESTS.get(field)
    return not test or not _some(values) or _share(values, test) >= _FEW


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-+]?\d[\d \u00a0\u202f]*([.,]\d+)?", text))


def _is_mail(text: str) -> bool:
    return bool(re.search(r"[^@\s]+@[^@\s]+\.\w+", text))


def _is_link(text: str) -> bool:
    return bool(re.match(r"(https?://|www\.)\S+$|[\w-]+(\.[\w-]+)*\.(fr|com|org|eu|net)\b", text))


def _is_phone(text: str) -> bool:
    if _DAY.search(text):
        return False
    digits = re.sub(r"[\s.\-/()\u00a0]", "", text)
    good = re.match(r"(\+33|0033|0)[1-9]\d{8}(?![\da-f])", digits, re.IGNORECASE)
    return bool(good) and not _DECIMAL.fullmatch(text)


def _is_siret(text: str) -> bool:
    return bool(re.fullmatch(r"\d{9}|\d{14}", re.sub(r"[\s\u00a0]|\.0$", "", text)))


def _is_five(text: str) -> bool:
    return bool(_FIVE.fullmatch(text))


def _is_commune(text: str) -> bool:
    return text == "0" or bool(commune_today(re.sub(r"\.0$", "", text).upper().zfill(5)))


def _is_name(text: str) -> bool:
    is_other = _is_number(text) or _is_link(text) or _STAMP.fullmatch(text)
    return not is_other and text.lower() not in _TICKED


_TESTS: Final[dict[str, Callable[[str], bool]]] = {
    "longitude": lambda text: not isnan(number(text)),
    "latitude": lambda text: not isnan(number(text)),
    "latlon": lambda text: bool(_PAIR.fullmatch(text) or pair_of(text)),
    "lonlat": lambda text: bool(_PAIR.fullmatch(text) or pair_of(text)),
    "postcode": _is_five,
    "commune_code": _is_commune,
    "email": _is_mail,
    "contact_email": _is_mail,
    "website": _is_link,
    "source_url": _is_link,
    "siret": lambda text: sum(map(str.isdigit, text)) >= 8,  # noqa: PLR2004 - a short one is told
    "phone": lambda text: sum(map(str.isdigit, text)) >= 4,  # noqa: PLR2004
    "actor_name": _is_name,
    "town": _is_name,
    "source_date": lambda text: any(map(str.isdigit, text)),
}
