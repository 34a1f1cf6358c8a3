"""Which zone holds each of many points: areas that cover a plane without overlapping.

A grid is laid over the zones. A square that no boundary crosses lies in one zone whole, or in
none: its points need no test. Only points in crossed squares are tested, and only against the
zones whose boundary crosses their square. Asked for groups of zones, EPCI of communes, a square
that one group covers whole needs no test either: communes answer for every kind.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import Floats, Ints, Shapes
from geo.reference.shores import NOWHERE, shores
from geo.reference.touching import touching

_CELL: Final = 0.005  # Degrees, 350 to 550 m: smaller tests fewer points but takes longer to lay.
_MARGIN: Final = 1e-9  # Degrees: squares this near to a boundary count as crossed.
_GAP: Final = 2.0  # Degrees of empty longitude between two windows (mainland, Réunion...).
_LONG: Final = 250  # Sides: a shorter polygon needs no index of its own, and weighs less.
_SOME: Final = 200_000  # Sides in memory together, or those of one zone.
_MANY: Final = 20_000  # Fewer tests than that are not worth a second thread.
_POOL: Final = ThreadPoolExecutor(2, "zones")  # Shapely lets go of the interpreter's lock.
Tests = npt.NDArray[np.int16]
_Row = npt.NDArray[np.int32]


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
        # Of points that it holds: cut short is floored, and half as wide a number is enough.
        row = ((lat - self.south) / _CELL).astype(np.int32)
        row *= self.columns
        row += ((lon - self.west) / _CELL).astype(np.int32)
        return np.asarray(self.squares[row])


class Zones:
    """Polygons, WGS 84, that share edges but do not overlap, ready for many points.

    ``alone`` are the edges that one zone alone has, shape (n, 4): lon, lat, lon, lat. They are
    sought when not given.
    """

    def __init__(self, geometries: Shapes, alone: Floats | None = None) -> None:
        if alone is None:
            alone = shores(geometries, np.arange(len(geometries))).ends
        self.geometries = geometries
        _index(geometries[shapely.get_num_coordinates(geometries) > _LONG])
        self._tree = shapely.STRtree(geometries)
        self._windows: list[_Window] = []
        firsts, candidates, edged, count = list[Ints](), list[_Row](), np.empty(0, dtype=bool), 0
        for members in _clusters(shapely.bounds(geometries)):
            window, crossed, begins, crossing = self._window(members, len(edged))
            self._windows.append(window)
            firsts.append(begins + count)
            candidates.append(crossing)
            edged = np.append(edged, np.isin(crossed, _along(window, alone)))
            count += len(crossing)
        self._windows.sort(key=lambda window: -len(window.squares))
        none = np.empty(0, dtype=np.int32)
        self._candidates, self._edged = np.concatenate([*candidates, none]), edged
        self._starts = np.concatenate([*firsts, [count]]).astype(np.int32)

    def tests(self, group: Ints) -> Tests:
        """Count, for each crossed square, the zones to test: past them one group has the rest.

        None where one group covers the square whole, whatever boundary crosses it. On a coast
        every zone is tested: a point may be in none.

        Parameters
        ----------
        group
            Group of each zone, as an EPCI groups communes.
        """
        firsts, counts = self._starts[:-1], np.diff(self._starts)
        groups = group[self._candidates]
        others = groups != np.repeat(groups[self._starts[1:] - 1], counts)
        rank = np.arange(1, len(groups) + 1) - np.repeat(firsts, counts)
        needed = np.maximum.reduceat(rank * others, firsts) if len(firsts) else firsts
        return np.where(self._edged, counts, needed).astype(np.int16)

    def first(self, lon: Floats, lat: Floats, tests: Tests | None = None) -> Ints:
        """Find the zone around each point, the lowest index on a boundary, NOWHERE in none.

        With the ``tests`` of groups, the zone is any one of the group of that zone.
        """
        if tests is None:
            tests = self.tests(np.arange(len(self.geometries)))
        zone = self.values(lon, lat)
        crossed = np.flatnonzero(zone < NOWHERE)
        self._decide(crossed, lon, lat, zone, tests)
        return zone

    def values(self, lon: Floats, lat: Floats) -> Ints:
        """Return what the grids say of each point: a zone, NOWHERE, or a crossed square."""
        values = np.full(lon.shape, NOWHERE, dtype=np.int64)
        left = np.arange(len(lon))
        for window in self._windows:  # the largest first: it holds most points
            x, y = (lon, lat) if len(left) == len(lon) else (lon[left], lat[left])
            inside = window.holds(x, y)
            values[left[inside]] = window.at(x[inside], y[inside])
            left = left[~inside]
        return values

    def _decide(self, points: Ints, lon: Floats, lat: Floats, zone: Ints, tests: Tests) -> None:
        """Test points against the zones crossing their square, in order, one of each at a time."""
        square = -2 - zone[points]
        zone[points] = self._candidates[self._starts[square + 1] - 1]  # unless another holds it
        some = tests[square] > 0
        points, square = points[some], square[some]
        first = self._starts[square]
        last = first + tests[square]
        outside: list[Ints] = []
        while len(points):
            candidate = self._candidates[first]
            inside = self._covers(candidate, lon[points], lat[points])
            zone[points[inside]] = candidate[inside]
            first += 1
            outside.append(points[~inside & (first == last) & self._edged[square]])
            more = ~inside & (first < last)
            points, square, first, last = points[more], square[more], first[more], last[more]
        if outside:
            self._search(np.concatenate(outside), lon, lat, zone)

    def _covers(self, zone: _Row, lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
        order = np.argsort(zone, kind="stable")  # One polygon at a time stays in the cache.
        halves = np.array_split(order, 2) if len(order) > _MANY else [order]

        def test(part: Ints) -> npt.NDArray[np.bool_]:
            return np.asarray(
                shapely.intersects_xy(self.geometries[zone[part]], lon[part], lat[part])
            )

        found = np.empty(len(zone), dtype=bool)
        for part, answer in zip(halves, _POOL.map(test, halves), strict=True):
            found[part] = answer
        return found

    def _search(self, points: Ints, lon: Floats, lat: Floats, zone: Ints) -> None:
        """Settle the points of a coast that no tested zone holds: in another, or in none.

        A square may count as crossed by its neighbours' boundaries only, hence a search of every
        zone, which few points need.
        """
        zone[points] = NOWHERE
        which, found = touching(self._tree, self.geometries, lon[points], lat[points])
        order = np.lexsort((-found, which))  # The lowest index is written last.
        zone[points[which[order]]] = found[order]

    def _window(self, members: Ints, count: int) -> tuple[_Window, Ints, Ints, _Row]:
        """Lay a grid over some zones; crossed squares are numbered from ``count``.

        Returns
        -------
        The grid, its crossed squares, where the candidates of each begin, and the candidates.
        """
        west, south, east, north = shapely.total_bounds(self.geometries[members])
        west, south = west - 2 * _CELL, south - 2 * _CELL
        columns, rows = (int(np.ceil(span / _CELL)) + 3 for span in (east - west, north - south))
        window = _Window(west, south, columns, rows, np.full(columns * rows, NOWHERE, np.int32))
        square, zone = _crossings(window, self.geometries[members])
        firsts = np.flatnonzero(np.diff(square, prepend=-1))
        crossed = square[firsts]
        self._fill(window, crossed)
        window.squares[crossed] = -2 - count - np.arange(len(crossed), dtype=np.int32)
        return window, crossed, firsts, members[zone].astype(np.int32)

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
        yield from map(np.sort, np.split(order, cuts))  # Tests go by the lowest zone first.


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
    square, zone = _squares(window, xy[:-1][same], xy[1:][same], owner[of_line[1:][same]])
    return _different(np.sort(_different(square * count + zone + first)))


def _along(window: _Window, ends: Floats) -> Ints:
    """List the squares of a grid that some segments touch, shape (n, 4)."""
    here = ends[window.holds(ends[:, 0], ends[:, 1])]
    square, _ = _squares(window, here[:, :2], here[:, 2:], np.zeros(len(here), dtype=np.int64))
    return np.unique(square)


def _squares(window: _Window, start: Floats, end: Floats, zone: Ints) -> tuple[Ints, Ints]:
    """Pair the segments of zones with the squares that they touch, with a margin."""
    start, end, zone = _pieces(start, end, zone)
    low, high = np.minimum(start, end) - _MARGIN, np.maximum(start, end) + _MARGIN
    west, east = window.column(low[:, 0]), window.column(high[:, 0])
    south, north = window.row(low[:, 1]), window.row(high[:, 1])
    # A piece is shorter than half a square: its box touches four squares at most.
    squares, zones = [south * window.columns + west], [zone]
    for row, column in ((south, east), (north, west), (north, east)):
        more = (row != south) | (column != west)
        squares.append((row * window.columns + column)[more])
        zones.append(zone[more])
    return np.concatenate(squares), np.concatenate(zones)


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
