"""One snapshot undone, and nothing that was written since."""

from collections.abc import Collection, Iterator
from typing import Final

import pandas as pd

from geo.directory.schema import (
    ACTOR,
    COMMENT,
    CONTACT,
    KINDS,
    MERGE,
    PERSONAL,
    PROPOSAL,
    REQUEST,
    SEALED,
    RecordKind,
)
from geo.directory.store import history
from geo.directory.store.changes import Changes, Record
from geo.directory.store.rows import plain_rows
from geo.directory.store.store import Store
from geo.errors import ConflictError
from geo.french import NBSP, count, quoted

Pair = tuple[Record | None, Record | None]
_DECISIONS: Final = {
    PROPOSAL.name: "Modération",
    MERGE.name: "Doublons",
    REQUEST.name: "Demandes",
}
_NAMED: Final = 5


def undoable(kinds: Collection[str]) -> bool:
    """Return whether a snapshot that wrote these kinds may be undone from here: see ``undone``."""
    return not {*kinds} & _DECISIONS.keys()


def undone(store: Store, snapshot: int) -> Changes:
    """Return the changes that undo one snapshot; records it did not touch stay as they are.

    A person forgotten since stays forgotten.

    Raises
    ------
    UnknownCodeError
        There is no such snapshot.
    ConflictError
        It is a decision, which its own page undoes; or a record it wrote was changed since, or
        is named by another: all of them are said, nothing is undone.
    """
    changes, since = Changes(), []
    for kind in _undoable(history.entry(store, snapshot)):
        written, now = history.changed_records(store, kind, snapshot), store.read(kind.name)
        since += [_title(kind, *pair) for pair in written if _state(now, kind, pair) != pair[1]]
        changes += _back(store, kind, written)
    since += _named_elsewhere(store, changes)
    if since:
        raise ConflictError(_refusal(since))
    return changes


def published_again(store: Store, snapshot: int) -> str:
    """Say what undoing a snapshot would publish that it withdrew; nothing where it withdrew none.

    Raises
    ------
    UnknownCodeError
        There is no such snapshot.
    """
    found = [
        f"{_title(kind, *pair) if kind is ACTOR else 'un contact'} ({', '.join(labels)})"
        for kind in history.entry(store, snapshot).kinds
        if kind in (ACTOR, CONTACT)
        for pair in history.changed_records(store, kind, snapshot)
        if (labels := _withdrawn(*pair))
    ]
    if not found:
        return ""
    return (
        f"Défaire cet enregistrement publie de nouveau ce qu’il retirait{NBSP}: {_first(found)}. "
        "Vérifiez d’abord que la personne ou l’organisation en est d’accord."
    )


def _withdrawn(before: Record | None, after: Record | None) -> list[str]:
    """Name the fields that a change withdrew; a contact that was deleted, all it published."""
    if not before or not (after or "published" in before):
        return []
    then, now = before, after or {"published": []}
    gone = {*now["withheld"]} - {*then["withheld"]} if "withheld" in then else set()
    gone |= {*then["published"]} - {*now["published"]} if "published" in then else set()
    return [one.label for one in (*ACTOR.fields, *PERSONAL) if one.name in gone]


def _undoable(one: history.HistoryEntry) -> list[RecordKind]:
    for kind in one.kinds:
        if kind.name in _DECISIONS:
            raise ConflictError(
                f"Cet enregistrement est une décision{NBSP}: défaites-la depuis la page "
                f"{_DECISIONS[kind.name]}."
            )
    return one.kinds


def _state(now: pd.DataFrame, kind: RecordKind, pair: Pair) -> Record | None:
    record_id = _id(kind, pair)
    return plain_rows(now.loc[[record_id]])[0] if record_id in now.index else None


def _back(store: Store, kind: RecordKind, written: list[Pair]) -> Changes:
    """Put records back as they were before, take away those that were not."""
    past = [
        before | {"revision": after["revision"] if after else 0}
        for before, after in written
        if before
    ]
    if kind in SEALED and past:
        rows = pd.DataFrame(past).set_index(kind.id, drop=False)
        past = plain_rows(history.remembered(store, rows))
    made = [after for before, after in written if after and not before]
    changes = Changes.removal_as_read(kind.name, *made) if made else Changes()
    return changes + (Changes.one(kind.name, *past) if past else Changes())


def _id(kind: RecordKind, pair: Pair) -> str:
    return str((pair[0] or pair[1] or {})[kind.id])


def _named_elsewhere(store: Store, changes: Changes) -> Iterator[str]:
    """Say which records would go though another one names them."""
    dropped_ids = {one for ids in changes.drop.values() for one in ids}
    if not dropped_ids:
        return
    for name, kind in KINDS.items():
        if name in _DECISIONS or kind == COMMENT:  # a comment goes with what it is about
            continue
        written = {row[kind.id]: row for row in changes.put.get(name, ())}
        for row in plain_rows(store.read(name)):
            record = written.get(row[kind.id], row)
            if row[kind.id] not in dropped_ids and dropped_ids & _names(kind, record):
                yield f"une fiche nommée par {_title(kind, None, record)}"


def _names(kind: RecordKind, record: Record) -> set[str]:
    """Return the ids of other records that one names."""
    found: set[str] = set()
    for field in kind.fields[1:]:
        if field.name.endswith(("_id", "_ids")):
            value = record[field.name]
            found |= {value} if isinstance(value, str) else set(value)
    return found


def _title(kind: RecordKind, before: Record | None, after: Record | None) -> str:
    record = after or before or {}
    return quoted(str(record[kind.title] or record[kind.id]))


def _refusal(since: list[str]) -> str:
    return (
        f"Cet enregistrement ne peut être défait seul{NBSP}: changé depuis, ou nommé ailleurs, "
        f"{_first(since)}. Revenez fiche par fiche depuis l’historique."
    )


def _first(names: list[str]) -> str:
    more = f" et {count(len(names) - _NAMED, 'autre')}" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
