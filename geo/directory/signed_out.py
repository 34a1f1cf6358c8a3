"""Sign-ins that their person ended: another tab of theirs, or a copy of the cookie, has no rights.

Streamlit reads who signed in once, as a session opens, and its cookie stays good for thirty days
wherever it was copied: to sign out only takes it from one browser. Digests are kept, for as long as
a sign-in may last, by all the processes of a store together.
"""

import json
import time
from functools import lru_cache
from hashlib import sha256
from typing import Final

from geo.directory.access import Claims
from geo.directory.store.shared_counts import Passage, SharedCounts, shared_counts
from geo.settings import settings

_QUOTA: Final = "sortie"
_HOUR_S: Final = 3_600
_OF_ONE: Final = ("provider", "iss", "sub", "iat", "nonce", "sid", "jti", "at_hash")
"""What tells one sign-in of a person from their others."""


class SignedOut:
    """Those of the processes that share counts; where these cannot be used, of this one."""

    def __init__(self, shared: SharedCounts) -> None:
        self._shared = shared
        self._own: set[bytes] = set()

    def add(self, claims: Claims) -> None:
        """Note that a person leaves."""
        who, span_s = _digest(claims), settings().sign_in_hours * _HOUR_S
        self._own.add(who)
        self._shared.pass_all([Passage(_QUOTA, who, 1, span_s)], time.time())

    def __contains__(self, claims: Claims) -> bool:
        """Return whether whoever these claims name has left."""
        who = _digest(claims)
        return who in self._own or self._shared.has_passed(_QUOTA, who)


def signed_out() -> SignedOut:
    """Return those of the store of the settings."""
    return _of(shared_counts(settings().store))


@lru_cache(maxsize=4)
def _of(shared: SharedCounts) -> SignedOut:
    return SignedOut(shared)


def _digest(claims: Claims) -> bytes:
    pairs = [[name, str(claims[name])] for name in _OF_ONE if name in claims]
    return sha256(json.dumps(pairs).encode()).digest()
