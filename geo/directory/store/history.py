"""What was changed, by whom, when and why; and how to go back, which is a change too."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from geo import database
from geo.directory.schema import KINDS, MERGE, PROPOSAL, REQUEST, SEALED, Field, RecordKind
from geo.directory.store import rows
from geo.directory.store.changes import Changes, Record
from geo.directory.store.keys import check_keys, keyring
from geo.directory.store.lookup import among
from geo.directory.store.store import Store
from geo.errors import UnknownCodeError
from geo.vocabulary import vocabularies

_NOT_SAID: Final = ("revision",)
# Whole records or seals: what they hold may be withheld, so that their own pages show it.
_OPAQUE: Final = {
    "sealed": "données personnelles scellées",
    "payload": "valeurs proposées, à lire page Modération",
    "before": "fiches d’avant la fusion",
}
# Decisions are facts about the past, and so are requests: going back does not make them unmade.
_KEPT: Final = (PROPOSAL.name, MERGE.name, REQUEST.name)
_LATEST: Final = 1 << 62
_ALL: Final = 1 << 31


@dataclass(frozen=True)
class HistoryEntry:
    """One snapshot: number, time (UTC, ISO 8601), author, message, records changed by kind."""

    snapshot: int
    written_at: str
    author: str
    message: str
    touched: dict[str, dict[str, Any]]

    @property
    def kinds(self) -> list[RecordKind]:
        """List the kinds of record it changed."""
        return [kind for name, kind in KINDS.items() if name in self.touched]


@dataclass(frozen=True)
class Difference:
    """One field of one record, before and after, as a person reads them."""

    kind: RecordKind
    record_id: str
    title: str
    field: Field
    before: str
    after: str


def entries(store: Store, limit: int = 50, before: int = _LATEST) -> list[HistoryEntry]:
    """List the latest snapshots, the last first.

    Parameters
    ----------
    before
        Only snapshots older than this one.
    """
    parameters = {"limit": limit, "before": before}
    found = store.fetch(database.sql("store/snapshots"), parameters).to_pylist()
    extras = [json.loads(row["extra"]) for row in found]
    return [
        HistoryEntry(
            row["snapshot_id"],
            extra.pop("written_at", row["written_at"]),
            row["author"],
            row["message"],
            extra,
        )
        for row, extra in zip(found, extras, strict=True)
    ]


def entry(store: Store, snapshot: int) -> HistoryEntry:
    """Return one snapshot.

    Raises
    ------
    UnknownCodeError
        There is none of that number.
    """
    found = entries(store, 1, snapshot + 1)
    if not found or found[0].snapshot != snapshot:
        raise UnknownCodeError(f"L’enregistrement n° {snapshot} n’existe pas dans l’historique.")
    return found[0]


def differences(store: Store, snapshot: int) -> list[Difference]:
    """Say field by field what one snapshot changed.

    Raises
    ------
    UnknownCodeError
        There is none of that number.
    """
    return [
        difference
        for kind in entry(store, snapshot).kinds
        for before, after in changed_records(store, kind, snapshot)
        for difference in compared(kind, before, after)
    ]


def record_history(
    store: Store, kind: str, record_id: str
) -> list[tuple[HistoryEntry, list[Difference]]]:
    """Say everything that happened to one record, the last first."""
    known = KINDS[kind]
    found = _changes(store, known, 0, store.snapshot())
    found = found[found[known.id] == record_id]
    by_snapshot = {one.snapshot: one for one in entries(store, _ALL)}
    events = []
    for snapshot, part in found.groupby("snapshot_id", sort=True):
        ((before, after),) = pairs(part, known)
        events.append((by_snapshot[int(str(snapshot))], compared(known, before, after)))
    return events[::-1]


def compared(kind: RecordKind, before: Record | None, after: Record | None) -> list[Difference]:
    """Compare two states of a record, field by field; ``None`` is a record that is not there."""
    one, two = before or kind.blank(), after or kind.blank()
    named = after or before or {}
    return [
        Difference(
            kind,
            str(named[kind.id]),
            str(named[kind.title]),
            field,
            field_text(field, one[field.name]),
            field_text(field, two[field.name]),
        )
        for field in kind.fields
        if field.name not in _NOT_SAID and one[field.name] != two[field.name]
    ]


def field_text(field: Field, value: Any) -> str:
    """Write a value as a person reads it: labels for codes, « oui » or « non », commas."""
    if field.name in _OPAQUE:
        return _OPAQUE[field.name] if value else ""
    if isinstance(value, list):
        return ", ".join(_labelled(field, str(one)) for one in value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if value is None:
        return ""
    return _labelled(field, str(value))


def _labelled(field: Field, value: str) -> str:
    known = vocabularies()[field.vocabulary].items if field.vocabulary else ()
    return next((item.label for item in known if item.id == value), value)


def changes(store: Store, kind: RecordKind, first: int, last: int) -> pa.Table:
    """List what happened to a kind between two snapshots: see ``geo/sql/store/changes.sql``."""
    text = database.sql("store/changes").format(table=kind.table, first=int(first), last=int(last))
    return store.fetch(text)


def _changes(store: Store, kind: RecordKind, first: int, last: int) -> pd.DataFrame:
    return rows.frame(kind, changes(store, kind, first, last)).reset_index(drop=True)


def changed_records(
    store: Store, kind: RecordKind, snapshot: int
) -> list[tuple[Record | None, Record | None]]:
    """Return each record of a kind that one snapshot wrote, before and after it."""
    return pairs(_changes(store, kind, snapshot, snapshot), kind)


def pairs(found: pd.DataFrame, kind: RecordKind) -> list[tuple[Record | None, Record | None]]:
    """Put each record's state before beside its state after."""
    states: dict[str, dict[str, Record]] = {}
    for record in rows.plain_rows(found):
        change = record.pop("change_type")
        record.pop("snapshot_id")
        states.setdefault(str(record[kind.id]), {})[change] = record
    return [(state.get("delete"), state.get("insert")) for state in states.values()]


# --- going back ---------------------------------------------------------------------------


def record_restored(store: Store, kind: str, record_id: str, snapshot: int) -> Changes:
    """Return the changes that put one record back as it was at a snapshot, or take it away.

    Raises
    ------
    UnknownCodeError
        There is no such snapshot.
    """
    entry(store, snapshot)
    past, now = _past(store, kind, snapshot), store.read(kind)
    past, now = past[past.index == record_id], now[now.index == record_id]
    return back(kind, past, now, as_they_left(store, kind, past, now, snapshot))


def everything_restored(store: Store, snapshot: int) -> Changes:
    """Return the changes that put the whole base back as it was at a snapshot.

    Proposals and decisions on duplicates stay: they say what was decided since. Requests stay:
    whoever made one waits for an answer.

    Raises
    ------
    UnknownCodeError
        There is no such snapshot.
    """
    entry(store, snapshot)
    changed_records, touched = Changes(), store.touched(snapshot)
    for kind in KINDS:
        if kind in touched and kind not in _KEPT:
            past, now = _past(store, kind, snapshot), store.read(kind)
            left = as_they_left(store, kind, past, now, snapshot)
            changed_records += back(kind, past, now, left)
    return changed_records


def _past(store: Store, kind: str, snapshot: int) -> pd.DataFrame:
    """Read a past state; who was forgotten since stays forgotten."""
    past = store.read(kind, snapshot)
    return remembered(store, past) if KINDS[kind] in SEALED else past


def remembered(store: Store, past: pd.DataFrame) -> pd.DataFrame:
    """Leave out of past records those of people erased since."""
    check_keys(store)
    keys = keyring(store)
    names = [*map(str, past.index)]
    existing, destroyed = keys.existing(names), keys.destroyed(names)
    mask = [
        name in existing or (seal == "" and name not in destroyed)
        for name, seal in zip(names, past["sealed"], strict=True)
    ]
    return past.loc[mask]


def as_they_left(
    store: Store, kind: str, past: pd.DataFrame, now: pd.DataFrame, since: int = 0
) -> dict[str, Record]:
    """Return, by id, the last state of the records of a past one that are there no more.

    ``since``: a snapshot at which they were all there, to look no further back.
    """
    missing = [*map(str, past.index[~among(past, now.index)])]
    if not missing or not {"withheld", "published"} & {*past}:
        return {}
    known, period = KINDS[kind], {"first": since + 1, "last": store.snapshot()}
    text = database.sql("store/last_states").format(table=known.table, id=known.id, **period)
    found = rows.frame(known, store.fetch(text, {"ids": missing}))
    return {str(row[known.id]): row for row in rows.plain_rows(found)}


def back(
    kind: str, past: pd.DataFrame, now: pd.DataFrame, left: Mapping[str, Record] | None = None
) -> Changes:
    """Return the changes that lead records of a kind from what they are now to what they were.

    What somebody has refused to publish since stays refused: that is no mistake to go back on.

    Parameters
    ----------
    left
        The last state of those that are there no more: what it refused to publish stays so too.
    """
    current = {str(row[KINDS[kind].id]): row for row in rows.plain_rows(now)}
    put = []
    for row in rows.plain_rows(past):
        record_id = str(row[KINDS[kind].id])
        existing = current.pop(record_id, None)
        wanted = row | {"revision": existing["revision"] if existing else 0}
        last = existing or (left or {}).get(record_id)
        wanted |= _refusals(row, last) if last else {}
        if existing != wanted:
            put.append(wanted)
    gone = Changes.removal_as_read(kind, *current.values()) if current else Changes()
    return gone + (Changes.one(kind, *put) if put else Changes())


def _refusals(row: Record, existing: Record) -> Record:
    """Return what a record that goes back keeps of today: what an owner, or a person, refuses."""
    if "withheld" in row:
        return {"withheld": list(dict.fromkeys([*row["withheld"], *existing["withheld"]]))}
    if row.keys() >= {"published", "consent_basis"}:
        consented = [name for name in row["published"] if name in existing["published"]]
        proof = row if consented else existing
        return {"published": consented, "consent_basis": proof["consent_basis"]}
    return {}
