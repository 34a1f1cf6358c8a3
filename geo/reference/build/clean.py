"""Make the communes one coverage: no overlap, no gap, and edges that match to the vertex.

Method, in each local metric system: outlines simplified together to what a map shows at its
closest, GEOS coverage cleaning, one binary grid for all coordinates, then every hole that is not a
true enclave goes to the commune it borders most. Where a coarse outline meets a finer one, the
finer line stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import GEOD, WGS84, metric_crs, to_metric, to_wgs84
from geo.errors import BadFileError

Shapes = np.ndarray[Any, Any]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
GAP_WIDTH_M: Final = 10.0
DETAIL_M: Final = 20.0
"""Side of the square whose area a corner must enclose with its neighbours to stay; a line moves by
some metres. Less changes nothing on a map before zoom 14, and weighs more."""
# 2**-18 degree is about 0.4 m; a binary step leaves zero bits that compress to half the size.
GRID: Final = 2.0**18
_ATTEMPTS: Final = 3
HECTARE_M2: Final = 10_000.0
# Foreign land all around which France closes: Llívia belongs to Spain (treaty of 1660).
ENCLAVES: Final = {"Llívia": (1.98, 42.465)}


@dataclass(frozen=True)
class Gap:
    """A hole of the coverage: where, how large, and which commune took it."""

    longitude: float
    latitude: float
    area_ha: float
    given_to: str | None


def systems(departements: Shapes) -> Iterator[tuple[str, Shapes]]:
    """Yield each metric system with the positions of the communes it measures."""
    names = np.array([metric_crs(code) for code in departements])
    for name in sorted(set(names)):
        yield str(name), np.flatnonzero(names == name)


def project(shapes: Shapes, departement: str) -> Shapes:
    """Project WGS 84 shapes to the metric system of a département."""
    frame = gpd.GeoDataFrame(geometry=list(shapes), crs=WGS84)
    return np.asarray(to_metric(frame, departement).geometry.array)


def unproject(shapes: Shapes, crs: str) -> Shapes:
    """Bring metric shapes back to WGS 84."""
    frame = gpd.GeoDataFrame(geometry=list(shapes), crs=crs)
    return np.asarray(to_wgs84(frame).geometry.array)


def clean(
    shapes: Shapes, departements: Shapes, codes: Shapes, coarse: Flags | None = None
) -> tuple[Shapes, list[Gap]]:
    """Clean every local coverage of WGS 84 shapes and list the holes that were met.

    Parameters
    ----------
    coarse
        Shapes whose lines give way to those of the others; none when not given.
    """
    coarse = np.zeros(len(shapes), dtype=bool) if coarse is None else coarse
    result = np.empty(len(shapes), dtype=object)
    gaps: list[Gap] = []
    for crs, rows in systems(departements):
        rows = rows[np.argsort(coarse[rows], kind="stable")]  # noqa: PLW2901 - the finer first
        metric = project(shapes[rows], departements[rows[0]])
        tidy = unproject(_one_coverage(metric), crs)
        filled, new_gaps = fill(settle(tidy), codes[rows], coarse[rows])
        result[rows] = filled
        gaps += new_gaps
    return result, gaps


def _one_coverage(metric: Shapes) -> Shapes:
    """Simplify shapes together, then let the first of those that overlap keep its line."""
    light = shapely.coverage_simplify(metric, DETAIL_M)
    tidy = shapely.coverage_clean(light, gap_width=GAP_WIDTH_M, merge_strategy="min_index")
    return np.asarray(tidy)


def snap(shapes: Shapes, grid: float) -> Shapes:
    """Put every vertex on the nearest step of a grid, so that shared ones stay shared."""
    return np.asarray(shapely.transform(shapes, lambda xy: np.round(xy * grid) / grid))


def settle(shapes: Shapes, grid: float = GRID) -> Shapes:
    """Put a WGS 84 coverage on a grid; slivers that the grid folds are cleaned away.

    Raises
    ------
    BadFileError
        No cleaning makes it a coverage.
    """
    snapped = snap(shapes, grid)
    for _ in range(_ATTEMPTS):
        if shapely.is_valid(snapped).all() and shapely.coverage_is_valid(snapped):
            return snapped
        snapped = snap(np.asarray(shapely.coverage_clean(snapped)), grid)
    raise BadFileError("Géographie refusée, rien n’a été modifié : contours incohérents.")


def fill(shapes: Shapes, codes: Shapes, coarse: Flags) -> tuple[Shapes, list[Gap]]:
    """Return each hole to the neighbour with the longest border, a coarse one if there is one.

    Enclaves stay holes.
    """
    shapes = shapes.copy()
    tree = shapely.STRtree(shapes)
    gaps = []
    for hole in holes(shapes):
        taker = None if is_enclave(hole) else _longest_border(hole, shapes, tree, coarse)
        if taker is not None:
            shapes[taker] = shapely.coverage_union(shapes[taker], hole)
        point = shapely.point_on_surface(hole)
        where = round(float(point.x), 4), round(float(point.y), 4)
        receiver = None if taker is None else str(codes[taker])
        gaps.append(Gap(*where, round(area_m2(hole) / HECTARE_M2, 3), receiver))
    return shapes, gaps


def holes(shapes: Shapes) -> list[Any]:
    """Return what a coverage leaves uncovered inside its outer rings, as polygons."""
    union = shapely.coverage_union_all(shapes)
    return [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]


def area_m2(shape: Any) -> float:
    """Measure the area of a WGS 84 shape on the ellipsoid, in square metres."""
    return abs(float(GEOD.geometry_area_perimeter(shape)[0]))


def is_enclave(hole: Any) -> bool:
    """Return whether a hole is a piece of another country that France surrounds, not a gap."""
    return any(shapely.contains_xy(hole, *point) for point in ENCLAVES.values())


def _longest_border(hole: Any, shapes: Shapes, tree: shapely.STRtree, coarse: Flags) -> int:
    near = tree.query(hole, predicate="intersects")
    border = shapely.length(shapely.intersection(shapes[near], hole.exterior))
    if (beside := coarse[near] & (border > 0)).any():
        near, border = near[beside], border[beside]
    return int(near[np.argmax(border)])
