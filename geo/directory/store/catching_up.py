"""A large table that somebody changed: read what changed, not the whole of it."""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from geo import database
from geo.directory.schema import RecordKind
from geo.directory.store import rows

Fetch = Callable[[str, dict[str, Any] | None], pa.Table]
_FEW: Final = 30_000  # rows: fewer are read again sooner than their changes are found
_MUCH: Final = 0.2  # of a table: past that share, the whole is read sooner


def brought_forward(
    fetch: Fetch, kind: RecordKind, held: pd.DataFrame, span: tuple[int, int]
) -> pd.DataFrame | None:
    """Return a table as the last snapshot of a span leaves it, from what was held before it.

    Parameters
    ----------
    fetch
        Answers a question in SQL, with its values.
    held
        The whole table by id, in order, as the snapshot before the span left it; not changed.
    span
        The first and the last snapshot since.

    Returns
    -------
    The frame, or nothing where the whole is to be read: the table is small, much of it changed,
    or a snapshot of the span was erased.
    """
    if len(held) < _FEW:
        return None
    first, last = span
    names = {"table": kind.table, "id": kind.id, "at": f"AT (VERSION => {last})"}
    changed = database.sql("store/changed_ids").format(**names, first=first, last=last)
    try:
        ids = fetch(changed, None)["record_id"].to_pylist()
        if len(ids) > _MUCH * len(held):
            return None
        now = fetch(database.sql("store/read_some").format(**names), {"ids": ids})
    except database.Fault:
        return None
    return rows.merged(kind, held, ids, now)
