"""A link by which an organisation completes its own record: signed, for one record, for 60 days.

The key that signs lies beside those of the contacts and travels in no backup: a link made for a
base does not open another one. So do the links of a record that were ended: each time leaves one
destroyed key there, and what was signed before it opens nothing.
"""

import hashlib
import hmac
import re
import time
from itertools import count
from typing import Final

from geo.directory.store.keys import OWNERS, check_keys, keyring
from geo.directory.store.store import Store
from geo.errors import BadLinkError

DAYS: Final = 60
FORGED: Final = (
    "Ce lien ne permet pas de compléter cette fiche\u00a0: demandez-en un à la coordination."
)
EXPIRED: Final = "Ce lien a expiré\u00a0: demandez-en un nouveau à la coordination."
_DAY_S: Final = 86_400
_LINK: Final = re.compile(r"(\d{1,12})-([0-9a-f]{64})")


def signed(store: Store, actor_id: str, at: float | None = None) -> str:
    """Return what opens one record until ``DAYS`` days from a moment (seconds since 1970).

    Raises
    ------
    UnreadableStoreError
        The keys of the store are lost: none is made in their place.
    """
    check_keys(store)
    until = int(time.time() if at is None else at) + DAYS * _DAY_S
    key = keyring(store).key(OWNERS)
    return f"{until}-{_signature(key, actor_id, until, _times_ended(store, actor_id))}"


def end_links(store: Store, actor_id: str) -> None:
    """End every link made so far for one record, in all the processes of the store.

    Raises
    ------
    UnreadableStoreError
        See ``signed``.
    """
    check_keys(store)
    keyring(store).destroy(_ending(actor_id, _times_ended(store, actor_id)))


def check(store: Store, actor_id: str, link: str, at: float | None = None) -> None:
    """Refuse a link that was not made here, or for this record, that was ended or is too old.

    Raises
    ------
    BadLinkError
        In one French sentence; whether the record exists is not said.
    """
    found = _LINK.fullmatch(link)
    key = keyring(store).existing([OWNERS]).get(OWNERS)
    if found is None or key is None:
        raise BadLinkError(FORGED)
    until, signature = int(found[1]), found[2]
    ended = _times_ended(store, actor_id)
    if not hmac.compare_digest(signature, _signature(key, actor_id, until, ended)):
        raise BadLinkError(FORGED)
    if (time.time() if at is None else at) > until:
        raise BadLinkError(EXPIRED)


def _times_ended(store: Store, actor_id: str) -> int:
    """Return how many times the links of a record were ended."""
    ring = keyring(store)
    return next(one for one in count() if not ring.destroyed([_ending(actor_id, one)]))


def _ending(actor_id: str, number: int) -> str:
    """Name what is destroyed when the links of a record are ended."""
    return f"{OWNERS} {number} {actor_id}"


def _signature(key: bytes, actor_id: str, until: int, ended: int) -> str:
    # No sign but a digit comes before the first space of a link never ended: none is another's.
    message = (f"{ended}/" if ended else "") + f"{until} {actor_id}"
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()
