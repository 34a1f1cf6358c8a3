"""Postcodes of the communes, the département of one, and the numbers written beside a town."""

import re
from functools import cache
from typing import Final

from geo.reference import france

_POSTCODE: Final = re.compile(r"(?<!\d)(?:\bFR?[ –-]?)?(\d{2} ?\d{3})(?!\d)")
_AREA: Final = re.compile(r"\((\d{1,3}|2[ab])\)\s*$|^(\d{2,3}|2[ab])[\s–-]+(?=\D)", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(paris|lyon|marseille)\b", re.IGNORECASE)  # « Paris (11) »


def same_departement(postcode: str, departement: str) -> bool:
    """Return whether a postcode may be one of a département: Corsica's begin with 20."""
    return postcode.startswith("20" if departement in {"2A", "2B"} else departement)


@cache
def postcodes_of() -> dict[str, frozenset[str]]:
    """List the postcodes of each commune."""
    table = france.communes()["postcodes"]
    return {str(code): frozenset(postcodes) for code, postcodes in table.items()}


@cache
def all_postcodes() -> frozenset[str]:
    """List the postcodes that some commune has."""
    return frozenset().union(*postcodes_of().values())


@cache
def departements_of_communes() -> dict[str, str]:
    """Say the département of each commune."""
    table = france.communes()["departement_code"]
    return dict(zip(table.index, table, strict=True))


def numbers_of(town: str) -> tuple[str, str, str]:
    """Split a town, its postcode and its département: « Vincennes (94) », « 94300 Vincennes »."""
    found = _POSTCODE.search(town)
    if found:
        name = f"{town[: found.start()]} {town[found.end() :]}".strip(" -–,;()")
        return name, found[1].replace(" ", ""), ""
    area = None if _NUMBERED.match(town.strip()) else _AREA.search(town.strip())
    return town, "", (area[1] or area[2]).upper().zfill(2) if area else ""
