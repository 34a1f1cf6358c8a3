"""How the user of this machine comes in: an address that serves once, then a cookie.

Nothing that a request says of itself gives rights: only a secret that this process drew and showed
to whoever started it. Nothing is written anywhere, and only digests are kept: a new process knows
none of the old secrets.
"""

import time
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from threading import Lock
from typing import Final

PATH: Final = "/entrer"
PARAMETER: Final = "jeton"
HOURS: Final = 24
"""How long an address that nobody used may still serve: a terminal's lines outlive their reader."""
_HOUR_S: Final = 3_600


class Entrance:
    """The one token that may still serve, and the cookies given for those that did."""

    def __init__(self) -> None:
        self._token: bytes | None = None
        self._until = 0.0
        self._cookies: list[bytes] = []
        self._lock = Lock()

    @property
    def is_open(self) -> bool:
        """Return whether this process ever invited its user."""
        return self._token is not None or bool(self._cookies)

    def invite(self) -> str:
        """Draw the token of the next ``HOURS``; one drawn before and not used no longer counts."""
        token = token_urlsafe(32)
        with self._lock:
            self._token, self._until = _digest(token), time.time() + HOURS * _HOUR_S
        return token

    def enter(self, token: str) -> str | None:
        """Change the token for the secret of a cookie, once; None when it is not the one."""
        with self._lock:
            if not self._is_the_one(token) or time.time() > self._until:
                return None
            self._token = None
            secret = token_urlsafe(32)
            self._cookies.append(_digest(secret))
        return secret

    def has_expired(self, token: str) -> bool:
        """Return whether a token is the one drawn last, unused for too long."""
        with self._lock:
            return self._is_the_one(token) and time.time() > self._until

    def _is_the_one(self, token: str) -> bool:
        return self._token is not None and compare_digest(self._token, _digest(token))

    def knows(self, secret: str) -> bool:
        """Return whether a cookie is one of this process."""
        digest = _digest(secret)
        return any(compare_digest(one, digest) for one in self._cookies)


ENTRANCE: Final = Entrance()
"""The entrance of this process."""


def cookie_name(port: int) -> str:
    """Name the cookie: a browser sends it to every port of a host, each server reads its own."""
    return f"catalyse_{port}"


def address(server: str, token: str) -> str:
    """Return the address that serves once."""
    return f"{server}{PATH}?{PARAMETER}={token}"


def _digest(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "replace")).digest()
