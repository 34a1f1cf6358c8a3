"""How many requests an address may make in a minute.

A bucket each, refilled with time: twenty lines that need no store. The client is who the server
says it is; ``X-Forwarded-For`` counts only where the server was told to trust the proxy.
"""

from collections import OrderedDict
from threading import Lock
from time import monotonic
from typing import Final

from starlette.requests import HTTPConnection, Request

from geo.api.problem import RefusedError
from geo.directory.requests.visits import network_of
from geo.settings import settings

REMEMBERED: Final = 20_000
_MINUTE: Final = 60.0


class RateLimit:
    """What each client has left, for so many clients at most: those seen last."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self.remembered = remembered
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Count the clients remembered."""
        return len(self._left)

    def wait_s(self, client: str, a_minute: int, now: float) -> float:
        """Take one request of a client: 0 when it may go on, else the seconds to wait."""
        with self._lock:
            left, since = self._left.pop(client, (float(a_minute), now))
            left = min(float(a_minute), left + (now - since) * a_minute / _MINUTE)
            allowed = left >= 1
            self._left[client] = (left - 1 if allowed else left), now
            if len(self._left) > self.remembered:
                self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) * _MINUTE / a_minute


_pace: Final = RateLimit()


def check_rate(request: Request) -> None:
    """Refuse a client that asks too much.

    Raises
    ------
    RefusedError
        429, with the seconds to wait.
    """
    a_minute = settings().api_rate
    wait = _pace.wait_s(client_of(request), a_minute, monotonic())
    if wait:
        fault = RefusedError(
            f"Plus de {a_minute} demandes par minute depuis votre adresse. Attendez un peu.",
            status=429,
        )
        fault.headers["Retry-After"] = str(int(wait) + 1)
        raise fault


def client_of(request: HTTPConnection) -> str:
    """Name a client by its address, or by its network."""
    return network_of(request.client.host if request.client else "")
