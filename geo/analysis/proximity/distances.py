"""The distance of every commune to the nearest of some points, never across an ocean.

Geodesic on WGS 84, from the commune's point (its town hall). The mainland and Corsica are one
shore, each overseas département another: a catalyst counts on its own shore alone.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.analysis import programmes
from geo.analysis.bulk import nearest_many
from geo.analysis.nearest import shore
from geo.crs import Floats, Ints
from geo.directory.directory import Directory, memoise
from geo.latest import Latest
from geo.query.selection import Selection
from geo.reference import france
from geo.reference.programmes import PLACE
from geo.settings import settings

_KM: Final = 1000.0
_MEASURED: Final[Latest[tuple[bytes, Path], Floats]] = Latest(32)
"""Answers of 34,875 distances."""
Texts = npt.NDArray[np.object_]
_MAINLAND: Final = 0
"""Number of its shore, Corsica's too."""


@cache
def shores() -> Texts:
    """Name the shore of each commune, in the order of ``france.communes()``."""
    return np.array([shore(str(code)) for code in france.communes().index], dtype=object)


@cache
def _names() -> list[str]:
    """Name the shores by number, the mainland's first."""
    return [*dict.fromkeys([shore(""), *shores()])]


@cache
def _numbers() -> Ints:
    """Tell the shore of each commune by its number."""
    places = {name: number for number, name in enumerate(_names())}
    return np.array([places[name] for name in shores()])


@cache
def _mainland() -> Floats:
    """Return the box of the communes of the mainland and Corsica: west, south, east, north."""
    here = france.communes()[["longitude", "latitude"]][_numbers() == _MAINLAND]
    return np.concatenate([here.min().to_numpy(), here.max().to_numpy()])


def shores_of(lon: Floats, lat: Floats) -> Texts:
    """Name the shore of each point (degrees, WGS 84): that of the nearest commune."""
    return np.array(_names(), dtype=object)[_numbers_of(lon, lat)]


def _numbers_of(lon: Floats, lat: Floats) -> Ints:
    """Tell the shore of each point by its number.

    In the box of the mainland, 1,300 km across, no other shore is as near: the least far is 6,000.
    """
    west, south, east, north = _mainland()
    found = np.full(len(lon), _MAINLAND)
    away = np.flatnonzero(~((west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)))
    if len(away):
        communes = france.communes()
        towns = (communes["longitude"].to_numpy(), communes["latitude"].to_numpy())
        nearest, _ = nearest_many(lon[away], lat[away], *towns)
        found[away] = _numbers()[nearest[:, 0]]
    return found


@dataclass(frozen=True)
class _Points:
    """Where rows stand: distinct spots in order (degrees, WGS 84), with the number of its shore.

    ``spot``: the position in them of each row, -1 without a point.
    """

    lon: Floats
    lat: Floats
    shore: Ints
    spot: Ints


def _points(frame: pd.DataFrame) -> _Points:
    """Find the spots where rows stand; an edit that moves nobody finds them again."""
    lon, lat = (frame[axis].to_numpy(float) for axis in ("longitude", "latitude"))
    key = sha256(lon.tobytes() + lat.tobytes()).digest(), settings().reference
    found = _SPOTS.get(key)
    if found is None:
        found = _spots(lon, lat)
        _SPOTS.put(key, found)
    return found


def _spots(lon: Floats, lat: Floats) -> _Points:
    placed, spot = ~np.isnan(lon), np.full(len(lon), -1)
    spots, spot[placed] = np.unique(lon[placed] + 1j * lat[placed], return_inverse=True)
    return _Points(spots.real, spots.imag, _numbers_of(spots.real, spots.imag), spot)


_SPOTS: Final[Latest[tuple[bytes, Path], _Points]] = Latest(2)


def _to_nearest_km(points: _Points, some: Ints) -> Floats:
    """Measure from the spots where some rows stand; an edit that moves nobody measures nothing."""
    is_taken = np.zeros(len(points.lon) + 1, dtype=bool)
    is_taken[points.spot[some]] = True
    here = np.flatnonzero(is_taken[:-1])
    lon, lat, theirs = points.lon[here], points.lat[here], points.shore[here]
    key = sha256(lon.tobytes() + lat.tobytes()).digest(), settings().reference
    found = _MEASURED.get(key)
    if found is None:
        found = _measured_km(lon, lat, theirs)
        _MEASURED.put(key, found)
    return found


def _measured_km(lon: Floats, lat: Floats, theirs: Ints) -> Floats:
    communes, found = france.communes(), np.full(len(france.communes()), np.inf)
    town_lon, town_lat = (communes[axis].to_numpy() for axis in ("longitude", "latitude"))
    for number in np.unique(theirs).tolist():
        here, there = _numbers() == number, theirs == number
        if here.any():
            _, metres = nearest_many(town_lon[here], town_lat[here], lon[there], lat[there])
            found[here] = metres[:, 0] / _KM
    return found


def to_nearest_km(points: pd.DataFrame) -> Floats:
    """Return the distance (kilometres) of each commune to the nearest point of its shore.

    Shape (communes,), in their order; infinite where the shore has none. Points without
    coordinates are left out.
    """
    return _to_nearest_km(_points(points), np.arange(len(points)))


@memoise(1)
def _points_of(directory: Directory) -> _Points:
    """Return where each catalyst stands, known once for every selection."""
    return _points(directory.frame)


@memoise(32)
def selection_km(directory: Directory, selection: Selection) -> Floats:
    """Return ``to_nearest_km`` of the catalysts of a selection; not to be changed."""
    return _to_nearest_km(_points_of(directory), directory.positions(selection))


@memoise(16)
def with_places_km(directory: Directory, selection: Selection) -> Floats:
    """Return the distance to the nearest catalyst or resource place shown beside; the same way.

    Accompanied territories are helped, they help nobody: they bring nothing nearer.
    """
    places = programmes.selected(selection)
    beside = to_nearest_km(places[places["nature"] == PLACE])
    return np.minimum(selection_km(directory, selection.alone), beside)
