"""Lighter outlines for the screen, simplified together so that neighbours still match.

Two layers: 500 m, communes simplified as one coverage and every territory dissolved from them;
1,000 m, the same for zones, a zone being the communes that belong to exactly the same
territories. Edges match across kinds because no kind is ever simplified on its own. Never used
to decide what is inside what.
"""

from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.reference.build.clean import Shapes, project, settle, snap, systems, unproject
from geo.reference.build.dissolve import as_objects

# Steps per degree: 2**-16 degree is 1.7 m; 4 decimals, 11 m, travel best to a browser, but they
# fold a few small communes of the finer layer over themselves.
GRIDS: Final = {500: 2.0**16, 1000: 10_000.0}


def simplify(shapes: Shapes, departements: Shapes, tolerance_m: int) -> Shapes:
    """Simplify a WGS 84 coverage by a tolerance in metres; no shape disappears."""
    result = np.empty(len(shapes), dtype=object)
    for crs, rows in systems(departements):
        metric = project(shapes[rows], departements[rows[0]])
        metric = drop_islets(metric, tolerance_m**2)
        light = np.asarray(shapely.coverage_simplify(metric, tolerance_m))
        result[rows] = unproject(light, crs)
    grid = GRIDS[tolerance_m]
    light = shapely.remove_repeated_points(unfold(snap(result, grid)))
    return settle(np.asarray(light), grid)


def unfold(shapes: Shapes) -> Shapes:
    """Drop the parts and the holes that a grid folded to a line: they have no area left."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    for at in np.flatnonzero(shapely.get_num_interior_rings(parts)):
        holes = [ring for ring in parts[at].interiors if shapely.Polygon(ring).area > 0]
        parts[at] = shapely.Polygon(parts[at].exterior, holes)
    has_area = shapely.area(parts) > 0
    return _regroup(parts[has_area], owner[has_area])


def drop_islets(shapes: Shapes, area: float) -> Shapes:
    """Drop the parts below an area that touch no other shape, but never a shape's largest."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    sizes = shapely.area(parts)
    small = np.flatnonzero((sizes < area) & ~_largest(sizes, owner))
    near, _ = shapely.STRtree(parts).query(parts[small], predicate="intersects")
    alone = np.bincount(near, minlength=len(small)) == 1  # it only meets itself
    is_kept = np.ones(len(parts), dtype=bool)
    is_kept[small[alone]] = False
    return _regroup(parts[is_kept], owner[is_kept])


def _largest(sizes: np.ndarray[Any, Any], owner: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    order = np.lexsort((sizes, owner))
    last = np.append(owner[order][1:] != owner[order][:-1], True)
    is_largest = np.zeros(len(sizes), dtype=bool)
    is_largest[order[last]] = True
    return is_largest


def _regroup(parts: Shapes, owner: np.ndarray[Any, Any]) -> Shapes:
    grouped = shapely.multipolygons(parts, indices=owner)
    single = shapely.get_num_geometries(grouped) == 1
    return np.asarray(np.where(single, shapely.get_geometry(grouped, 0), grouped))


def zones(members: pd.DataFrame, codes: Shapes) -> np.ndarray[Any, Any]:
    """Return the communes of exactly the same territories the same number."""
    names = members["territory_kind"] + ":" + members["territory_code"]
    signature = names.groupby(members["commune_code"]).agg("|".join)
    return np.asarray(pd.factorize(signature.reindex(codes))[0])


def unite(shapes: Shapes, zone: np.ndarray[Any, Any]) -> Shapes:
    """Unite the shapes of each zone along their shared edges, in zone order."""
    order = np.argsort(zone, kind="stable")
    cuts = np.flatnonzero(np.diff(zone[order])) + 1
    groups = np.split(order, cuts)
    return as_objects([shapely.coverage_union_all(shapes[rows]) for rows in groups])
