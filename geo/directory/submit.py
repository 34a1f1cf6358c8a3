"""The one door for a change: who it comes from decides whether it is written or proposed.

A page, the terminal and a later write API share it.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from geo.directory.access import Person
from geo.directory.duplicates.references import LISTS, naming, title
from geo.directory.proposals import propose
from geo.directory.schema import ACTOR, COMMENT, KINDS
from geo.directory.store import lookup
from geo.directory.store.changes import Changes, Record
from geo.directory.store.store import Store
from geo.errors import ConflictError, ReadOnlyStoreError
from geo.french import quoted

PROPOSED = "Proposition envoyée, à valider"
_PEOPLE: Final = ("contact", "action")
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
    ConflictError
        See ``Store.write``; or it would leave a record that names an actor that is gone.
    """
    if not person.may_propose:
        raise ReadOnlyStoreError(CLOSED)
    if person.may_write or _is_said_among_members(changes):
        changes += _comments_on_what_goes(changes, store)
        still = partial(_check_names, changes, store)
        snapshot = store.write(changes, author=person.name, message=message, still=still)
        return Submitted(message, snapshot)
    if store.read_only:
        raise ReadOnlyStoreError(store.read_only)
    made = propose(changes, person.name, message, store, author_key=person.key)
    proposing = f"Proposition\u00a0: {message}"
    return Submitted(PROPOSED, store.write(made, author=person.name, message=proposing))


def _check_names(changes: Changes, store: Store) -> None:
    """Refuse, in the writer's turn, an actor that goes though another has just named it.

    And a record that names one that has just gone. What was already so before stays.
    """
    gone = {*changes.drop.get(ACTOR.name, ())}
    put = {kind: {row[KINDS[kind].id]: row for row in rows} for kind, rows in changes.put.items()}
    book = {kind: store.read(kind) for kind in (*LISTS, *_PEOPLE)} if gone else {}
    for kind, row in (found for one in gone for found in naming(one, book)):
        record_id = row[KINDS[kind].id]
        if record_id not in put.get(kind, ()) and record_id not in changes.drop.get(kind, ()):
            raise _conflict(kind, row)
    for kind, field in LISTS.items():
        lists = {one: row.get(field) or () for one, row in put.get(kind, {}).items()}
        if not any(lists.values()):
            continue
        before = lookup.named(store.read(kind)[field], lists)
        new = {one: {*ids}.difference(before.get(one, ())) for one, ids in lists.items()}
        there = lookup.known(store.read(ACTOR.name), set().union(*new.values()))
        there = there.union(put.get(ACTOR.name, ())) - gone
        for one in [one for one, ids in new.items() if not ids <= there]:
            raise _conflict(kind, put[kind][one])


def _conflict(kind: str, row: Record) -> ConflictError:
    name = quoted(title(kind, row)[:80])
    return ConflictError(
        f"{name} nomme une fiche qui vient d’être retirée ou fusionnée, ou que ceci retire : rien "
        "n’a été écrit. Rechargez la page, puis recommencez."
    )


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
