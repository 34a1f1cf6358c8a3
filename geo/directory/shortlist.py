"""The few catalysts that one question may rank, read from the store without all the others.

For a process that asks one question and ends: reading a million records whole takes it seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo import database
from geo.crs import Floats, Ints
from geo.directory.directory import Directory, selected_positions
from geo.directory.published import DECLARED, PUBLIC, catalysts_among
from geo.directory.schema import KINDS
from geo.directory.store import rows
from geo.directory.store.store import Store
from geo.directory.store.worlds import FICTITIOUS
from geo.query.selection import Selection

Near = Callable[[Floats, Floats], Ints]
_FACETS: Final = ", profile, practices, evidence"
_NO_TEXT: Final = ", '' AS catalyst_name, '' AS town, '' AS note"
_TEXT: Final = ", actor_name AS catalyst_name, town, note"


@dataclass(frozen=True)
class Shortlist:
    """A directory of those who may be in the answer, and how many more the selection keeps.

    ``more_placed`` of ``more`` have a point.
    """

    book: Directory
    more: int
    more_placed: int


def shortlist(store: Store, selection: Selection, near: Near) -> Shortlist:
    """Read whom a question about places may rank, or may cite without a point.

    A record of which something is withheld is always read: its point may not be known here.

    Parameters
    ----------
    near
        Given longitudes and latitudes (degrees, WGS 84), the positions of those to read.
    """
    at = f"AT (VERSION => {store.snapshot()})"
    points, fictive = _points(store, selection, at)
    lon, lat = (points[axis].to_numpy() for axis in ("longitude", "latitude"))
    placed = np.flatnonzero(~np.isnan(lon))
    scoped = np.flatnonzero(np.isnan(lon) & points["has_scope"].to_numpy(zero_copy_only=False))
    chosen = placed[near(lon[placed], lat[placed])]
    ids = points["catalyst_id"].take(np.concatenate([chosen, scoped])).to_pylist()
    found = store.fetch(database.sql("store/read_some_or_withheld").format(at=at), {"ids": ids})
    kind = KINDS["actor"]
    frame = catalysts_among(rows.frame(kind, rows.in_order(found, kind.id)))
    book = Directory(store.origin, frame, made_up=fictive)
    return Shortlist(book, len(points) - len(ids), len(placed) - len(chosen))


def _points(store: Store, selection: Selection, at: str) -> tuple[pa.Table, bool]:
    """Return the catalysts that a selection keeps, and whether any at all is made up."""
    more = "" if selection.is_empty() else _FACETS + (_TEXT if selection.text else _NO_TEXT)
    text = database.sql("store/catalyst_points").format(at=at, more=more)
    values = {"public": PUBLIC, "declared": DECLARED, "fictitious": FICTITIOUS}
    found = store.fetch(text, values)
    fictive = bool(pc.any(found["fictive"]).as_py())
    if selection.is_empty():
        return found, fictive
    numbered = found.append_column("position", pa.array(np.arange(len(found))))
    return found.take(selected_positions(numbered, selection)), fictive
