"""Which zone holds each of many points: areas that cover a plane without overlapping.

A grid is laid over the zones. A square that no boundary crosses lies in one zone whole, or in
none: its points need no test. Only points in crossed squares are tested, and only against the
zones whose boundary crosses their square.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import Floats

Ints = npt.NDArray[np.int64]
Shapes = npt.NDArray[np.object_]
NOWHERE: Final = -1

_CELL: Final = 0.007  # Degrees, 500 to 800 m: smaller tests fewer points but takes longer to lay.
_MARGIN: Final = 1e-9  # Degrees: squares this near to a boundary count as crossed.
_GAP: Final = 2.0  # Degrees of empty longitude between two windows (mainland, Réunion...).
_LONG: Final = 600  # Sides: a shorter polygon needs no index of its own, and weighs less.
_SOME: Final = 200_000  # Sides in memory together, or those of one zone.
_MANY: Final = 20_000  # Fewer tests than that are not worth a second thread.
_POOL: Final = ThreadPoolExecutor(2, "zones")  # Shapely lets go of the interpreter's lock.


@dataclass(frozen=True)
class _Window:
    """One grid: per square its only zone, NOWHERE, or ``-2 - i`` for the i-th crossed square."""

    west: float
    south: float
    columns: int
    rows: int
    squares: npt.NDArray[np.int32]

    def column(self, lon: Floats) -> Ints:
        return np.floor((lon - self.west) / _CELL).astype(np.int64)

    def row(self, lat: Floats) -> Ints:
        return np.floor((lat - self.south) / _CELL).astype(np.int64)

    def holds(self, lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
        east, north = self.west + self.columns * _CELL, self.south + self.rows * _CELL
        # Every zone stays two squares away from the edge: rounding there is harmless.
        return np.asarray(
            (lon > self.west) & (lon < east - _CELL) & (lat > self.south) & (lat < north - _CELL)
        )

    def at(self, lon: Floats, lat: Floats) -> npt.NDArray[np.int32]:
        return np.asarray(self.squares[self.row(lat) * self.columns + self.column(lon)])


class Zones:
    """Polygons, WGS 84, that share edges but do not overlap, ready for many points."""

    def __init__(self, geometries: Shapes) -> None:
        self.geometries = geometries
        _index(geometries[shapely.get_num_coordinates(geometries) > _LONG])
        self._tree = shapely.STRtree(geometries)
        self._windows: list[_Window] = []
        starts, candidates, count = [np.zeros(1, dtype=np.int64)], [np.empty(0, dtype=np.int64)], 0
        for members in _clusters(shapely.bounds(geometries)):
            window, ends, crossing = self._window(members, count)
            self._windows.append(window)
            starts.append(ends + starts[-1][-1])
            candidates.append(crossing)
            count += len(ends)
        self._starts, self._candidates = np.concatenate(starts), np.concatenate(candidates)

    def first(self, lon: Floats, lat: Floats) -> tuple[Ints, Ints]:
        """Find the zone strictly around each point, and the points left undecided.

        Returns the index of a zone, or NOWHERE, per point; then the positions of the points
        on a boundary, for which the caller has a rule (their zone here is the lowest index).
        """
        zone = np.full(lon.shape, NOWHERE, dtype=np.int64)
        crossed, square = [], []
        for window in self._windows:
            at = np.flatnonzero(window.holds(lon, lat))
            value = window.at(lon[at], lat[at])
            zone[at] = np.where(value >= 0, value, NOWHERE)
            tested = value < NOWHERE
            crossed.append(at[tested])
            square.append(-2 - value[tested].astype(np.int64))
        points = np.concatenate(crossed) if crossed else np.empty(0, dtype=np.int64)
        left = (
            self._decide(points, np.concatenate(square), lon, lat, zone) if len(points) else points
        )
        return zone, self._on_boundary(left, lon, lat, zone)

    def _decide(self, points: Ints, square: Ints, lon: Floats, lat: Floats, zone: Ints) -> Ints:
        """Test points against the zones crossing their square, one zone of each at a time."""
        first, last = self._starts[square], self._starts[square + 1]
        undecided: list[Ints] = []
        while len(points):
            candidate = self._candidates[first]
            inside = self._contains(candidate, lon[points], lat[points])
            zone[points[inside]] = candidate[inside]
            out = ~inside
            points, first, last = points[out], first[out] + 1, last[out]
            more = first < last
            undecided.append(points[~more])
            points, first, last = points[more], first[more], last[more]
        return np.concatenate(undecided) if undecided else points

    def _contains(self, zone: Ints, lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
        order = np.argsort(zone, kind="stable")  # One polygon at a time stays in the cache.
        halves = np.array_split(order, 2) if len(order) > _MANY else [order]

        def test(part: Ints) -> npt.NDArray[np.bool_]:
            return np.asarray(
                shapely.contains_xy(self.geometries[zone[part]], lon[part], lat[part])
            )

        found = np.empty(len(zone), dtype=bool)
        for part, answer in zip(halves, _POOL.map(test, halves), strict=True):
            found[part] = answer
        return found

    def _on_boundary(self, points: Ints, lon: Floats, lat: Floats, zone: Ints) -> Ints:
        """Settle the points that no tested zone holds; give those on a boundary.

        A square may count as crossed by its neighbours' boundaries only, hence a last search
        of every zone, which few points need.
        """
        if not len(points):
            return points
        places = shapely.points(lon[points], lat[points])
        which, found = self._tree.query(places, predicate="intersects")
        order = np.lexsort((-found, which))  # The lowest index is written last.
        which, found = which[order], found[order]
        zone[points[which]] = found
        at = points[which]
        inside = shapely.contains_xy(self.geometries[found], lon[at], lat[at])
        return np.setdiff1d(at, at[inside])

    def _window(self, members: Ints, count: int) -> tuple[_Window, Ints, Ints]:
        """Lay a grid over some zones; crossed squares are numbered from ``count``."""
        west, south, east, north = shapely.total_bounds(self.geometries[members])
        west, south = west - 2 * _CELL, south - 2 * _CELL
        columns, rows = (int(np.ceil(span / _CELL)) + 3 for span in (east - west, north - south))
        window = _Window(west, south, columns, rows, np.full(columns * rows, NOWHERE, np.int32))
        square, zone = _crossings(window, self.geometries[members])
        firsts = np.flatnonzero(np.diff(square, prepend=-1))
        crossed = square[firsts]
        self._fill(window, crossed)
        window.squares[crossed] = -2 - count - np.arange(len(crossed), dtype=np.int32)
        return window, np.append(firsts[1:], len(square)), members[zone]

    def _fill(self, window: _Window, crossed: Ints) -> None:
        """Return each patch of squares between boundaries to the zone around it."""
        free = np.ones(window.columns * window.rows, dtype=bool)
        free[crossed] = False
        from scipy import ndimage  # noqa: PLC0415 - half a second that start-up need not pay

        labels, count = ndimage.label(free.reshape(window.rows, window.columns))
        label = labels.ravel()
        some = np.zeros(count + 1, dtype=np.int64)
        some[label] = np.arange(len(label))  # Any square of each patch.
        some = some[1:]  # Label 0 is the crossed squares.
        lon = window.west + (some % window.columns + 0.5) * _CELL
        lat = window.south + (some // window.columns + 0.5) * _CELL
        which, zone = self._tree.query(shapely.points(lon, lat), predicate="within")
        owner = np.full(count + 1, NOWHERE, dtype=np.int32)
        owner[1 + which] = zone
        window.squares[:] = owner[label]


def _index(geometries: Shapes) -> None:
    """Give each polygon an index of its sides, that every test reads."""
    shapely.prepare(geometries)
    inside = shapely.point_on_surface(geometries)
    # The first test builds the index: done here, threads then only read it.
    shapely.contains_xy(geometries, shapely.get_x(inside), shapely.get_y(inside))


def _clusters(bounds: Floats) -> Iterator[Ints]:
    """Group zones whose longitudes lie close: mainland, Antilles, Guyane, Réunion, Mayotte."""
    known = np.flatnonzero(np.isfinite(bounds[:, 0]))
    order = known[np.argsort(bounds[known, 0], kind="stable")]
    if len(order):
        reach = np.maximum.accumulate(bounds[order, 2])
        cuts = np.flatnonzero(bounds[order[1:], 0] > reach[:-1] + _GAP) + 1
        yield from np.split(order, cuts)


def _crossings(window: _Window, geometries: Shapes) -> tuple[Ints, Ints]:
    """List the squares each zone's boundary touches, by square then zone, each pair once."""
    count = len(geometries)
    block = np.cumsum(shapely.get_num_coordinates(geometries)) // _SOME
    firsts = np.flatnonzero(np.diff(block, prepend=-1))
    parts = np.split(geometries, firsts[1:])
    some = (
        _touched(window, part, first, count)
        for part, first in zip(parts, firsts.tolist(), strict=True)
    )
    pairs = _different(np.sort(np.concatenate([*some])))
    return pairs // count, pairs % count


def _touched(window: _Window, geometries: Shapes, first: int, count: int) -> Ints:
    """List pairs of squares and zones, each as one number: square times ``count`` plus zone."""
    line, owner = shapely.get_parts(shapely.boundary(geometries), return_index=True)
    xy, of_line = shapely.get_coordinates(line, return_index=True)
    same = of_line[1:] == of_line[:-1]
    start, end, zone = _pieces(xy[:-1][same], xy[1:][same], owner[of_line[1:][same]])
    low, high = np.minimum(start, end) - _MARGIN, np.maximum(start, end) + _MARGIN
    west, east = window.column(low[:, 0]), window.column(high[:, 0])
    south, north = window.row(low[:, 1]), window.row(high[:, 1])
    # A piece is shorter than half a square: its box touches four squares at most.
    squares, zones = [south * window.columns + west], [zone]
    for row, column in ((south, east), (north, west), (north, east)):
        more = (row != south) | (column != west)
        squares.append((row * window.columns + column)[more])
        zones.append(zone[more])
    pairs = np.concatenate(squares) * count + np.concatenate(zones) + first
    return _different(np.sort(_different(pairs)))


def _different(values: Ints) -> Ints:
    """Drop values equal to the one before."""
    return np.asarray(values[np.append(True, values[1:] != values[:-1])])


def _pieces(start: Floats, end: Floats, zone: Ints) -> tuple[Floats, Floats, Ints]:
    """Cut long segments so that no piece is longer than half a square."""
    times = np.ceil(np.abs(end - start).max(axis=1) / (_CELL / 2)).astype(np.int64).clip(min=1)
    of = np.repeat(np.arange(len(zone)), times)
    rank = np.arange(len(of)) - np.repeat(np.cumsum(times) - times, times)
    step = (end - start)[of] / times[of, None]
    first = start[of] + step * rank[:, None]
    return first, first + step, zone[of]
