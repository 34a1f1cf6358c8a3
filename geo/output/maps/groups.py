"""Marks too many to be drawn each: neighbours put together, counted by kind, none over another."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

MANY: Final = 2_000
"""Marks above which a map is given groups, and the marks of what it looks at closely."""


_FEW: Final = 300  # points: to compare each to each takes less than to import what sorts them
_WIDE: Final = 4_000_000  # squares: past so many, sorting takes less than counting


@dataclass(frozen=True)
class Groups:
    """Groups of points, the largest first, and the points that stand alone.

    ``x``, ``y``: their middles; ``boxes``: least x, least y, most x, most y of each;
    ``counts``: one row a group, how many of each kind; ``alone``: positions of the other points.
    """

    x: Floats
    y: Floats
    boxes: Floats
    counts: Ints
    alone: Ints

    @property
    def sizes(self) -> Ints:
        """Count the points of each group."""
        return np.asarray(self.counts.sum(axis=1))


@dataclass(frozen=True)
class _Cells:
    """Squares of a grid that hold a point: sums, corners and counts of what is in each."""

    sums: Floats  # x, y
    boxes: Floats
    counts: Ints
    first: Ints  # a point of each

    def of(self, label: Ints, quantity: int) -> "_Cells":
        """Put cells of a same label together."""
        boxes = _empty_boxes(quantity)
        np.minimum.at(boxes[:, :2], label, self.boxes[:, :2])
        np.maximum.at(boxes[:, 2:], label, self.boxes[:, 2:])
        sums, counts = np.zeros((quantity, 2)), np.zeros((quantity, self.counts.shape[1]), int)
        np.add.at(sums, label, self.sums)
        np.add.at(counts, label, self.counts)
        first = np.zeros(quantity, dtype=np.intp)
        first[label] = self.first
        return _Cells(sums, boxes, counts, first)


def grouped(x: Floats, y: Floats, kinds: Ints, side: float, quantity: int) -> Groups:
    """Group the points that fall in one square of a grid, then the groups that are too near.

    Parameters
    ----------
    x, y
        Where points are, in units of the plane that is drawn.
    kinds
        The kind of each, from 0.
    side
        Of the squares, in the same units; groups nearer than 0.85 of it become one.
    quantity
        How many kinds there are.
    """
    cells = _cells(x, y, kinds, side, quantity)
    middles = cells.sums / cells.counts.sum(axis=1, keepdims=True)
    label = _together(middles, cells.counts.sum(axis=1), 0.85 * side)
    whole = cells.of(label, int(label.max(initial=-1)) + 1)
    sizes = whole.counts.sum(axis=1)
    several = np.flatnonzero(sizes > 1)
    several = several[np.argsort(-sizes[several], kind="stable")]
    middles = whole.sums[several] / sizes[several, None]
    alone = np.sort(whole.first[sizes == 1])
    return Groups(middles[:, 0], middles[:, 1], whole.boxes[several], whole.counts[several], alone)


def _empty_boxes(quantity: int) -> Floats:
    return np.tile([np.inf, np.inf, -np.inf, -np.inf], (quantity, 1))


def _cells(x: Floats, y: Floats, kinds: Ints, side: float, quantity: int) -> _Cells:
    """Count what is in each square of the grid; the grid does not move with the points."""
    across, down = np.floor(x / side).astype(np.int64), np.floor(y / side).astype(np.int64)
    if not len(x):
        nothing = np.zeros(0, dtype=np.intp)
        return _Cells(np.zeros((0, 2)), _empty_boxes(0), np.zeros((0, quantity), int), nothing)
    across, down = across - across.min(), down - down.min()
    cell, cell_count = _numbered(down * (int(across.max()) + 1) + across)
    counts = np.bincount(cell * quantity + kinds, minlength=cell_count * quantity)
    sums = [np.bincount(cell, weights=one, minlength=cell_count) for one in (x, y)]
    boxes = _empty_boxes(cell_count)
    for column, one in enumerate((x, y)):
        np.minimum.at(boxes[:, column], cell, one)
        np.maximum.at(boxes[:, column + 2], cell, one)
    first = np.zeros(cell_count, dtype=np.intp)
    first[cell] = np.arange(len(x))
    return _Cells(np.column_stack(sums), boxes, counts.reshape(-1, quantity), first)


def _numbered(keys: npt.NDArray[np.int64]) -> tuple[Ints, int]:
    """Give keys numbers from 0, in their order, and how many there are."""
    size = int(keys.max()) + 1
    if size > _WIDE:  # a close view of points all over the world
        unique, cell = np.unique(keys, return_inverse=True)
        return cell, len(unique)
    present = np.flatnonzero(np.bincount(keys, minlength=size))
    at = np.empty(size, dtype=np.intp)
    at[present] = np.arange(len(present))
    return at[keys], len(present)


def _together(middles: Floats, sizes: Ints, apart: float) -> Ints:
    """Give each cell the number of its group: a larger one takes those too near to it."""
    label = np.full(len(middles), -1, dtype=np.intp)
    near = _near(middles, apart)
    group = 0
    for cell in np.argsort(-sizes, kind="stable").tolist():
        if label[cell] >= 0:
            continue
        own = np.array(near[cell])
        label[own[label[own] < 0]] = group
        group += 1
    return label


def _near(middles: Floats, apart: float) -> list[list[int]]:
    """List, for each point, those that are not further from it."""
    if len(middles) <= _FEW:
        away = middles[:, None, :] - middles[None, :, :]
        close = (away**2).sum(axis=2) <= apart**2
        return [np.flatnonzero(row).tolist() for row in close]
    from scipy.spatial import cKDTree  # noqa: PLC0415 - start-up need not pay for it

    found: Any = cKDTree(middles).query_ball_point(middles, apart)
    return [list(one) for one in found]
