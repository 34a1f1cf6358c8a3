"""Edges that one perimeter alone has, and the nearest of them: the outside of a coverage.

Two communes side by side share their edges; what is left is coast, lake shore or land border.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import GEOD, Floats, Ints, Shapes

Mask = npt.NDArray[np.bool_]

NOWHERE: Final = -1
_CELL: Final = 0.01  # degrees: over 500 m at any latitude of France, in both directions
_ROWS: Final = 18_002  # cells from pole to pole
_BLOCK: Final = 10  # cells
_DEGREE_M: Final = 110_500.0  # Shortest degree of latitude; of longitude, by the cosine.
_MILLIMETRE: Final = 3  # Decimals: a corner that two communes share is as near to both.


@dataclass(frozen=True)
class Shores:
    """Segments, shape (n, 4): lon, lat, lon, lat, WGS 84; and the row each belongs to."""

    ends: Floats
    owners: Ints

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.linestrings(self.ends.reshape(-1, 2, 2)))

    @cached_property
    def _cells(self) -> Ints:
        """Return the cells within reach of a segment, in order."""
        steps = int(np.abs(self.ends[:, 2:] - self.ends[:, :2]).max(initial=0) // _CELL) + 2
        along = np.linspace(0, 1, steps)[:, None, None]
        spots = (self.ends[:, :2] * (1 - along) + self.ends[:, 2:] * along).reshape(-1, 2)
        around = np.add.outer(np.array([-1, 0, 1]) * _ROWS, [-1, 0, 1]).ravel()
        return np.unique(np.add.outer(np.unique(_cell(*spots.T)), around))

    @cached_property
    def _blocks(self) -> Mask:
        """Return which squares of cells are within reach: a first filter, cheap at sea."""
        blocks = np.zeros((_ROWS * 2 // _BLOCK + 1, _ROWS // _BLOCK + 1), dtype=bool)
        blocks[self._cells // _ROWS // _BLOCK, self._cells % _ROWS // _BLOCK] = True
        return blocks

    def may_be_near(self, lon: Floats, lat: Floats) -> Ints:
        """List the points that some segment may be near: a look in a grid, no distance."""
        size = _CELL * _BLOCK
        known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        block = (((lon[known] + 180) / size).astype(int), ((lat[known] + 90) / size).astype(int))
        some = known[self._blocks[block]]
        cell = _cell(lon[some], lat[some])
        at = np.searchsorted(self._cells, cell).clip(max=len(self._cells) - 1)
        near = np.flatnonzero(self._cells[at] == cell)
        return np.asarray(some[near[np.argsort(cell[near])]])  # neighbours read the same memory

    def nearest(self, lon: Floats, lat: Floats, within_m: float) -> Ints:
        """Find the owner of the nearest segment, the first of those as near, else ``NOWHERE``."""
        rows = np.full(lon.shape, NOWHERE, dtype=np.int64)
        reach = within_m / (_DEGREE_M * np.cos(np.radians(lat)).clip(min=0.01))
        point, segment = self._tree.query(
            shapely.points(lon, lat), predicate="dwithin", distance=reach
        )
        far = _distances_m(self.ends[segment], lon[point], lat[point]).round(_MILLIMETRE)
        owner = self.owners[segment]
        order = np.lexsort((-owner, -far, point))  # The nearest is written last.
        order = order[far[order] <= within_m]
        rows[point[order]] = owner[order]
        return rows


def shores(geometries: Shapes, owners: Ints) -> Shores:
    """Keep the edges that no other perimeter shares, each with the owner of its perimeter."""
    parts, part_of = shapely.get_parts(geometries, return_index=True)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    spots, spot_of = shapely.get_coordinates(rings, return_index=True)
    same = np.flatnonzero(spot_of[1:] == spot_of[:-1])
    _, corner = np.unique(spots.view(np.complex128).ravel(), return_inverse=True)
    low, high = np.sort(np.stack([corner[same], corner[same + 1]]), axis=0)
    edge = low * len(spots) + high  # The same in both directions.
    _, at, times = np.unique(edge, return_index=True, return_counts=True)
    alone = same[at[times == 1]]
    ends = np.hstack([spots[alone], spots[alone + 1]])
    return Shores(ends, np.asarray(owners[part_of[ring_of[spot_of[alone]]]]))


def _cell(lon: Floats, lat: Floats) -> Ints:
    columns = ((lon + 180) / _CELL).astype(np.int64)
    return np.asarray(columns * _ROWS + ((lat + 90) / _CELL).astype(np.int64))


def _distances_m(ends: Floats, lon: Floats, lat: Floats) -> Floats:
    """Measure from points to segments, in the plane that touches the ellipsoid at each point.

    Within a kilometre this is the geodesic to a centimetre.
    """
    sine = 1 - GEOD.es * np.sin(np.radians(lat)) ** 2
    east = np.radians(GEOD.a / np.sqrt(sine) * np.cos(np.radians(lat)))
    north = np.radians(GEOD.a * (1 - GEOD.es) / sine**1.5)
    x, y = (ends[:, ::2].T - lon) * east, (ends[:, 1::2].T - lat) * north
    dx, dy = x[1] - x[0], y[1] - y[0]
    length = dx**2 + dy**2
    along = -(x[0] * dx + y[0] * dy) / np.where(length == 0, 1, length)
    along = along.clip(0, 1)
    return np.asarray(np.hypot(x[0] + along * dx, y[0] + along * dy))
