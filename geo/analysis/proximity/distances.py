"""The distance of every commune to the nearest of some points, never across an ocean.

Geodesic on WGS 84, from the commune's point (its town hall). The mainland and Corsica are one
shore, each overseas département another: a catalyst counts on its own shore alone.
"""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.analysis import programmes
from geo.analysis.bulk import nearest_many
from geo.analysis.nearest import shore
from geo.crs import Floats
from geo.directory.directory import Directory, memoise
from geo.query.selection import Selection
from geo.reference import france
from geo.reference.programmes import PLACE

_KM: Final = 1000.0
Texts = npt.NDArray[np.object_]


@cache
def shores() -> Texts:
    """Name the shore of each commune, in the order of ``france.communes()``."""
    return np.array([shore(str(code)) for code in france.communes().index], dtype=object)


def shores_of(points: pd.DataFrame) -> Texts:
    """Name the shore of each point (``longitude``, ``latitude``): that of the nearest commune."""
    if points.empty:
        return np.empty(0, dtype=object)
    communes = france.communes()
    place = (points["longitude"].to_numpy(float), points["latitude"].to_numpy(float))
    towns = (communes["longitude"].to_numpy(), communes["latitude"].to_numpy())
    nearest, _ = nearest_many(*place, *towns)
    return np.asarray(shores()[nearest[:, 0]], dtype=object)


def to_nearest_km(points: pd.DataFrame) -> Floats:
    """Return the distance (kilometres) of each commune to the nearest point of its shore.

    Shape (communes,), in their order; infinite where the shore has none. Points without
    coordinates are left out.
    """
    placed = points[points["longitude"].notna()]
    communes, found = france.communes(), np.full(len(france.communes()), np.inf)
    lon, lat = (communes[axis].to_numpy() for axis in ("longitude", "latitude"))
    theirs = shores_of(placed)
    for name in dict.fromkeys(theirs):
        here, there = shores() == name, placed[theirs == name]
        at = (there["longitude"].to_numpy(float), there["latitude"].to_numpy(float))
        _, metres = nearest_many(lon[here], lat[here], *at)
        found[here] = metres[:, 0] / _KM
    return found


@memoise(32)
def selection_km(directory: Directory, selection: Selection) -> Floats:
    """Return ``to_nearest_km`` of the catalysts of a selection; not to be changed."""
    return to_nearest_km(directory.select(selection))


@memoise(16)
def with_places_km(directory: Directory, selection: Selection) -> Floats:
    """Return the distance to the nearest catalyst or resource place shown beside; the same way.

    Accompanied territories are helped, they help nobody: they bring nothing nearer.
    """
    places = programmes.selected(selection)
    beside = to_nearest_km(places[places["nature"] == PLACE])
    return np.minimum(selection_km(directory, selection.alone), beside)
