"""The commune that a record states, by its code, or by its postcode and town."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from geo.reference import france, gazetteer
from geo.reference.gazetteer import FoundPlace
from geo.reference.old_codes import commune_today
from geo.reference.postcodes import numbers_of, same_departement

_EXACT: Final = ("exact", "code")
_POSTCODE: Final = re.compile(r"(\d{5})(?:\.0)?")


@lru_cache(maxsize=50_000)
def stated_commune(code: str, postcode: str, town: str, departement: str = "") -> str:
    """Return the code of the commune that a record states; empty when it states none, or several.

    The code comes first; else the name in its postcode or its département, or alone if one commune
    only has it. A name that is elsewhere than its postcode or its département states none.
    """
    if code:
        return commune_today(code)
    if not town.strip():
        return ""
    name, beside, area = numbers_of(town)
    town = name if postcode.strip() in {"", beside} else town
    parts = _POSTCODE.fullmatch(postcode.strip() or beside)
    where = parts[1] if parts else departement or area
    # « Vincennes (94) » says where already.
    found = _exact(town if area else f"{where} {town}".strip())
    if not found and parts:  # a CEDEX has a postcode of its own: its département is right
        found = _exact(f"{town} {where[:2]}")
    codes = {place.code for place in found if not where or _lies(place, where)}
    return codes.pop() if len(codes) == 1 else ""


@dataclass(frozen=True)
class Commune:
    """What placing needs of a commune; its point is in degrees, WGS 84."""

    name: str
    departement_code: str
    region_code: str
    longitude: float
    latitude: float

    @property
    def label(self) -> str:
        """Name it so that two of one name differ: « Saint-Denis (93) »."""
        return f"{self.name} ({self.departement_code})"


@cache
def communes() -> dict[str, Commune]:
    """List the communes in force, by code: a table answers one row a hundred times slower."""
    table = france.communes()
    names = ("commune_name", "departement_code", "region_code", "longitude", "latitude")
    rows = zip(*(table[name].to_list() for name in names), strict=True)
    return {code: Commune(*row) for code, row in zip(table.index.to_list(), rows, strict=True)}


def _lies(place: FoundPlace, where: str) -> bool:
    """Return whether a commune has a postcode, or lies in the département that a row states."""
    departement = place.departement_code or "?"
    return where in place.postcodes or same_departement(where, departement) or where == departement


def _exact(text: str) -> list[FoundPlace]:
    found = gazetteer.search(text, 10, ("commune",))
    best = [place for place in found if place.match_kind in _EXACT]
    return [place for place in best if place.score == best[0].score]
