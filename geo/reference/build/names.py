"""Every name a place can be looked up by, and every former code that leads to a commune."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from geo.reference.build.history import History
from geo.reference.build.read import Divisions
from geo.reference.gazetteer.spelling import fold

COLUMNS: Final = [
    "territory_kind",
    "territory_code",
    "name",
    "name_kind",
    "name_code",
    "postcodes",
]
_PART_KINDS: Final = {
    "commune-deleguee": "delegated",
    "commune-associee": "associated",
    "arrondissement-municipal": "arrondissement",
}
Row = tuple[str, str, str, str, str | None, list[str] | None]


def names(divisions: Divisions, titles: pd.DataFrame, history: History) -> pd.DataFrame:
    """List current, delegated, associated, former and arrondissement names."""
    rows = [*_communes(divisions), *_parts(divisions)]
    rows += _former(rows, history)
    rows += [
        (kind, code, name, "current", None, None)
        for kind, code, name, _ in titles.itertuples(index=False, name=None)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    order = ["territory_kind", "territory_code", "name_kind", "name_code", "name"]
    return frame.sort_values(order, ignore_index=True)


def former_codes(history: History) -> pd.DataFrame:
    """Map each code a commune used to have, or to hold, to the one commune of today."""
    holders = [(code, history.holders(code)) for code in history.codes()]
    pairs = [(code, parts[0]) for code, parts in holders if len(parts) == 1]
    return pd.DataFrame(pairs, columns=["former_code", "commune_code"])


def _communes(divisions: Divisions) -> Iterator[Row]:
    for code, row in divisions.current.items():
        yield "commune", code, row["nom"], "current", None, sorted(row["codesPostaux"])


def _parts(divisions: Divisions) -> Iterator[Row]:
    for row in divisions.parts:
        parent = row.get("commune") or row["chefLieu"]
        if parent in divisions.current:
            postcodes = sorted(row["codesPostaux"]) if "codesPostaux" in row else None
            kind = _PART_KINDS[row["type"]]
            yield "commune", parent, row["nom"], kind, row["code"], postcodes


def _former(known: list[Row], history: History) -> Iterator[Row]:
    """Name what each commune was called since 1943, when no list in force says it.

    A code goes with its last name only: it is the one to show for that code. Two spellings of one
    name, as a search folds them, are one.
    """
    known_names = {(fold(name), code) for _, code, name, *_ in known}
    coded = {unit for *_, unit, _ in known}
    for old in sorted(history.names(), key=lambda one: not one.last):
        is_needed = old.last and old.code not in history.current and old.code not in coded
        for holder in old.holders:
            if is_needed or (fold(old.name), holder) not in known_names:
                known_names.add((fold(old.name), holder))
                yield "commune", holder, old.name, "former", old.code if is_needed else None, None
