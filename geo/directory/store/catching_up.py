"""Tables as they were last read: one that somebody changed is read where it changed, not whole."""

from collections import deque
from collections.abc import Callable
from typing import Any, Final
from weakref import ref

import pandas as pd
import pyarrow as pa

from geo import database
from geo.directory.schema import KINDS, RecordKind
from geo.directory.store import rows
from geo.directory.store.large_tables import LargeTables
from geo.directory.store.splicing import replaced

Fetch = Callable[..., pa.Table]
_FEW: Final = 30_000  # rows: fewer are read again sooner than their changes are found
_MUCH: Final = 0.2  # of a table: past that share, the whole is read sooner
_STEPS: Final = 32


class HeldTables:
    """The latest frame of each kind, and what changed from each frame to the next."""

    def __init__(self) -> None:
        self._latest: dict[str, tuple[int, pd.DataFrame]] = {}
        self._steps: dict[str, deque[tuple[Any, Any, list[str]]]] = {}
        self._large = LargeTables()

    def read(
        self,
        kind: str,
        version: int,
        touched: Callable[[int], set[str]],
        fetch: Fetch,
        whole: Callable[[], pd.DataFrame],
    ) -> pd.DataFrame:
        """Return a kind as a snapshot leaves it: as it was, brought forward, or read whole.

        ``whole`` reads a table that is not large.
        """

        def anew() -> pd.DataFrame:
            large = self._large.read(KINDS[kind], version, fetch)
            return whole() if large is None else large

        cached = self._latest.get(kind)
        # A catalogue put back from a copy counts from where it was.
        if cached is None or cached[0] > version:
            found = anew()
        elif cached[0] == version or kind not in touched(cached[0]):
            found = cached[1]
        else:
            forward = brought_forward(fetch, KINDS[kind], cached[1], (cached[0] + 1, version))
            found, ids = forward or (anew(), None)
            if ids is not None:
                steps = self._steps.setdefault(kind, deque(maxlen=_STEPS))
                steps.append((ref(cached[1]), ref(found), ids))
        self._latest[kind] = version, found
        return found

    def version(self, kind: str, frame: pd.DataFrame) -> int | None:
        """Return a snapshot that left a kind as in this frame; nothing if it is not the latest."""
        version, latest = self._latest.get(kind, (None, None))
        return version if latest is frame else None

    def put(self, kind: str, version: int, frame: pd.DataFrame) -> None:
        """Take a frame for what a snapshot left of a kind: what comes next is read from there."""
        self._latest[kind] = version, frame

    def changed(self, kind: str, before: pd.DataFrame, now: pd.DataFrame) -> set[str] | None:
        """Name what differs between two frames that ``read`` gave; nothing where it is unknown."""
        ids: set[str] = set()
        for first, last, some in reversed(self._steps.get(kind, ())):
            if now is before:
                break
            if last() is now:
                ids, now = ids.union(some), first()
        return ids if now is before else None


def brought_forward(
    fetch: Fetch, kind: RecordKind, frame: pd.DataFrame, span: tuple[int, int]
) -> tuple[pd.DataFrame, list[str]] | None:
    """Return a table as the last snapshot of a span leaves it, from what was held before it.

    Parameters
    ----------
    fetch
        Answers a question in SQL, with its values.
    frame
        The whole table by id, in order, as the snapshot before the span left it; not changed.
    span
        The first and the last snapshot since.

    Returns
    -------
    The frame and the ids of what changed, or nothing where the whole is to be read: the table is
    small, much of it changed, or a snapshot of the span was erased.
    """
    if len(frame) < _FEW:
        return None
    first, last = span
    names = {"table": kind.table, "id": kind.id, "at": f"AT (VERSION => {last})"}
    changed = database.sql("store/changed_ids").format(**names, first=first, last=last)
    try:
        ids = fetch(changed, None)["record_id"].to_pylist()
        if len(ids) > _MUCH * len(frame):
            return None
        now = fetch(database.sql("store/read_some").format(**names), {"ids": ids})
    except database.Fault:
        return None
    return replaced(
        frame, ids, rows.frame(kind, rows.distinct(rows.in_order(now, kind.id), kind.id))
    ), ids
