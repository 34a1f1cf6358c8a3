"""Every name a place can be looked up by, and every former code that leads to a commune."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from geo.reference.build.read import Divisions

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


def names(divisions: Divisions, titles: pd.DataFrame, outlines: pd.DataFrame) -> pd.DataFrame:
    """List current, delegated, associated, former and arrondissement names."""
    rows = [*_communes(divisions), *_parts(divisions), *_former(divisions, outlines)]
    rows += [
        (kind, code, name, "current", None, None)
        for kind, code, name, _ in titles.itertuples(index=False, name=None)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    order = ["territory_kind", "territory_code", "name_kind", "name_code", "name"]
    return frame.sort_values(order, ignore_index=True)


def former_codes(divisions: Divisions) -> pd.DataFrame:
    """Map each code a commune used to have, or to hold, to the commune of today."""
    pairs = [(old, code) for code, row in divisions.current.items() for old in _old(row)]
    return pd.DataFrame(sorted(pairs), columns=["former_code", "commune_code"])


def _old(row: dict[str, Any]) -> list[str]:
    codes: list[str] = row.get("anciensCodes", [])
    return codes


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


def _former(divisions: Divisions, outlines: pd.DataFrame) -> Iterator[Row]:
    """Name the communes that the outline source still knew and that hold no status today."""
    known = dict(zip(outlines["code"], outlines["name"], strict=True))
    listed = {row["code"] for row in divisions.parts}
    for code, row in divisions.current.items():
        for old in _old(row):
            if old not in listed and old in known:
                yield "commune", code, known[old], "former", old, None
