"""A link by which an organisation completes its own record: signed, for one record, for 60 days.

The key that signs lies beside those of the contacts and travels in no backup: a link made for a
base does not open another one.
"""

import hashlib
import hmac
import re
import time
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
    return f"{until}-{_signature(keyring(store).key(OWNERS), actor_id, until)}"


def check(store: Store, actor_id: str, link: str, at: float | None = None) -> None:
    """Refuse a link that was not made here, or for this record, or that is too old.

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
    if not hmac.compare_digest(signature, _signature(key, actor_id, until)):
        raise BadLinkError(FORGED)
    if (time.time() if at is None else at) > until:
        raise BadLinkError(EXPIRED)


def _signature(key: bytes, actor_id: str, until: int) -> str:
    message = f"{until} {actor_id}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()
