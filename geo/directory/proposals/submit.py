"""From a change that may not be written at once to proposals, one for each record."""

from collections.abc import Iterator
from datetime import UTC, datetime
from secrets import token_hex
from typing import Final

from geo.directory.proposals.payload import PENDING, TO_VALIDATE, serialize
from geo.directory.schema import KINDS, PROPOSAL, RecordKind
from geo.directory.store.changes import Changes, Record
from geo.directory.store.store import Store
from geo.errors import BadRecordError, ConflictError, ReadOnlyStoreError
from geo.french import number, quoted

PROPOSABLE: Final = (
    *("actor", "contact", "perimeter", "ecosystem", "alliance", "project", "action"),
    *("resource", "assessment"),
)
"""Kinds that a contributor may propose to change; what others are made of comes first."""
_LEFT_OUT: Final = ("mapping",)
MOST: Final = 500
_LONGEST: Final = 300
_UNPROPOSED: Final = ("revision",)


def now() -> str:
    """Return the time as records keep it: UTC, ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def propose(
    changes: Changes, author: str, message: str, store: Store, *, author_key: str = ""
) -> Changes:
    """Turn changes into proposals: one for each record put or dropped; what changes nothing, none.

    The column mappings that an import remembers are left out. ``author_key``: see ``Person.key``.

    Raises
    ------
    ReadOnlyStoreError
        A kind that nobody may propose: decisions on duplicates, proposals themselves.
    ConflictError
        A record was changed since it was read.
    BadRecordError
        Nothing would change, or too many records at once.
    """
    _refuse_others(changes)
    proposals = [
        _proposal(kind, record_id, serialize(*states, author_key), states[1])
        | {"author": author, "message": message[:_LONGEST]}
        for kind, record_id, states in _record_changes(changes, store)
    ]
    if not proposals:
        raise BadRecordError("Rien à proposer : ces valeurs sont déjà celles de la fiche.")
    if len(proposals) > MOST:
        raise BadRecordError(
            f"{number(len(proposals))} fiches d’un coup, {MOST} au plus par proposition : "
            "demandez à la coordination de les importer."
        )
    return Changes.one(PROPOSAL.name, *proposals)


def _refuse_others(changes: Changes) -> None:
    kinds = [
        kind for part in (changes.put, changes.drop) for kind, records in part.items() if records
    ]
    if any(kind not in (*PROPOSABLE, *_LEFT_OUT) for kind in kinds):
        raise ReadOnlyStoreError("Cette modification demande le rôle de coordination.")


def _record_changes(
    changes: Changes, store: Store
) -> Iterator[tuple[RecordKind, str, tuple[Record | None, Record | None]]]:
    """Give, for each record: kind, id, as proposed, as it is."""
    for name in PROPOSABLE:
        kind = KINDS[name]
        put = {str(record[kind.id]): record for record in changes.put.get(name, ())}
        for record_id, record in put.items():
            base = _existing(store, kind, record_id)
            proposed = {**kind.blank(), **record}
            _same_revision(kind, proposed, base)
            if base is None or _differ(proposed, base):
                yield kind, record_id, (proposed, base)
        for record_id in changes.drop.get(name, ()):
            yield kind, record_id, (None, store.record(name, record_id))


def _existing(store: Store, kind: RecordKind, record_id: str) -> Record | None:
    known = record_id in store.read(kind.name).index
    return store.record(kind.name, record_id) if known else None


def _differ(left: Record, right: Record) -> bool:
    return any(left[name] != right[name] for name in left if name not in _UNPROPOSED)


def _same_revision(kind: RecordKind, record: Record, base: Record | None) -> None:
    if int(record["revision"] or 0) != (base["revision"] if base else 0):
        raise ConflictError(
            f"La fiche {quoted(str(record[kind.title])[:80])} a changé depuis que vous l’avez "
            "ouverte : rien n’a été proposé. Rouvrez-la, puis refaites votre modification."
        )


def _proposal(kind: RecordKind, record_id: str, payload: str, base: Record | None) -> Record:
    return PROPOSAL.blank() | {
        "proposal_id": f"proposition-{token_hex(8)}",
        "record_kind": kind.name,
        "record_id": record_id,
        "base_revision": base["revision"] if base else 0,
        "payload": payload,
        "proposed_at": now(),
        "decision": PENDING,
        "status": TO_VALIDATE,
    }
