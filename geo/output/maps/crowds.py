"""A map of more marks than a browser is to be given: what each view shows, asked for by the view.

The records of a directory are published once, under one address. When they are many that document
holds none of them: the address then stands for a ``MarkSource``, and a map of many of its rows for
a ``Crowd``, of which the browser asks the groups and the marks of what it looks at
(``web/scripts/crowd.js``).
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, Final
from weakref import ReferenceType, ref

import numpy as np
import numpy.typing as npt
import orjson
import pandas as pd

from geo.crs import from_web_square, web_square
from geo.directory.store.lookup import fingerprint
from geo.directory.store.splicing import taken
from geo.errors import UnknownCodeError
from geo.latest import Latest
from geo.output.maps.groups import MANY, Floats, Groups, Ints, grouped
from geo.output.webfiles import (
    CROWD_SCRIPT,
    Still,
    WebFile,
    asset_url,
    publish,
    published,
    web_file,
)

Layer = dict[str, Any]
Bools = npt.NDArray[np.bool_]
TILE: Final = 256
SIDE: Final = 64  # pixels: of the squares whose marks stand together
MOST_TILES: Final = 24  # along each side of a view
DEEPEST: Final = 18
FEW: Final = 300  # marks in sight: they are drawn as those of a small map
LISTED: Final = 12  # marks that no zoom parts, told by name
_NEAR: Final = 12  # the zoom from which they are
_TOUCHING: Final = 40 / (TILE << DEEPEST)  # of the web's square
_DECIMALS: Final = 5
# Sources and crowds hold their rows: those of a former state cost tens of megabytes each.
_SOURCES, _FRAMES, _CROWDS, _VIEWS = 8, 64, 16, 60


@dataclass(frozen=True, eq=False)
class Whole:
    """All the rows of one state of a directory."""

    rows: pd.DataFrame


@dataclass(frozen=True, eq=False)
class MarkSource:
    """Rows that maps may show, too many to be sent.

    ``record``: what a map says of a row; ``kinds``: the mark of each row of a table, in order;
    ``document``: the drawing and the name of each mark; ``still``: see ``publish``; ``whole``: what
    it compares, if anything.
    """

    document: Mapping[str, Any]
    record: Callable[[dict[Any, Any]], list[Any]]
    kinds: Callable[[pd.DataFrame], Iterable[str]]
    still: Still | None
    whole: Whole | None = None

    @property
    def marks(self) -> list[str]:
        """Name the marks."""
        return [*self.document["symbols"]]

    def records(self, rows: pd.DataFrame) -> list[list[Any]]:
        """Say what a map says of some rows."""
        return [self.record(row) for row in rows.to_dict("records")]


@dataclass(eq=False)
class Crowd:
    """The rows of one map that have a point, and what any view of it shows."""

    source: MarkSource
    rows: pd.DataFrame
    at: Ints  # positions of the rows that have a point
    _views: "OrderedDict[tuple[int, ...], WebFile]" = field(default_factory=OrderedDict)

    @cached_property
    def _square(self) -> Floats:
        """Place the points on the square of web maps, from 0 to 1, y down."""
        columns = [self.rows[name].to_numpy(float)[self.at] for name in ("longitude", "latitude")]
        return web_square(np.column_stack(columns))

    @cached_property
    def _kinds(self) -> Ints:
        number = {mark: index for index, mark in enumerate(self.source.marks)}
        every = [number[mark] for mark in self.source.kinds(self.rows)]
        return np.array(every, dtype=np.intp)[self.at]

    def view(self, zoom: int, west: int, north: int, east: int, south: int) -> WebFile:
        """Say what a view shows: its box in tiles of this zoom, east and south excluded.

        Raises
        ------
        UnknownCodeError
            There is no such view.
        """
        across, down = range(west, east), range(north, south)
        if not (
            0 <= zoom <= DEEPEST
            and 0 <= west < east <= 1 << zoom
            and 0 <= north < south <= 1 << zoom
            and max(len(across), len(down)) <= MOST_TILES
        ):
            raise UnknownCodeError("Cette vue de la carte n’existe pas.")
        key = (zoom, west, north, east, south)
        found = self._views.get(key)
        if found is None:
            found = self._views[key] = web_file(orjson.dumps(self._view_content(*key)), ".json")
            while len(self._views) > _VIEWS:
                self._views.popitem(last=False)
        return found

    def _view_content(
        self, zoom: int, west: int, north: int, east: int, south: int
    ) -> dict[str, Any]:
        x, y = self._square.T
        tiles = 1 << zoom
        inside = (x >= west / tiles) & (x < east / tiles)
        inside &= (y >= north / tiles) & (y < south / tiles)
        seen = np.flatnonzero(inside)
        if len(seen) <= FEW:
            return {"records": self._records(seen), "groups": []}
        side = SIDE / (TILE << zoom)
        marks = self.source.marks
        found = grouped(x[seen], y[seen], self._kinds[seen], side, len(marks))
        return {
            "records": self._records(seen[found.alone]),
            "groups": [self._group(found, index, seen, zoom) for index in range(len(found.x))],
        }

    def _records(self, chosen: Ints) -> list[list[Any]]:
        return self.source.records(taken(self.rows, self.at[chosen]))

    def _group(self, found: Groups, index: int, seen: Ints, zoom: int) -> list[Any]:
        """Say where a group is, its box, its kinds, whether a zoom parts it, else who is in it."""
        left, top, right, bottom = found.boxes[index].tolist()
        corners = np.array([[found.x[index], found.y[index]], [left, bottom], [right, top]])
        middle, low, high = from_web_square(corners).round(_DECIMALS).tolist()
        counts = found.counts[index]
        kinds = {self.source.marks[kind]: int(counts[kind]) for kind in np.flatnonzero(counts)}
        parted = max(right - left, bottom - top) > _TOUCHING
        listed: list[list[Any]] = []
        if not parted and zoom >= _NEAR:
            x, y = self._square[seen].T
            own = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
            listed = self._records(seen[np.flatnonzero(own)[:LISTED]])
        return [*middle, [*low, *high], kinds, parted, listed]


def offered(source: MarkSource, rows: pd.DataFrame, placed: Bools, **more: str) -> str:
    """Publish what maps may show of a directory, and give the address.

    Parameters
    ----------
    placed
        Which rows have a point that may be shown: up to ``MANY`` of them, their records are sent.
    more
        What tells this document from another.
    """
    if np.count_nonzero(placed) <= MANY:
        records = source.records(rows[placed])
        return publish({"records": records, **source.document, **more}, source.still)
    # Another address at each state: what is withdrawn goes with the state that had it.
    document = {"records": [], **source.document, **more, "state": token_hex(8)}
    address = publish(document, source.still)
    _sources.put(address, source)
    return address


def withdraw(address: str) -> None:
    """Forget what an address stood for, and its crowds: they hold the rows of a former state."""
    source = _sources.get(address)
    _sources.drop(lambda one: one is source)
    _crowds.drop(lambda one: one.source is source)


def is_offered(address: str) -> bool:
    """Tell whether an address that ``offered`` gave still stands for many rows."""
    return _sources.get(address) is not None and published(Path(address).stem) is not None


def marks_shown(records: str, rows: pd.DataFrame, placed: Bools, ids: str) -> Layer:
    """Say which marks of what ``offered`` gave a layer shows: their ids, or where to ask for them.

    Parameters
    ----------
    placed
        Which rows have a point that may be shown.
    ids
        The column of their ids.
    """
    source = _sources.get(records)
    if source is None:
        return {"url": records, "ids": [str(one) for one in rows.loc[placed, ids]]}
    at = np.flatnonzero(placed)
    if len(at) <= MANY:
        some = rows.iloc[at]
        own = {"records": source.records(some), **source.document}
        return {"url": publish(own, source.still), "ids": [str(one) for one in some[ids]]}
    address = _opened(source, records, rows, at, ids)
    return {"url": records, "ids": [], "view": address, "script": asset_url(CROWD_SCRIPT)}


def _opened(source: MarkSource, records: str, rows: pd.DataFrame, at: Ints, ids: str) -> str:
    """Give the address of the views of some rows, the same for the same rows."""
    known = _frames.get((records, id(rows)))
    if known is None or known[0]() is not rows:
        known = (
            ref(rows),
            sha256(records.encode() + fingerprint(rows[ids].iloc[at])).hexdigest()[:16],
        )
        _frames.put((records, id(rows)), known)
    digest = known[1]
    if _crowds.get(digest) is None:
        _crowds.drop(lambda one: bool(one.source.still and not one.source.still()))
        _crowds.put(digest, Crowd(source, rows, at))
    return f"/layers/marks/{digest}/"


def crowd(digest: str) -> Crowd | None:
    """Find the rows of a map by the digest of its address, if they may still be read."""
    found = _crowds.get(digest)
    return None if found is None or (found.source.still and not found.source.still()) else found


_sources: Final = Latest[str, MarkSource](_SOURCES)
_crowds: Final = Latest[str, Crowd](_CROWDS)
_frames: Final = Latest[tuple[str, int], tuple[ReferenceType[pd.DataFrame], str]](_FRAMES)
