"""What each candidate place would bring to each demand point: the one table that siting solves.

Both questions are the same one: choose k columns so that the best gain of each row, times its
weight, adds up to the most.

- Maximal covering (« à portée »): a row not yet within the radius gains 1 from a column within it.
- p-median (« distance »): a row gains the kilometres that a column saves it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.analysis.bulk import Indices
from geo.crs import Floats, ecef, geodesic_m

_KM: Final = 1000.0
_STEP: Final = 4_000


@dataclass(frozen=True, eq=False)
class Gains:
    """A sparse table by columns of candidates, and the weight of each row.

    ``rows`` (index), ``values`` (gain, > 0): one entry each, column after column; ``starts``:
    where each column begins, shape (candidates + 1,); ``weights``: shape (demand,).
    """

    rows: Indices
    values: Floats
    starts: Indices
    weights: Floats

    @property
    def count(self) -> int:
        """Count the candidates."""
        return self.starts.size - 1

    def part(self, index: int) -> slice:
        """Return where the entries of a column are."""
        return slice(int(self.starts[index]), int(self.starts[index + 1]))

    def column(self, index: int) -> tuple[Indices, Floats]:
        """Return the rows that a candidate serves, and what it brings to each."""
        part = self.part(index)
        return self.rows[part], self.values[part]

    def by_column(self, entries: Floats) -> Floats:
        """Add up one number an entry, column by column; 0 for an empty column."""
        filled = np.flatnonzero(np.diff(self.starts))
        totals = np.zeros(self.count)
        if filled.size:
            totals[filled] = np.add.reduceat(entries, self.starts[filled])
        return totals

    def best(self, chosen: Indices) -> Floats:
        """Return the best gain of each row among the chosen columns, 0 where none serves it."""
        gains = np.zeros(self.weights.size)
        for index in chosen:
            rows, values = self.column(int(index))
            gains[rows] = np.maximum(gains[rows], values)
        return gains

    def total(self, chosen: Indices) -> float:
        """Add up what the chosen columns bring."""
        return float(self.weights @ self.best(chosen))


@dataclass(frozen=True, eq=False)
class Points:
    """Places, degrees, WGS 84, arrays of one shape (n,)."""

    longitude: Floats
    latitude: Floats


def covering_gains(
    demand: Points, weights: Floats, present_km: Floats, candidates: Points, radius_km: float
) -> Gains:
    """Return the gains of maximal covering: 1 for a row out of reach now and within it then."""
    within = np.full(weights.size, radius_km)
    within[present_km <= radius_km] = -1.0
    return _gains(demand, weights, candidates, within, covering=True)


def distance_gains(
    demand: Points, weights: Floats, present_km: Floats, candidates: Points
) -> Gains:
    """Return the gains of the p-median: the kilometres that a candidate would save each row.

    ``present_km`` must be finite: where nobody is present, give the same large distance to all,
    which changes no choice.
    """
    return _gains(demand, weights, candidates, present_km, covering=False)


def _gains(
    demand: Points, weights: Floats, candidates: Points, within_km: Floats, *, covering: bool
) -> Gains:
    from scipy.spatial import cKDTree  # noqa: PLC0415 - start-up need not pay for it

    live = np.flatnonzero((within_km > 0) & (weights > 0))
    tree = cKDTree(ecef(candidates.longitude, candidates.latitude))
    places = ecef(demand.longitude[live], demand.latitude[live])
    rows, columns, values = [], [], []
    for start in range(0, live.size, _STEP):  # neighbour lists, never a whole table
        part = live[start : start + _STEP]
        near = tree.query_ball_point(
            places[start : start + _STEP], within_km[part] * _KM, return_sorted=True
        )
        counts = np.fromiter(map(len, near), dtype=np.intp, count=part.size)
        row = np.repeat(part, counts)
        column = np.concatenate([np.asarray(neighbours, dtype=np.intp) for neighbours in near])
        km = _km(demand, candidates, row, column)
        gain = (km <= within_km[row]).astype(float) if covering else within_km[row] - km
        positive = gain > 0
        rows.append(row[positive])
        columns.append(column[positive])
        values.append(gain[positive])
    return _by_column(rows, columns, values, weights, candidates.longitude.size)


def _km(demand: Points, candidates: Points, row: Indices, column: Indices) -> Floats:
    metres = geodesic_m(
        demand.longitude[row],
        demand.latitude[row],
        candidates.longitude[column],
        candidates.latitude[column],
    )
    return metres / _KM


def _by_column(
    rows: list[Indices],
    columns: list[Indices],
    values: list[Floats],
    weights: Floats,
    count: int,
) -> Gains:
    row = np.concatenate([np.empty(0, np.intp), *rows])
    column = np.concatenate([np.empty(0, np.intp), *columns])
    value = np.concatenate([np.empty(0), *values])
    order = np.argsort(column, kind="stable")
    starts = np.searchsorted(column[order], np.arange(count + 1))
    return Gains(row[order], value[order], starts, weights)
