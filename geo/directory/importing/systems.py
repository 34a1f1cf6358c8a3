"""Bring what a file draws to WGS 84, from the system it states or the one it shows."""

from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo import crs
from geo.directory.importing.refusal import refused

Shapes = npt.NDArray[np.object_]
_LAMBERT_93: Final = (0.0, 6_000_000.0, 1_400_000.0, 7_300_000.0)
_LON, _LAT = 180.0, 90.0
_REMEDY: Final = "exportez-le en WGS 84 (EPSG:4326)"


def in_wgs84(shapes: Shapes, system: str, name: str) -> tuple[Shapes, tuple[str, ...]]:
    """Give the same places in longitude and latitude, and say what was done.

    Raises
    ------
    BadFileError
        The stated system is unknown, or what is drawn does not fit it.
    """
    stated = _known(system, name) if system else CRS(crs.WGS84)
    if stated.equals(CRS(crs.WGS84), ignore_axis_order=True) or stated.is_geographic:
        return _geographic(shapes, name)
    moved = _moved(shapes, stated)
    _fitting(moved, name)
    return moved, (f"Coordonnées en {_title(stated)}, converties en WGS 84.",)


def _known(system: str, name: str) -> CRS:
    try:
        return CRS.from_user_input(system)
    except CRSError:
        why = f"son système de coordonnées est inconnu (« {system[:60]} »)"
        raise refused(name, why, _REMEDY) from None


def _title(system: CRS) -> str:
    return "Lambert-93" if system.equals(CRS(crs.LAMBERT_93)) else str(system.name)


def _geographic(shapes: Shapes, name: str) -> tuple[Shapes, tuple[str, ...]]:
    bounds = _bounds(shapes)
    if _within(bounds, (-_LON, -_LAT, _LON, _LAT)):
        return shapes, ()
    if _within(bounds, _LAMBERT_93):
        said = "Coordonnées en Lambert-93 dans un fichier qui se dit en WGS 84, converties."
        return _moved(shapes, CRS(crs.LAMBERT_93)), (said,)
    why = "ses coordonnées ne sont ni des longitudes et latitudes ni du Lambert-93"
    raise refused(name, why, _REMEDY)


def _moved(shapes: Shapes, system: CRS) -> Shapes:
    series = gpd.GeoSeries(shapes, crs=system)
    return np.asarray(crs.to_wgs84(gpd.GeoDataFrame(geometry=series)).geometry.to_numpy())


def _fitting(shapes: Shapes, name: str) -> None:
    if not _within(_bounds(shapes), (-_LON, -_LAT, _LON, _LAT)):
        why = "ses coordonnées ne conviennent pas au système qu’il annonce"
        raise refused(name, why, _REMEDY)


def _bounds(shapes: Shapes) -> npt.NDArray[np.float64]:
    drawn = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)]
    return np.asarray(shapely.total_bounds(drawn)) if drawn.size else np.zeros(4)


def _within(bounds: npt.NDArray[np.float64], box: tuple[float, float, float, float]) -> bool:
    left, low, right, high = bounds
    return bool(box[0] <= left and box[1] <= low and right <= box[2] and high <= box[3])
