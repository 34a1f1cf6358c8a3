"""What one write does in its transaction, and what it leaves in the history."""

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from geo import database
from geo.directory.schema import KINDS, RecordKind
from geo.directory.store import rows
from geo.directory.store.changes import Changes, Record
from geo.directory.store.ducklake import StoreLocation
from geo.errors import AtlasError, BusyStoreError, ConflictError
from geo.french import quoted

_LISTED: Final = 200
_TRIES: Final = 40
_DOUBTS: Final = 3  # a file that is damaged still is when read again
_LONGEST_WAIT_S: Final = 0.8


def commit_details(author: str, message: str, extra: str) -> dict[str, str]:
    """Return what the history keeps of a write, without what no catalogue takes."""
    details = {"author": rows.printable(author), "message": rows.printable(message)}
    return {**details, "extra": extra}


def check(changes: Changes) -> None:
    """Refuse changes of which a record cannot be written.

    Raises
    ------
    AtlasError
        Of no known kind, without an id, or with a field its kind does not know.
    """
    strange = [kind for kind in (*changes.put, *changes.drop) if kind not in KINDS]
    if strange:
        raise AtlasError(f"Type de fiche inconnu : {quoted(strange[0])}. Rien n’a été écrit.")
    for kind, records in changes.put.items():
        rows.check(KINDS[kind], records)


def replace(
    cursor: database.Connection,
    kind: RecordKind,
    put: dict[str, Record],
    drop: Sequence[str],
    seen: Mapping[str, int],
) -> None:
    """Write the records of one kind in the transaction under way.

    Raises
    ------
    ConflictError
        A record was changed since it was read, or is already there.
    """
    if not put and not drop:
        return
    ids = [*dict.fromkeys([*put, *drop])]
    cursor.register("leaving", rows.ids(ids))
    names = {"table": kind.table, "id": kind.id}
    revisions = dict(cursor.execute(database.sql("store/revisions").format(**names)).fetchall())
    moved = [one for one in put if int(put[one].get("revision") or 0) != revisions.get(one, 0)]
    if moved:
        raise ConflictError(_conflict_message(kind, put[moved[0]], len(moved)))
    if any(seen[one] != revisions.get(one, 0) for one in drop if one in seen):
        raise ConflictError(
            f"Une fiche à retirer ({kind.label}) a changé depuis que vous l’avez ouverte : rien "
            "n’a été écrit. Rouvrez-la, puis refaites votre modification."
        )
    if revisions:
        cursor.execute(database.sql("store/drop").format(**names))
    if put:
        # In the order in which they are read: many records need no sorting then.
        next_ones = [{**put[name], "revision": revisions.get(name, 0) + 1} for name in sorted(put)]
        cursor.register("incoming", rows.table(kind, next_ones))
        cursor.execute(database.sql("store/put").format(**names))


def _conflict_message(kind: RecordKind, record: Record, quantity: int) -> str:
    name = quoted(str(record.get(kind.title, ""))[:80])
    others = f" et {quantity - 1} autre(s)" if quantity > 1 else ""
    return (
        f"La fiche {name}{others} a changé depuis que vous l’avez ouverte : rien n’a été écrit. "
        "Rouvrez-la, puis refaites votre modification."
    )


def summary(changes: Changes, written_at: str) -> str:
    """Tell the history which records a snapshot holds, without opening it."""
    contents: dict[str, Any] = {"written_at": written_at} if written_at else {}
    for name, kind in KINDS.items():
        put = [record[kind.id] for record in changes.put.get(name, ())]
        drop = changes.drop.get(name, [])
        if put or drop:
            contents[name] = {"put": len(put), "drop": len(drop), "ids": [*put, *drop][:_LISTED]}
    return json.dumps(contents)


def until_done(act: Callable[[], Any], place: StoreLocation) -> Any:
    """Do something again while another writer is in the way, a bounded number of times.

    Raises
    ------
    BusyStoreError
        It was in the way every time.
    ReadOnlyStoreError
        The disk is full or the folder closed.
    MissingDataError
        PostgreSQL does not answer.
    """
    for attempt in range(_TRIES):
        try:
            return act()
        except database.Fault as fault:
            doubtful = database.is_undecodable(fault) and attempt < _DOUBTS
            if not (doubtful or database.is_passing(fault)):
                raise place.refused(fault) from (None if place.is_far else fault)
            time.sleep(random.uniform(0.2, 1.0) * min(_LONGEST_WAIT_S, 0.02 * 1.3**attempt))  # noqa: S311
    raise BusyStoreError(
        "La base est occupée par d’autres écritures. Rien n’a été écrit : recommencez "
        "dans un instant."
    )
