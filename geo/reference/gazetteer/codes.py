"""Which names answer a code: INSEE, postcode or its beginning, SIREN, CRTE, département."""

from typing import Final

import numpy as np
from rapidfuzz.distance import OSA

from geo.reference.gazetteer.entries import Entries
from geo.reference.gazetteer.matching import Match
from geo.reference.gazetteer.place_names import SECTIONS, PlaceNames
from geo.reference.gazetteer.search_terms import SearchTerms

POSTCODE: Final = 5
_SURE, _OTHER, _PARTIAL = 100.0, 99.0, 90.0


def code_matches(entries: Entries, query: SearchTerms) -> dict[int, Match]:
    """Match a text that is a code with the rows of the table of names."""
    if query.arrondissement:
        return {entries.arrondissements[query.arrondissement]: (_SURE, "code")}
    names, code = entries.names, query.code
    if code.startswith("crte-"):
        return _crte(names, code)
    exact = [*names.with_code(code), *names.with_unit_code(code)]
    if query.kind:
        exact = [row for row in exact if names.cell("territory_kind", row) == query.kind]
    found: dict[int, Match] = dict.fromkeys(exact, (_SURE, "code"))
    if code.isdigit() and len(code) <= POSTCODE and not query.kind:
        for row, match in _postal(names, code, exact).items():
            found[row] = max(match, found.get(row, match))
    return found


def closest(names: PlaceNames, kind: str, code: str, limit: int) -> list[int]:
    """Name the rows of a kind whose codes look most like a code."""
    rows = np.flatnonzero(names.sections == SECTIONS.index(kind)).tolist()
    far = [OSA.distance(code[:30].upper(), names.codes[row].upper()) for row in rows]
    return [rows[at] for at in np.argsort(far, kind="stable")[:limit]]


def _crte(names: PlaceNames, code: str) -> dict[int, Match]:
    if code in names.in_force:
        return dict.fromkeys(names.in_force[code], (_SURE, "code"))
    known = [rows[0] for other, rows in names.in_force.items() if other.startswith(code + "-")]
    return dict.fromkeys(known, (_PARTIAL, "code"))


def _postal(names: PlaceNames, code: str, exact: list[int]) -> dict[int, Match]:
    """Match the places of a postcode, before or after those of the same INSEE code.

    Five digits are a postcode first, unless it is a secondary one of a commune less populous
    than the commune of that INSEE code (97411: Saint-Denis, not a quarter of Saint-Paul).
    """
    rows = names.with_postcode(code).tolist()
    if len(code) < POSTCODE:
        return dict.fromkeys(rows, (_PARTIAL, "postcode"))
    secondary = all(len(names.cell("postcodes", row)) > 1 for row in rows)
    if rows and exact and secondary and names.weights[exact[0]] > names.weights[rows].max():
        return dict.fromkeys(rows, (_OTHER, "postcode"))
    ward = SECTIONS.index("arrondissement")
    # Above 100 comes before the INSEE code, an arrondissement before its commune.
    return {row: (_SURE + 1 + float(names.sections[row] == ward), "postcode") for row in rows}
