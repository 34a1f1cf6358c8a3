"""Which system columns of metres are written in, when nothing says it: by the land they fall on."""

from functools import cache
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo import crs
from geo.reference import france

Floats = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
_LAMBERT: Final = (50_000.0, 6_000_000.0, 1_300_000.0, 7_250_000.0)
_OUTLINES_M: Final = 1_000
_ZONES: Final = range(42, 51)
_ZONE_NORTH: Final = 1_000_000
SYSTEMS: Final[dict[str, tuple[str, Box]]] = {
    crs.LAMBERT_93: ("Lambert-93", _LAMBERT),
    crs.WEB_MERCATOR: ("Web Mercator", (-600_000.0, 5_000_000.0, 1_100_000.0, 6_680_000.0)),
    "EPSG:27572": ("Lambert II étendu", (0.0, 1_600_000.0, 1_250_000.0, 2_720_000.0)),
    **{
        f"EPSG:{3900 + zone}": (
            f"conique conforme CC{zone}",
            (1_050_000.0, base - 150_000.0, 2_350_000.0, base + 150_000.0),
        )
        for zone in _ZONES
        if (base := (zone - 41) * _ZONE_NORTH + 200_000)
    },
}
"""Systems of the mainland, Lambert-93 first: name, and the box that its metres lie in."""


def system_of(x: Floats, y: Floats) -> str:
    """Return the system whose metres put the most of these places on land; empty for none.

    One system for all: a column is written in one. Between two that do as well, the first listed.

    Parameters
    ----------
    x, y
        East and north, in metres.
    """
    best, most = "", 0
    for system, (_, (left, low, right, high)) in SYSTEMS.items():
        within = (x >= left) & (x <= right) & (y >= low) & (y <= high)
        if not within.any():
            continue
        lon, lat = lonlat(x[within], y[within], system)
        landed = int(shapely.contains_xy(_land(), lon, lat).sum())
        if landed > most:
            best, most = system, landed
    return best


def lonlat(x: Floats, y: Floats, system: str) -> tuple[Floats, Floats]:
    """Convert metres of a system to longitudes and latitudes."""
    spots = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=system)
    moved = crs.to_wgs84(spots).geometry
    return moved.x.to_numpy(), moved.y.to_numpy()


@cache
def _land() -> shapely.Geometry:
    """Return the regions, as drawn for display, with the points off a quay or a beach."""
    land = shapely.union_all(france.outlines("region", _OUTLINES_M).to_numpy())
    land = shapely.buffer(land, 0.02)  # degrees: what the display lost of a shore
    shapely.prepare(land)
    return land
