"""The mails of a request: to the catalysts that can be written to, and to the secretariat."""

from collections.abc import Sequence
from typing import Final

from geo.directory.published import published
from geo.directory.requests import letters
from geo.directory.requests.contact_request import ADDRESS
from geo.directory.requests.erasure import AUTHOR
from geo.directory.requests.mail import Letter, mail_server, send
from geo.directory.requests.passing import typed_addresses
from geo.directory.requests.states import PASSED_ON, RECEIVED, decrypt_request, now
from geo.directory.schema import REQUEST
from geo.directory.store.changes import Changes, Record
from geo.directory.store.encryption import consented
from geo.directory.store.rows import plain
from geo.directory.store.store import Store
from geo.errors import AtlasError, ConflictError
from geo.settings import settings

BY_HAND, SENT, FAILED = "a_envoyer", "envoyee", "echec"
_TRIES: Final = 3


def addresses(store: Store, actor_ids: Sequence[str]) -> dict[str, str]:
    """Return where each of some catalysts may be written to; none of a fictitious one.

    Its own mail, published, else that of a contact who consented to its publication; one that no
    server would take, as an accent makes it, is none: it would stop the mails of the others.
    """
    actors = published(store, "actor")
    actual = actors[actors.index.isin(actor_ids) & ~actors["fictive"]]
    found = {
        str(actor_id): str(row["email"])
        for actor_id, row in actual.iterrows()
        if ADDRESS.fullmatch(row["email"])
    }
    people = consented(store)
    for _, row in people[people["actor_id"].isin(actual.index)].iterrows():
        if ADDRESS.fullmatch(row["contact_email"]):
            found.setdefault(str(row["actor_id"]), str(row["contact_email"]))
    return {actor_id: found[actor_id] for actor_id in actor_ids if actor_id in found}


def names_of(store: Store, actor_ids: Sequence[str]) -> dict[str, str]:
    """Name catalysts, each by its id where the store publishes none of it."""
    known = published(store, "actor")["actor_name"]
    return {actor_id: str(known.get(actor_id, actor_id)) for actor_id in actor_ids}


def deliver(store: Store, request_id: str) -> tuple[str, tuple[str, ...]]:
    """Send a request that nobody was sent yet; note in the store what became of it.

    Returns
    -------
    An item of the vocabulary « request_delivery », and the catalysts written to.
    """
    record, person = decrypt_request(store, request_id)
    recipients = {
        actor_id: address
        for actor_id, address in addresses(store, record["chosen_ids"]).items()
        if actor_id not in record["written_ids"]
    }
    state, written = _send_all(record, person, recipients, names_of(store, record["chosen_ids"]))
    if state != BY_HAND:
        _note(store, request_id, state, written)
    return state, written


def _send_all(
    record: Record, person: dict[str, str], recipients: dict[str, str], names: dict[str, str]
) -> tuple[str, tuple[str, ...]]:
    """Send to the catalysts, then tell the secretariat who was."""
    written: tuple[str, ...] = ()
    try:
        if mail_server() is None or not (recipients or settings().secretariat):
            return BY_HAND, ()
        mails = [letters.to_catalyst(address, record, person) for address in recipients.values()]
        accepted = send(mails) if mails else []
        written = tuple(actor_id for actor_id, ok in zip(recipients, accepted, strict=True) if ok)
        if settings().secretariat:
            written_names = [names[actor_id] for actor_id in written]
            accepted += send(
                [letters.to_secretariat(record, person, [*names.values()], written_names)]
            )
    except AtlasError:
        return FAILED, written
    return (SENT if all(accepted) else FAILED), written


def _note(store: Store, request_id: str, state: str, written: tuple[str, ...]) -> None:
    """Write what became of the mails; another write on the same record is waited for."""
    for attempt in range(_TRIES):
        record = store.record(REQUEST.name, request_id)
        updates = {"delivery": state, "written_ids": [*record["written_ids"], *written]}
        if written and record["state"] == RECEIVED:
            updates |= {"state": PASSED_ON, "passed_on_at": now()}
        message = "Demande envoyée par courriel" if state == SENT else "Envoi d’une demande échoué"
        try:
            store.write(
                Changes.one(REQUEST.name, plain(record | updates)), author=AUTHOR, message=message
            )
        except ConflictError:
            if attempt == _TRIES - 1:
                raise
        else:
            return


def reminded(store: Store, row: Record) -> dict[str, str]:
    """Return where a reminder of a request goes, by catalyst: see ``remind``."""
    found = addresses(store, row["written_ids"] or row["chosen_ids"])
    return found | typed_addresses(row)


def remind(store: Store, request_id: str) -> tuple[Changes, list[Letter]]:
    """Return the mails that remind the catalysts of a request, and what notes it once they left.

    Raises
    ------
    UnknownCodeError
        There is no such request.
    """
    record, person = decrypt_request(store, request_id)
    recipients = reminded(store, record | person)
    mails = [letters.reminder(address, record, person) for address in recipients.values()]
    return Changes.one(REQUEST.name, plain(record | {"reminded_at": now()})), mails
