"""What a coordinator decides on a proposal: each decision is one write, with what it changes."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from geo.directory.ecosystems import (
    Book,
    checked_action,
    checked_alliance,
    checked_assessment,
    checked_ecosystem,
    checked_perimeter,
    checked_project,
    plain_rows,
    remove_actor,
    remove_alliance,
    remove_ecosystem,
    remove_project,
)
from geo.directory.ecosystems.rules import accepted, faults_of, strangers
from geo.directory.proposals.diff import Side, current, merged
from geo.directory.proposals.payload import ARCHIVED, PENDING, Payload, read_payload
from geo.directory.proposals.submit import now
from geo.directory.reading import whole_book
from geo.directory.resources import checked_resource
from geo.directory.schema import CONTACT, KINDS, PROPOSAL
from geo.directory.store.changes import Changes, Record
from geo.directory.store.store import Store
from geo.errors import BadRecordError, ConflictError
from geo.french import count, quoted

_LONGEST: Final = 2_000


def accept(
    proposal: Record, store: Store, *, by: str, choices: Mapping[str, Side] | None = None
) -> Changes:
    """Accept a proposal: what it changes, merged with what was changed since, and the decision.

    Deleting a record also takes it out of those that name it. ``choices`` settles, by unit of
    ``conflicts``, what both sides changed differently.

    Raises
    ------
    ConflictError
        The record is gone, or something is left to choose.
    BadRecordError
        Already decided, or the record would break a rule of its kind: something that it names
        does not exist any more, for one.
    """
    _undecided(proposal)
    payload = read_payload(proposal)
    book = whole_book(store)
    existing = current(store, payload)
    if payload.proposed is None:
        if existing and existing["revision"] != proposal["base_revision"]:
            raise ConflictError(
                "La fiche a changé depuis que sa suppression a été proposée : refusez, ou "
                "supprimez-la vous-même après l’avoir relue."
            )
        changes = _removed(payload, book) if existing else Changes()
        if existing:
            changes += Changes.removal_as_read(payload.kind.name, existing)
    else:
        record = merged(payload, existing, choices or {})
        changes = Changes.one(payload.kind.name, _CHECKS[payload.kind.name](record, book))
    return changes + _decision(proposal, "accepted", by)


def refuse(proposal: Record, reason: str, *, by: str) -> Changes:
    """Refuse a proposal; its author reads why.

    Raises
    ------
    BadRecordError
        Already decided, or no reason is given.
    """
    _undecided(proposal)
    if not reason.strip():
        raise BadRecordError("Donnez le motif du refus : la personne qui a proposé le lira.")
    return _decision(proposal, "refused", by, reason)


def duplicate(proposal: Record, of_id: str, store: Store, *, by: str) -> Changes:
    """File a proposal as a duplicate of a record that is already there.

    Raises
    ------
    BadRecordError
        Already decided, or the record is the very one that the proposal is about.
    UnknownCodeError
        There is no such record.
    """
    _undecided(proposal)
    payload = read_payload(proposal)
    original = store.record(payload.kind.name, of_id)
    if of_id == payload.record_id:
        raise BadRecordError(
            "Une fiche n’est pas le doublon d’elle-même : choisissez-en une autre."
        )
    name = quoted(str(original[payload.kind.title] or of_id))
    return _decision(proposal, "duplicate", by, f"Doublon de {name} ({of_id})")


def _undecided(proposal: Record) -> None:
    if proposal["decision"] != PENDING:
        raise BadRecordError("Cette proposition est déjà décidée : rechargez la page.")


def _decision(proposal: Record, decision: str, by: str, reason: str = "") -> Changes:
    decided = proposal | {
        "decision": decision,
        "reason": reason.strip()[:_LONGEST],
        "decided_by": by,
        "decided_at": now(),
        "status": ARCHIVED,
    }
    return Changes.one(PROPOSAL.name, decided)


# --- records that may be written ----------------------------------------------------------


def _checked_contact(record: Record, book: Book) -> Record:
    faults = strangers("Acteur", [record["actor_id"]], book["actor"].index)
    return accepted(CONTACT, record, faults)


def _checked_actor(record: Record, _: Book) -> Record:
    return accepted(KINDS["actor"], record, faults_of(KINDS["actor"], record))


_CHECKS: Final[dict[str, Callable[[Record, Book], dict[str, Any]]]] = {
    "actor": _checked_actor,
    "contact": _checked_contact,
    "alliance": lambda record, book: checked_alliance(record, book["actor"].index),
    "project": checked_project,
    "action": checked_action,
    "ecosystem": checked_ecosystem,
    "perimeter": lambda record, _: checked_perimeter(record),
    "resource": lambda record, _: checked_resource(record),
    "assessment": checked_assessment,
}


# --- records that leave -------------------------------------------------------------------


def _removed(payload: Payload, book: Book) -> Changes:
    return _REMOVALS[payload.kind.name](payload.record_id, book)


def _without_contact(contact_id: str, book: Book) -> Changes:
    actions = book["action"]
    actions_of_contact = plain_rows(actions[actions["contact_id"] == contact_id])
    unassigned = Changes.one("action", *[row | {"contact_id": ""} for row in actions_of_contact])
    return unassigned + Changes.removal("contact", contact_id)


def _without_perimeter(perimeter_id: str, book: Book) -> Changes:
    ecosystems = book["ecosystem"][book["ecosystem"]["perimeter_id"] == perimeter_id]
    if len(ecosystems):
        raise BadRecordError(
            f"Ce périmètre est celui de {count(len(ecosystems), 'écosystème')} : donnez-leur "
            "d’abord un autre territoire."
        )
    return Changes.removal("perimeter", perimeter_id)


_REMOVALS: Final[dict[str, Callable[[str, Book], Changes]]] = {
    "actor": remove_actor,
    "contact": _without_contact,
    "alliance": remove_alliance,
    "project": remove_project,
    "action": lambda record_id, _: Changes.removal("action", record_id),
    "ecosystem": remove_ecosystem,
    "perimeter": _without_perimeter,
    "resource": lambda record_id, _: Changes.removal("resource", record_id),
    "assessment": lambda record_id, _: Changes.removal("assessment", record_id),
}
