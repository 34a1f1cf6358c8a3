"""What the State's programmes help: resource places, accompanied territories, awarded communes.

They are facts about places, never catalysts. Each row says its programme, and the month of the
list it was read in; a place is known to its commune, and drawn at that commune's point.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.reference import france
from geo.reference.parquet import parquet
from geo.reference.place import Place
from geo.reference.territory import COMMUNE, member_codes, territory
from geo.settings import settings
from geo.vocabulary import Item, items

PLACE: Final = "lieu"
TERRITORY: Final = "programme"
BADGE: Final = "badge"
VOCABULARY: Final = "programme"
SOURCE: Final = "ANCT, cartes des programmes"
LICENCE: Final = "Licence Ouverte\u00a02.0"
_COMMUNE: Final = ("commune_name", "departement_code", "population", "longitude", "latitude")
_MONTHS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)


def programme(code: str) -> Item:
    """Return a programme that is known: its names, its nature, its definition."""
    return next(one for one in items(VOCABULARY) if one.id == code)


def of_nature(nature: str) -> tuple[str, ...]:
    """List the programmes of a nature, in the order of their vocabulary."""
    return tuple(one.id for one in items(VOCABULARY) if one.nature == nature)


def month(listed: str) -> str:
    """Write the month of a list: « septembre 2024 »."""
    year, number = listed.split("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def rows() -> pd.DataFrame:
    """List every row of every programme, by ``record_id``.

    Returns
    -------
    ``programme``, ``nature``, ``record_name``, ``places`` (« kind:code »), ``communes`` (codes of
    all that it touches), ``commune_code`` (its only commune, or empty), ``town``,
    ``departement_code``, ``location_precision``, ``practices``, ``signed``, ``listed``, ``url``,
    ``longitude``, ``latitude`` (WGS 84, missing where no place of today is known).
    """
    return _rows(settings().reference)


def no_row() -> pd.DataFrame:
    """Return the table of ``rows`` without any, for who shows none: the whole takes a second."""
    return _rows(settings().reference, 1).iloc[:0]


@lru_cache(maxsize=4)
def _rows(folder: Path, most: int | None = None) -> pd.DataFrame:
    table = parquet(folder / "programmes.parquet").read().slice(0, most).to_pandas()
    table["places"] = [[Place.parse(place) for place in places] for places in table["places"]]
    table["communes"] = [_communes(tuple(places)) for places in table["places"]]
    items_by_id = {one.id: one for one in items(VOCABULARY)}
    item_of_row = [items_by_id[code] for code in table["programme"]]
    table["nature"] = [one.nature for one in item_of_row]
    table["practices"] = [[one.practice] if one.practice else [] for one in item_of_row]
    named = {place.code for places in table["places"] for place in places if place.kind == COMMUNE}
    every = france.communes()
    communes = every.loc[every.index.isin(named), [*_COMMUNE]].to_dict("index")
    spots = [vars(_where(places, communes)) for places in table["places"]]
    where = pd.DataFrame(spots, index=table.index)
    whole: pd.DataFrame = pd.concat([table, where], axis=1)
    return whole.set_index(whole["programme"] + ":" + whole["record_id"])


@cache
def _communes(places: tuple[Place, ...]) -> frozenset[str]:
    return frozenset(code for kind, where in places for code in member_codes(kind, where))


@dataclass(frozen=True)
class Spot:
    """Where a row is: its only commune if any, its towns, how precisely, and its point."""

    commune_code: str = ""
    town: str = ""
    departement_code: str = ""
    location_precision: str = "unknown"
    longitude: float = float("nan")
    latitude: float = float("nan")


def _where(places: list[Place], communes: Mapping[Any, Any]) -> Spot:
    """Place a row at its only territory's point; of several communes, at the most populous."""
    if not places:
        return Spot()
    kind, code = places[0]
    if kind != COMMUNE:
        found = territory(kind, code)
        return Spot("", found.name, "", kind, found.longitude, found.latitude)
    rows = [communes[place.code] for place in places]
    row = max(rows, key=lambda one: one["population"])
    names = ", ".join(row["commune_name"] for row in rows)
    only, location_precision = (code, COMMUNE) if len(rows) == 1 else ("", "communes")
    return Spot(
        only, names, row["departement_code"], location_precision, row["longitude"], row["latitude"]
    )
