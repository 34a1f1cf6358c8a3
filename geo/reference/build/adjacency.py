"""Which communes share a border, and how long it is, read from the shared vertices."""

from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.crs import geodesic_m
from geo.reference.build.clean import Shapes

COLUMNS: Final = ["commune_code_a", "commune_code_b", "border_m"]


def adjacency(codes: Shapes, shapes: Shapes) -> pd.DataFrame:
    """Measure on the ellipsoid every border shared by two shapes of a clean coverage."""
    segments, owner = _segments(shapes)
    _, first, edge, count = np.unique(
        segments, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    shared = np.flatnonzero(count[edge] > 1)
    shared = shared[np.argsort(edge[shared], kind="stable")]
    left, right = owner[shared[0::2]], owner[shared[1::2]]
    ends = segments[first[edge[shared[0::2]]]]
    metres = geodesic_m(*ends.T)
    frame = pd.DataFrame({COLUMNS[0]: codes[left], COLUMNS[1]: codes[right], COLUMNS[2]: metres})
    frame = frame[frame["commune_code_a"] != frame["commune_code_b"]]
    swap = frame["commune_code_a"] > frame["commune_code_b"]
    frame.loc[swap, COLUMNS[:2]] = frame.loc[swap, [COLUMNS[1], COLUMNS[0]]].to_numpy()
    total = frame.groupby(COLUMNS[:2], sort=True)["border_m"].sum()
    return total.round(1).reset_index()


def _segments(shapes: Shapes) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Cut every ring in segments written in one direction, with the shape that owns each."""
    parts, part_owner = shapely.get_parts(shapes, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    inner = ring[:-1] == ring[1:]
    start, end = xy[:-1][inner], xy[1:][inner]
    flip = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    ordered = np.where(flip[:, None], np.hstack([end, start]), np.hstack([start, end]))
    return ordered, part_owner[ring_part[ring[:-1][inner]]]
