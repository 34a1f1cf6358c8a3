"""WGS 84 to show, a metric system to measure: the only caller of ``to_crs``."""

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod, Transformer
from pyproj.enums import TransformDirection

from geo.errors import BadCoordinatesError

if TYPE_CHECKING:
    import geopandas as gpd  # heavy, and only its own methods are called here

WGS84: Final = "EPSG:4326"
LONLAT: Final = "OGC:CRS84"
"""WGS 84, longitude first; where axes follow the authority, EPSG:4326 puts latitude first."""
WEB_MERCATOR: Final = "EPSG:3857"
LAMBERT_93: Final = "EPSG:2154"
GEOD: Final = Geod(ellps="WGS84")

# Official projected system of each overseas département (decree 2000-1276, as amended).
OVERSEAS_METRIC: Final = {
    "971": "EPSG:5490",
    "972": "EPSG:5490",
    "973": "EPSG:2972",
    "974": "EPSG:2975",
    "976": "EPSG:4471",
}
_LON_LIMIT: Final = 180.0
_LAT_LIMIT: Final = 90.0
_FAR_M: Final = 1_000_000.0
_STEP: Final = 0.01  # degrees, about a kilometre
_MANY: Final = 100  # places: fewer are measured before a tree of sides is made

_WEB_EDGE_M: Final = np.pi * GEOD.a

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Shapes = npt.NDArray[np.object_]


def metric_crs(departement_code: str) -> str:
    """Name the projected system, in metres, that measures a département."""
    return OVERSEAS_METRIC.get(departement_code, LAMBERT_93)


def to_metric(frame: "gpd.GeoDataFrame", departement_code: str) -> "gpd.GeoDataFrame":
    """Project a WGS 84 frame to the metric system of one département."""
    return frame.to_crs(metric_crs(departement_code))


def to_wgs84(frame: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
    """Bring a projected frame back to WGS 84 longitude and latitude."""
    return frame.to_crs(WGS84)


def geodesic_m(lon_a: Floats, lat_a: Floats, lon_b: Floats, lat_b: Floats) -> Floats:
    """Measure geodesic distances on the WGS 84 ellipsoid, in metres, pair by pair."""
    _, _, metres = GEOD.inv(lon_a, lat_a, lon_b, lat_b)
    return np.asarray(metres, dtype=np.float64)


def ecef(lon: Floats, lat: Floats) -> Floats:
    """Place points of the ellipsoid in space: metres, shape (n, 3), EPSG:4978."""
    meridian, parallel = np.radians(lon), np.radians(lat)
    squeeze = 1 - GEOD.es
    normal = GEOD.a / np.sqrt(1 - GEOD.es * np.sin(parallel) ** 2)
    level = normal * np.cos(parallel)
    return np.column_stack(
        [
            level * np.cos(meridian),
            level * np.sin(meridian),
            normal * squeeze * np.sin(parallel),
        ]
    )


def check_lonlat(lon: float, lat: float) -> tuple[float, float]:
    """Return the pair as given, or say in French why it is no place on Earth.

    Raises
    ------
    BadCoordinatesError
        Not finite, longitude beyond ±180° or latitude beyond ±90°.
    """
    if not (abs(lon) <= _LON_LIMIT and abs(lat) <= _LAT_LIMIT):  # NaN fails both
        raise BadCoordinatesError(
            f"Coordonnées hors limites : longitude {lon}, latitude {lat}. "
            "Donnez une longitude entre -180 et 180 et une latitude entre -90 et 90."
        )
    return lon, lat


@cache
def _to_metric(system: str) -> Transformer:
    return Transformer.from_crs(WGS84, system, always_xy=True)


def distance_to_m(
    geometry: shapely.Geometry, departement_code: str, lon: Floats, lat: Floats
) -> Floats:
    """Measure how far places lie from a perimeter, in metres, 0 inside or on its border.

    Beyond 1,000 km, where a metric system no longer tells the closest point of the perimeter, it
    is found by the chord through the ellipsoid.

    Parameters
    ----------
    geometry
        Perimeter, WGS 84, within one metric system.
    lon, lat
        Places, shape (n,), degrees, WGS 84.
    """
    metres = distances_to_m(geometry, departement_code, lon, lat)
    far = metres > _FAR_M
    metres[far] = _far_m(geometry, lon[far], lat[far])
    return metres


def distances_to_m(
    geometries: shapely.Geometry | Shapes, departement_code: str, lon: Floats, lat: Floats
) -> Floats:
    """Measure how far each place lies from its own perimeter, or all from one, in metres.

    The closest point of the perimeter is found in the metric system of the département; the
    distance to it is then the geodesic on WGS 84, so a projection's scale does not enter it.

    Parameters
    ----------
    geometries
        One perimeter, or one for each place, WGS 84, within one metric system and 1,000 km.
    lon, lat
        Places, shape (n,), degrees, WGS 84.
    """
    transformer = _to_metric(metric_crs(departement_code))
    places = shapely.points(*transformer.transform(lon, lat))
    perimeters = np.asarray(
        shapely.transform(geometries, transformer.transform, interleaved=False), dtype=object
    )
    shapely.prepare(perimeters)
    metres = np.full(lon.shape, np.inf)
    metres[shapely.intersects(perimeters, places)] = 0.0
    away = (metres > 0) & np.isfinite(shapely.get_x(places))
    closest = _closest(perimeters if perimeters.ndim == 0 else perimeters[away], places[away])
    foot = transformer.transform(
        shapely.get_x(closest), shapely.get_y(closest), direction=TransformDirection.INVERSE
    )
    metres[away] = geodesic_m(*foot, lon[away], lat[away])
    return metres


def _closest(perimeters: Shapes, places: Shapes) -> Shapes:
    """Find the point of a perimeter closest to each place outside it.

    Of many places around one perimeter, each is asked of the side it is nearest to alone: sides
    are found by a tree, fifteen times as fast.
    """
    if perimeters.ndim == 0 and len(places) > _MANY:
        sides = _sides(perimeters.item())
        nearest = shapely.STRtree(sides).query_nearest(places, all_matches=False)[1]
        perimeters = sides[nearest]
    return np.asarray(shapely.get_point(shapely.shortest_line(perimeters, places), 0))


def _sides(perimeter: shapely.Geometry) -> Shapes:
    """Cut a perimeter into its straight sides."""
    rings = shapely.get_rings(shapely.get_parts(perimeter))
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    ends = np.stack([corners[:-1], corners[1:]], axis=1)
    return np.asarray(shapely.linestrings(ends[ring[:-1] == ring[1:]]))


def _far_m(geometry: shapely.Geometry, lon: Floats, lat: Floats) -> Floats:
    """Measure to the closest point of a perimeter, points a kilometre apart standing for it."""
    if not lon.size:
        return lon
    border = shapely.get_coordinates(shapely.segmentize(geometry, _STEP))
    spots = ecef(*border.T)
    closest = [np.argmin(((spots - place) ** 2).sum(axis=1)) for place in ecef(lon, lat)]
    return geodesic_m(border[closest, 0], border[closest, 1], lon, lat)


@cache
def _from_lonlat(system: str) -> Transformer:
    return Transformer.from_crs(LONLAT, system)


def in_system(lonlat: Shapes, system: str) -> Shapes:
    """Return shapes in another system, its axes in the order of its authority.

    Parameters
    ----------
    lonlat
        Shapes, WGS 84, longitude first; None stays None.
    """
    change = _from_lonlat(system).transform
    return np.asarray(shapely.transform(lonlat, change, interleaved=False))


def box_to_lonlat(
    box: tuple[float, float, float, float], system: str
) -> tuple[float, float, float, float]:
    """Return the west, south, east and north, in degrees, of a box in EPSG:4326 or EPSG:3857.

    Sides of such boxes are meridians and parallels. What a box on the square of web maps says
    beyond the square says nothing.
    """
    corners = np.reshape(box, (2, 2))
    if system == WEB_MERCATOR:
        corners = np.clip(corners, -_WEB_EDGE_M, _WEB_EDGE_M)
    inverse = TransformDirection.INVERSE
    first, second = corners.T
    lon, lat = _from_lonlat(system).transform(first, second, direction=inverse)
    return float(lon[0]), float(lat[0]), float(lon[1]), float(lat[1])


def web_square(lonlat: Floats) -> Floats:
    """Place longitudes and latitudes on the square of web maps: from 0 to 1, y down (EPSG:3857).

    Parameters
    ----------
    lonlat
        Degrees, WGS 84, shape (n, 2).
    """
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    down = 0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)
    return np.column_stack([0.5 + lon / (2 * np.pi), down])


def from_web_square(square: Floats) -> Floats:
    """Return longitudes and latitudes (degrees, WGS 84) from the square of ``web_square``."""
    lon = (square[:, 0] - 0.5) * 2 * np.pi
    lat = np.arctan(np.sinh((0.5 - square[:, 1]) * 2 * np.pi))
    return np.asarray(np.degrees(np.column_stack([lon, lat])))
