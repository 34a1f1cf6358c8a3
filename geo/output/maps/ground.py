"""The ground of a map that comes close, by square: land, towns, coast, limits of communes.

Each line is written once, by what it parts: the land from the sea or another country, two
départements, two communes. Surfaces go a little over the edge of their square and lines stop at
it: put side by side, neither leaves a seam. WGS 84, lon/lat.

Sources: contours of the reference; towns, INSEE, grille communale de densité.
"""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import UnknownCodeError
from geo.output.maps.borders import square_box
from geo.output.maps.outlines import layers_version
from geo.output.maps.places import Bounds
from geo.output.webfiles import WebFile, web_file
from geo.reference import france
from geo.reference.grids import communes_of_class
from geo.reference.territory import COMMUNE

FAR, NEAR = 9, 11
"""Squares are the tiles of these zooms: 106 km wide in the middle of France, then 27 km."""
LAND, TOWN = "land", "town"
COAST, DEPARTEMENT = "coast", "departement"
ROLES: Final = (LAND, TOWN, COAST, DEPARTEMENT, COMMUNE)
"""What a square may hold, in order: surfaces, then lines."""
TOWNS: Final = ("Grands centres urbains", "Centres urbains intermédiaires", "Petites villes")
"""Classes of density whose communes are drawn as towns."""
_DECIMALS: Final = {FAR: 4, NEAR: 5}  # 11 m, 1 m
_BITS: Final = 32  # room for a latitude in its last decimal, with its sign
_OVER: Final = 0.01  # how far a surface goes over the edge of its square, in its width

Segments = npt.NDArray[np.int64]
"""Rows of four: longitude and latitude of both ends, in the last decimal written."""


@dataclass(frozen=True, eq=False)
class _Communes:
    """Communes as one detail draws them."""

    shapes: npt.NDArray[np.object_]
    departements: npt.NDArray[np.str_]
    is_town: npt.NDArray[np.bool_]
    tree: shapely.STRtree


@cache
def _communes(zoom: int) -> _Communes:
    table = france.communes()
    if zoom == FAR:
        shapes = france.outlines(COMMUNE, 500).reindex(table.index).to_numpy()
    else:
        shapes = france.commune_geometries()
    departements = table["departement_code"].to_numpy(str)
    is_town = table.index.isin(communes_of_class("densite", TOWNS))
    return _Communes(shapes, departements, is_town, shapely.STRtree(shapes))


def ground_url() -> str:
    """Return the address of a square; ``{zoom}``, ``{x}`` and ``{y}`` stand for which."""
    return f"/layers/sol/{{zoom}}/{{x}}/{{y}}.geojson?v={layers_version()}"


@lru_cache(maxsize=512)
def ground(zoom: int, x: int, y: int) -> WebFile:
    """Write what a square shows, one feature a role, without those of nothing.

    Raises
    ------
    UnknownCodeError
        There is no such square.
    """
    if zoom not in _DECIMALS or not {x, y} <= set(range(1 << zoom)):
        raise UnknownCodeError(f"Aucun sol n’est dessiné en {zoom}, {x}, {y}.")
    decimals = _DECIMALS[zoom]
    features = []
    for role, shape in parts(zoom, square_box(x, y, zoom)).items():
        rounded = shapely.transform(shape, lambda pairs: np.round(pairs, decimals))
        geometry = json.loads(shapely.to_geojson(rounded))
        features.append({"type": "Feature", "properties": {"role": role}, "geometry": geometry})
    document = {"type": "FeatureCollection", "features": features}
    return web_file(json.dumps(document, separators=(",", ":")).encode(), ".geojson")


def parts(zoom: int, box: Bounds) -> dict[str, shapely.Geometry]:
    """Return the ground of a box (degrees) by role, as the squares of a zoom show it."""
    communes = _communes(zoom)
    by = (box[2] - box[0]) * _OVER
    over = (box[0] - by, box[1] - by, box[2] + by, box[3] + by)
    rows = np.sort(communes.tree.query(shapely.box(*over)))
    shapes = communes.shapes[rows]
    surfaces = {LAND: shapes, TOWN: shapes[communes.is_town[rows]]}
    lines = _lines(shapes, communes.departements[rows], _DECIMALS[zoom])
    found = {
        **{
            role: shapely.clip_by_rect(shapely.coverage_union_all(some), *over)
            for role, some in surfaces.items()
        },
        **{role: shapely.clip_by_rect(line, *box) for role, line in lines.items()},
    }
    return {role: shape for role, shape in found.items() if not shape.is_empty}


def _lines(
    shapes: npt.NDArray[np.object_], departements: npt.NDArray[np.str_], decimals: int
) -> dict[str, shapely.Geometry]:
    """Sort the edges by what they part: an edge of one commune alone is a coast."""
    segments, owner = _segments(shapes, decimals)
    packed = (segments[:, ::2] << _BITS) + segments[:, 1::2]  # an end as one number: sorted sooner
    order = np.lexsort((packed[:, 1], packed[:, 0]))
    segments, owner, packed = segments[order], owner[order], packed[order]
    begins = np.ones(len(packed), dtype=bool)
    begins[1:] = (packed[1:] != packed[:-1]).any(axis=1)
    first, where = np.flatnonzero(begins), np.cumsum(begins) - 1
    unique = segments[first]
    last = np.append(first[1:], len(segments))[: len(first)] - 1
    alone = np.bincount(where, minlength=len(unique)) == 1
    parted = departements[owner[first]] != departements[owner[last]]
    roles = {COAST: alone, DEPARTEMENT: parted, COMMUNE: ~alone & ~parted}
    return {role: _merged(unique[chosen], decimals) for role, chosen in roles.items()}


def _segments(shapes: npt.NDArray[np.object_], decimals: int) -> tuple[Segments, Any]:
    """Return every edge of every shape, least end first, and whose it is."""
    polygons, commune = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(polygons, return_index=True)
    pairs, ring = shapely.get_coordinates(rings, return_index=True)
    corners = np.rint(pairs * 10**decimals).astype(np.int64)
    goes_on = ring[:-1] == ring[1:]
    starts, ends = corners[:-1][goes_on], corners[1:][goes_on]
    owner = commune[part[ring[:-1][goes_on]]]
    order = starts - ends
    turned = (order[:, 0] > 0) | ((order[:, 0] == 0) & (order[:, 1] > 0))
    starts[turned], ends[turned] = ends[turned], starts[turned]
    long = (starts != ends).any(axis=1)
    return np.column_stack([starts, ends])[long], owner[long]


def _merged(segments: Segments, decimals: int) -> shapely.Geometry:
    pairs = segments.reshape(-1, 2, 2) / 10**decimals
    return shapely.line_merge(shapely.multilinestrings(shapely.linestrings(pairs)))
