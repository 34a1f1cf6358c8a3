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
from geo.settings import MOST_DOWNLOADS, settings

_PATIENCE_S: Final = 5.0
_LOOK_S: Final = 0.02
_AGAIN_S: Final = 30
_THEIRS: Final = 429
_OURS: Final = 503


class Turns:
    """How many work at once; where it is said, how many of them for one client."""

    def __init__(
        self,
        at_once: int,
        by_client: Callable[[], int] | None = None,
        patience_s: float = _PATIENCE_S,
    ) -> None:
        self.at_once = at_once
        self.by_client = by_client
        self.patience_s = patience_s
        self._in_use: Counter[str] = Counter()
        self._lock = Lock()

    def __len__(self) -> int:
        """Count the turns taken."""
        return self._in_use.total()

    @asynccontextmanager
    async def turn(self, client: str = "") -> AsyncIterator[None]:
        """Wait for one's turn, then give it back, however the work ends.

        Waiting takes no thread: it would serve nobody else.

        Raises
        ------
        RefusedError
            The wait is too long: 429 when the client itself holds all that one may, else 503.
        """
        most = self.by_client() if self.by_client else None
        last = monotonic() + self.patience_s
        while status := self._refused_or_taken(client, most):
            if monotonic() > last:
                raise _later(status, most)
            await sleep(_LOOK_S)
        try:
            yield
        finally:
            self._give_back(client)

    def _refused_or_taken(self, client: str, most: int | None) -> int:
        """Take a turn and return 0, or return the status of what keeps it from the client."""
        with self._lock:
            if most is not None and self._in_use[client] >= most:
                return _THEIRS
            if self._in_use.total() >= self.at_once:
                return _OURS
            self._in_use[client] += 1
            return 0

    def _give_back(self, client: str) -> None:
        with self._lock:
            self._in_use[client] -= 1
            self._in_use += Counter()  # forget who holds nothing


def _later(status: int, most: int | None) -> RefusedError:
    message = "Trop de fichiers à la fois : redemandez dans un instant."
    if status == _THEIRS:
        message = (
            f"Trop de fichiers à la fois depuis votre adresse ({most} au plus) : "
            "redemandez quand l’un d’eux sera arrivé."
        )
    return come_back(message, status)


def come_back(message: str, status: int = _OURS) -> RefusedError:
    """Build the refusal of who may ask again, with when."""
    fault = RefusedError(message, status=status)
    fault.headers["Retry-After"] = str(_AGAIN_S)
    return fault


AT_ONCE: Final = 2
downloads: Final = Turns(MOST_DOWNLOADS, lambda: settings().api_downloads)
"""Answers made or on their way: a turn lasts until the last byte of a large one has left."""
files: Final = Turns(AT_ONCE, lambda: 1)
"""Files and sheets being written: seconds of work, a whole table in memory, one by client."""
slow_files: Final = Turns(1, lambda: 1)
"""Files whose answer is a search of many seconds: they never hold the turns of the others."""
pages: Final = Turns(AT_ONCE + 1, lambda: AT_ONCE)
"""Pages of features being written: one client, slow as its questions are, leaves a turn."""
views: Final = Turns(AT_ONCE, patience_s=1.0)
"""Pages being painted with their answer: one whose turn does not come is painted without."""


@dataclass(frozen=True)
class Work:
    """An answer still to be written, when its turn comes."""

    turns: Turns
    write: Callable[[], Response]
