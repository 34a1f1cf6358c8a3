"""Who asked is forgotten, on demand by the link they were given, or once the delay is over."""

import hmac
import logging
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from secrets import token_hex
from typing import Final

import pandas as pd

from geo.directory.requests.states import last_day_kept, state_on, today
from geo.directory.schema import REQUEST
from geo.directory.store.changes import Changes, Record
from geo.directory.store.keys import check_keys, keyring
from geo.directory.store.rows import plain_rows
from geo.directory.store.store import Store
from geo.errors import ConflictError, UnknownCodeError

AUTHOR: Final = "Catalyse"
VISITOR: Final = "visiteur"
_PURPOSE: Final = b"catalyse: erase the request "
_STATISTICS: Final = ("outcome", "practice", "step", "odd", "maturity", "departement_code")
_WIDE: Final = ("departement", "region")
_UNKNOWN_LINK: Final = (
    "Ce lien n’efface aucune demande : elle est déjà effacée, ou le lien est incomplet. "
    "Recopiez-le en entier."
)


def link_text(store: Store, request_id: str) -> str:
    """Return what the link of erasure holds: the id, signed by the request's own key.

    No other secret is needed: with the key gone, the link is dead.

    Raises
    ------
    UnknownCodeError
        The request was forgotten.
    """
    key = keyring(store).existing([request_id]).get(request_id)
    if key is None:
        raise UnknownCodeError(_UNKNOWN_LINK)
    return f"{request_id}.{_signature(key, request_id)}"


def _signature(key: bytes, request_id: str) -> str:
    digest = hmac.new(key, _PURPOSE + request_id.encode("utf-8", "replace"), sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def request_of(store: Store, text: str) -> str:
    """Return the request that a link of erasure names.

    Raises
    ------
    UnknownCodeError
        It was not signed so, or the request is gone.
    """
    request_id, _, signature = text.rpartition(".")
    key = keyring(store).existing([request_id]).get(request_id) if request_id else None
    exists = request_id in store.read(REQUEST.name).index
    is_valid = key is not None and hmac.compare_digest(
        _signature(key, request_id).encode(), signature.encode("utf-8", "replace")
    )
    if not (exists and is_valid):
        raise UnknownCodeError(_UNKNOWN_LINK)
    return request_id


def erase_by_link(store: Store, text: str) -> None:
    """Forget a request for good, as the link of its confirmation asks.

    Raises
    ------
    UnknownCodeError
        The link is not one of a request still there.
    ReadOnlyStoreError
        The store cannot be written.
    """
    erase_request(store, request_of(store, text), author=VISITOR)


def erase_request(store: Store, request_id: str, *, author: str) -> None:
    """Forget a request for good: its key first, then the record.

    Raises
    ------
    UnknownCodeError
        There is no such request.
    UnreadableStoreError
        The keys are lost.
    """
    check_keys(store)
    store.record(REQUEST.name, request_id)
    keyring(store).destroy(request_id)
    deletion = Changes.removal(REQUEST.name, request_id)
    store.write(deletion, author=author, message="Effacement d’une demande de mise en lien")


def expire(store: Store, day: date | None = None) -> int:
    """Forget who made the requests older than the set delay; give how many.

    What figures count stays, under another id: month, département, practice, state.

    Raises
    ------
    UnreadableStoreError, ReadOnlyStoreError, BusyStoreError
        The keys are lost, or the store cannot be written.
    """
    last = last_day_kept(day or today()).isoformat()
    requests = store.read(REQUEST.name)
    pairs = zip(requests["sealed"], requests["created_at"], strict=True)
    due = [bool(seal) and text[:10] <= last for seal, text in pairs]
    expired = requests[pd.Series(due, requests.index, dtype=bool)]
    if expired.empty or store.read_only:
        return 0
    check_keys(store)
    for request_id in expired.index:
        keyring(store).destroy(str(request_id))
    records = plain_rows(expired)
    changes = Changes.removal_as_read(REQUEST.name, *records)
    changes += Changes.one(REQUEST.name, *_anonymous(records, day or today()))
    try:
        store.write(changes, author=AUTHOR, message="Demandes anciennes : personnes oubliées")
    except ConflictError:  # another process just did it: they would be counted twice
        return 0
    return len(expired)


def _anonymous(records: list[Record], day: date) -> Iterator[Record]:
    for record in records:
        counted_fields = {name: record[name] for name in _STATISTICS}
        is_wide = record["territory_kind"] in _WIDE
        kind, code = record["territory_kind"], record["territory_code"]
        yield (
            REQUEST.blank()
            | counted_fields
            | {
                "request_id": f"chiffre-{token_hex(8)}",
                "state": state_on(record, day),
                "territory_kind": kind if is_wide else "departement",
                "territory_code": code if is_wide else record["departement_code"],
                "created_at": record["created_at"][:7],
            }
        )


def expire_quietly(store: Store) -> None:
    """Forget what is due, from a thread that nobody watches; only the kind of a fault is logged."""
    try:
        expire(store)
    except Exception as fault:  # noqa: BLE001 - tried again the next time
        logging.getLogger(__name__).warning("Old requests stay: %s", type(fault).__name__)
