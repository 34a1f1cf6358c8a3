"""A request passed on by the coordination: to a catalyst chosen, or to another that may answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo.directory.requests import letters
from geo.directory.requests.contact_request import ADDRESS
from geo.directory.requests.mail import Letter, send
from geo.directory.requests.states import CLOSED, PASSED_ON, RECEIVED, decrypt_request, now
from geo.directory.schema import REQUEST
from geo.directory.store.changes import Changes, Record
from geo.directory.store.encryption import encrypt
from geo.directory.store.store import Store
from geo.errors import BadRecordError, MailError
from geo.french import NBSP

_RECIPIENTS: Final = "recipients"


@dataclass(frozen=True)
class Passing:
    """The mail that passes a request on, and what notes in the store that it left."""

    letter: Letter
    changes: Changes


def typed_addresses(person: Mapping[str, str]) -> dict[str, str]:
    """Return where the coordination wrote to each catalyst, by its id: an address that it typed."""
    lines = (line.partition(" ") for line in person[_RECIPIENTS].splitlines())
    return {actor_id: address for actor_id, _, address in lines if address}


def pass_on(store: Store, request_id: str, actor_id: str, address: str = "") -> Passing:
    """Return what passes a request on to one catalyst, its address sealed with the request.

    Parameters
    ----------
    address
        Where it is written to; "" when the coordination speaks to it by another way.

    Raises
    ------
    UnknownCodeError
        There is no such request, or no such organisation.
    BadRecordError
        The request is closed, the address is none, or the organisation is made up.
    """
    record, person = decrypt_request(store, request_id)
    _check(store, record["state"], actor_id, address)
    known = typed_addresses(person) | ({actor_id: address} if address else {})
    lines = "\n".join(f"{one} {where}" for one, where in known.items())
    moves = record["state"] in {RECEIVED, PASSED_ON}
    updates: Record = {"state": PASSED_ON, "passed_on_at": now()} if moves else {}
    for name in ("chosen_ids", "written_ids"):
        updates[name] = [*dict.fromkeys([*record[name], actor_id])]
    sealed = encrypt(store, record | updates, person | {_RECIPIENTS: lines}, REQUEST)
    return Passing(letters.to_catalyst(address, record, person), Changes.one(REQUEST.name, sealed))


def _check(store: Store, state: str, actor_id: str, address: str) -> None:
    if state == CLOSED:
        raise BadRecordError("Cette demande est close\u00a0: rouvrez-la, puis transmettez-la.")
    if store.record("actor", actor_id)["fictive"]:
        raise BadRecordError("Cette organisation est fictive\u00a0: personne n’y répondrait.")
    if address and not ADDRESS.fullmatch(address):
        raise BadRecordError("Le courriel du destinataire n’a pas la forme nom@domaine.fr.")


def send_on(store: Store, request_id: str, actor_id: str, address: str) -> Changes:
    """Send a request to one catalyst by the server; return what notes it.

    Raises
    ------
    UnknownCodeError, BadRecordError
        See ``pass_on``; or no address is given.
    MailError
        The server does not answer, or refuses the address: nothing left.
    """
    if not address:
        raise BadRecordError("Écrivez le courriel du destinataire.")
    passing = pass_on(store, request_id, actor_id, address)
    if not all(send([passing.letter])):
        raise MailError(f"Le serveur de courriel refuse cette adresse{NBSP}: rien n’est parti.")
    return passing.changes
