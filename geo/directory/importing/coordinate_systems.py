"""Bring what a file draws to WGS 84, from the system it states or the one it shows."""

from collections.abc import Callable
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo import crs
from geo.directory.importing.errors import bad_file
from geo.french import count

Shapes = npt.NDArray[np.object_]
_LAMBERT_93: Final = (0.0, 6_000_000.0, 1_400_000.0, 7_300_000.0)
_LON, _LAT = 180.0, 90.0
_SHOWN: Final = 5
_REMEDY: Final = "exportez-le en WGS 84 (EPSG:4326)"


def geometries_of(
    sources: Any, read: Callable[..., Any], first: int = 1
) -> tuple[Shapes, tuple[str, ...]]:
    """Read geometries, flat: one that cannot be read is left out, and told by its number.

    Parameters
    ----------
    sources
        What each element gives, None for nothing.
    read
        ``shapely.from_wkb`` or ``shapely.from_geojson``.
    first
        Number of the first element in the file.
    """
    shapes = np.asarray(shapely.force_2d(read(sources, on_invalid="ignore")), dtype=object)
    has_source = np.array([source is not None for source in sources], dtype=bool)
    bad = np.flatnonzero(has_source & shapely.is_missing(shapes))
    return shapes, _left_out(bad, first, "géométrie illisible")


def _left_out(bad: npt.NDArray[np.int64], first: int, why: str) -> tuple[str, ...]:
    if not bad.size:
        return ()
    shown = ", ".join(str(at + first) for at in bad[:_SHOWN])
    more = f" et {count(bad.size - _SHOWN, 'autre')}" if bad.size > _SHOWN else ""
    which = "Élément" if bad.size == 1 else "Éléments"
    return (f"{which} {shown}{more} : {why}, laissé{'s' if bad.size > 1 else ''} sans lieu.",)


def in_wgs84(
    shapes: Shapes, system: str, name: str, first: int = 1
) -> tuple[Shapes, tuple[str, ...]]:
    """Return the same places in longitude and latitude, and say what was done.

    A few that are out of the world are left out and told; ``first`` numbers the first element.

    Raises
    ------
    BadFileError
        The stated system is unknown, or what is drawn does not fit it.
    """
    stated = _known(system, name) if system else CRS(crs.WGS84)
    if stated.equals(CRS(crs.WGS84), ignore_axis_order=True) or stated.is_geographic:
        if _within(_bounds(shapes), _LAMBERT_93):
            sentence = "Coordonnées en Lambert-93 dans un fichier qui se dit en WGS 84, converties."
            return _moved(shapes, CRS(crs.LAMBERT_93)), (sentence,)
        why = "ses coordonnées ne sont ni des longitudes et latitudes ni du Lambert-93"
        return _fitting(shapes, name, why, first)
    why = "ses coordonnées ne conviennent pas au système qu’il annonce"
    fit, remarks = _fitting(_moved(shapes, stated), name, why, first)
    return fit, (f"Coordonnées en {_title(stated)}, converties en WGS 84.", *remarks)


def _fitting(shapes: Shapes, name: str, why: str, first: int) -> tuple[Shapes, tuple[str, ...]]:
    """Leave out the places out of the world, unless most are: it is then the file that is wrong."""
    there = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    left, low, right, high = shapely.bounds(shapes).T
    fit = (left >= -_LON) & (low >= -_LAT) & (right <= _LON) & (high <= _LAT)
    bad = np.flatnonzero(there & ~fit)
    if bad.size * 2 > there.sum():
        raise bad_file(name, why, _REMEDY)
    remaining = shapes.copy()
    remaining[bad] = None
    return remaining, _left_out(bad, first, "coordonnées hors du monde")


def _known(system: str, name: str) -> CRS:
    try:
        return CRS.from_user_input(system)
    except CRSError:
        why = f"son système de coordonnées est inconnu (« {system[:60]} »)"
        raise bad_file(name, why, _REMEDY) from None


def _title(system: CRS) -> str:
    return "Lambert-93" if system.equals(CRS(crs.LAMBERT_93)) else str(system.name)


def _moved(shapes: Shapes, system: CRS) -> Shapes:
    series = gpd.GeoSeries(shapes, crs=system)
    return np.asarray(crs.to_wgs84(gpd.GeoDataFrame(geometry=series)).geometry.to_numpy())


def _bounds(shapes: Shapes) -> npt.NDArray[np.float64]:
    geometries = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)]
    return np.asarray(shapely.total_bounds(geometries)) if geometries.size else np.zeros(4)


def _within(bounds: npt.NDArray[np.float64], box: tuple[float, float, float, float]) -> bool:
    left, low, right, high = bounds
    return bool(box[0] <= left and box[1] <= low and right <= box[2] and high <= box[3])
