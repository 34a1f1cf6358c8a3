"""Names of places for a map without tiles: the towns everyone knows, then every commune.

One document names the towns of all France and says where each département lies; one more per
département names its other communes, and is asked for only when a map looks at it closely.
Sources: communes of the reference; chefs-lieux, INSEE, code officiel géographique 2026.
"""

import json
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.errors import MissingDataError, UnknownCodeError
from geo.output.maps.outlines import boxes
from geo.output.maps.places import Bounds
from geo.output.webfiles import WebFile, web_file
from geo.reference import france
from geo.settings import settings

REGION_SEATS: Final = frozenset(
    """
    13055 21231 2A004 31555 33063 35238 44109 45234 59350 67482 69123 75056 76540 97105 97209
    97302 97411 97611
    """.split()  # noqa: SIM905 - a hundred quoted codes would be harder to check
)
DEPARTEMENT_SEATS: Final = REGION_SEATS | frozenset(
    """
    01053 02408 03190 04070 05061 06088 07186 08105 09122 10387 11069 12202 14118 15014 16015
    17300 18033 19272 22278 23096 24322 25056 26362 27229 28085 29232 2B033 30189 32013 34172
    36044 37261 38185 39300 40192 41018 42218 43157 46042 47001 48095 49007 50502 51108 52121
    53130 54395 55029 56260 57463 58194 60057 61001 62041 63113 64445 65440 66136 68066 70550
    71270 72181 73065 74010 77288 78646 79191 80021 81004 82121 83137 84007 85191 86194 87085
    88160 89024 90010 91228 92050 93008 94028 95500
    """.split()  # noqa: SIM905
)
TOWNS: Final = 4000
TIERS: Final = (50_000, 10_000, 2_000)
"""Populations that part tiers 2 to 5; chefs-lieux are tiers 0 and 1."""
_DECIMALS: Final = 4
_FORMAT: Final = 2  # to be raised when what the documents hold changes


@cache
def _version() -> str:
    path = settings().reference / "communes.parquet"
    if not path.is_file():
        raise MissingDataError(f"Les communes manquent : {path}. Lancez « make reference ».")
    return sha256(path.read_bytes() + bytes([_FORMAT])).hexdigest()[:12]


def names_url(code: str = "") -> str:
    """Return the address of the towns, or of a département's communes; it changes with them."""
    return f"/layers/noms{f'/{code}' if code else ''}.json?v={_version()}"


@cache
def _ranked() -> pd.DataFrame:
    """Order the communes: seats of régions, of départements, then by population."""
    frame = france.communes()
    codes, population = frame.index.to_numpy(), frame["population"].fillna(0).to_numpy()
    tier = 2 + sum((population < bound).astype(int) for bound in TIERS)
    tier = np.where(np.isin(codes, [*DEPARTEMENT_SEATS]), 1, tier)
    tier = np.where(np.isin(codes, [*REGION_SEATS]), 0, tier)
    order = np.lexsort((codes, -population, np.minimum(tier, 2)))
    return frame.assign(tier=tier).iloc[order]


def _written(frame: pd.DataFrame) -> list[list[Any]]:
    """Return name, longitude, latitude and tier of each commune, in order."""
    columns = [
        frame["commune_name"],
        frame["longitude"].round(_DECIMALS),
        frame["latitude"].round(_DECIMALS),
        frame["tier"],
    ]
    return [list(row) for row in zip(*(column.to_list() for column in columns), strict=True)]


@cache
def seats() -> list[list[Any]]:
    """List the seats of régions and of départements: name, longitude, latitude (degrees), tier."""
    ranked = _ranked()
    return _written(ranked[ranked["tier"] <= 1])


def _json(document: Any) -> WebFile:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return web_file(text.encode(), ".json")


@cache
def towns() -> WebFile:
    """Write the chefs-lieux and the most populous communes, and where each département lies."""
    return _json({"departements": boxes("departement"), "names": _written(_ranked().head(TOWNS))})


@lru_cache(maxsize=128)
def communes_of(departement_code: str) -> WebFile:
    """Write the communes of one département that ``towns`` leaves out.

    Raises
    ------
    UnknownCodeError
        No département has that code.
    """
    others = _ranked().iloc[TOWNS:]
    if departement_code not in set(france.communes()["departement_code"]):
        raise UnknownCodeError(f"Département inconnu : « {departement_code} ».")
    return _json({"names": _written(others[others["departement_code"] == departement_code])})


class Town(NamedTuple):
    """A commune as a map names it: degrees, WGS 84; the least tier is the most important."""

    name: str
    longitude: float
    latitude: float
    tier: int


def towns_in(bounds: Bounds, most: int) -> list[Town]:
    """Name the first communes of a box, by importance."""
    west, south, east, north = bounds
    frame = _ranked()
    inside = frame[frame["longitude"].between(west, east) & frame["latitude"].between(south, north)]
    first = inside.head(most)
    columns = (first[name].tolist() for name in ("commune_name", "longitude", "latitude", "tier"))
    return [Town(*row) for row in zip(*columns, strict=True)]
