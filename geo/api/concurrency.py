"""Work that takes seconds and memory: so many at once, the others wait a little or come back."""

from asyncio import sleep
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Final

from starlette.responses import Response

from geo.api.problem import RefusedError
from geo.settings import settings

_PATIENCE_S: Final = 5.0
_LOOK_S: Final = 0.02
_AGAIN_S: Final = 30


class Turns:
    """How many work at once; where it is said, how many of them for one client."""

    def __init__(self, at_once: int, by_client: Callable[[], int] | None = None) -> None:
        self.at_once = at_once
        self.by_client = by_client
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    def __len__(self) -> int:
        """Count the turns taken."""
        return self._taken.total()

    @asynccontextmanager
    async def turn(self, client: str = "") -> AsyncIterator[None]:
        """Wait for one's turn, then give it back, however the work ends.

        Waiting takes no thread: it would serve nobody else.

        Raises
        ------
        RefusedError
            The wait is too long: 429 when the client itself holds all that one may, else 503.
        """
        last = monotonic() + _PATIENCE_S
        while fault := self._refusal_or_take(client):
            if monotonic() > last:
                raise fault
            await sleep(_LOOK_S)
        try:
            yield
        finally:
            self._give_back(client)

    def _refusal_or_take(self, client: str) -> RefusedError | None:
        with self._lock:
            if self.by_client and self._taken[client] >= (most := self.by_client()):
                said = (
                    f"Trop de fichiers à la fois depuis votre adresse ({most} au plus) : "
                    "redemandez quand l’un d’eux sera arrivé."
                )
                return _later(said, 429)
            if self._taken.total() >= self.at_once:
                return _later("Trop de fichiers à la fois : redemandez dans un instant.", 503)
            self._taken[client] += 1
            return None

    def _give_back(self, client: str) -> None:
        with self._lock:
            self._taken[client] -= 1
            self._taken += Counter()  # forget who holds nothing


def _later(said: str, status: int) -> RefusedError:
    fault = RefusedError(said, status=status)
    fault.headers["Retry-After"] = str(_AGAIN_S)
    return fault


AT_ONCE: Final = 2
downloads: Final = Turns(40, lambda: settings().api_downloads)
"""Answers made or on their way: a turn lasts until the last byte has left."""
files: Final = Turns(AT_ONCE, lambda: 1)
"""Files and sheets being written: seconds of work, a whole table in memory, one by client."""
pages: Final = Turns(AT_ONCE)
"""Pages of features being written."""


@dataclass(frozen=True)
class Work:
    """An answer still to be written, when its turn comes."""

    turns: Turns
    write: Callable[[], Response]
