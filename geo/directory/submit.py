"""The one door for a change: who it comes from decides whether it is written or proposed.

A page, the terminal and a later write API share it.
"""

from dataclasses import dataclass

from geo.directory.access import Person
from geo.directory.proposals import propose
from geo.directory.schema import COMMENT
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.errors import ReadOnlyStoreError

PROPOSED = "Proposition envoyée, à valider"
CLOSED = "Cette base ne reçoit pas vos changements\u00a0: identifiez-vous."


@dataclass(frozen=True)
class Submitted:
    """What became of changes, in French, and the number of the snapshot that holds it."""

    sentence: str
    snapshot: int


def submit(changes: Changes, message: str, person: Person, store: Store) -> Submitted:
    """Write changes as one snapshot, or propose them where this person may only propose.

    New comments between members are written whoever of them they come from; those on a record
    that goes, by whatever way, go with it and come back if that is undone.

    Raises
    ------
    ReadOnlyStoreError
        This person may do neither, or nobody may write to this store.
    """
    if not person.may_propose:
        raise ReadOnlyStoreError(CLOSED)
    if person.may_write or _is_said_among_members(changes):
        changes += _comments_on_what_goes(changes, store)
        return Submitted(message, store.write(changes, author=person.name, message=message))
    if store.read_only:
        raise ReadOnlyStoreError(store.read_only)
    made = propose(changes, person.name, message, store, author_key=person.key)
    proposing = f"Proposition\u00a0: {message}"
    return Submitted(PROPOSED, store.write(made, author=person.name, message=proposing))


def _comments_on_what_goes(changes: Changes, store: Store) -> Changes:
    """Drop the comments on the records that changes drop, unless they move to another record."""
    removals = {(kind, one) for kind, ids in changes.drop.items() for one in ids}
    if not removals:
        return Changes()
    table = store.read(COMMENT.name)
    settled = {row[COMMENT.id] for row in changes.put.get(COMMENT.name, ())}
    settled |= {*changes.drop.get(COMMENT.name, ())}
    about = zip(table["record_kind"], table["record_id"], strict=True)
    pairs = zip(table.index, about, strict=True)
    left = [str(one) for one, record in pairs if record in removals and one not in settled]
    return Changes.removal(COMMENT.name, *left) if left else Changes()


def _is_said_among_members(changes: Changes) -> bool:
    """Return whether only comments are said: none changed, none dropped, each its author's own."""
    touched = {
        kind for part in (changes.put, changes.drop) for kind, records in part.items() if records
    }
    comments = changes.put.get(COMMENT.name, ())
    return (
        touched == {COMMENT.name}
        and not any(changes.drop.values())
        and not any(one.get("revision") for one in comments)
    )
