"""Work that takes seconds and memory: so many at once, the others wait a little or come back."""

from asyncio import timeout, wrap_future
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from geo.api.problem import RefusedError
from geo.directory.fair_turn import AT_WORK, FairTurn, Together
from geo.settings import MOST_DOWNLOADS, settings

_PATIENCE_S: Final = 5.0
_AGAIN_S: Final = 30
_THEIRS: Final = 429
_OURS: Final = 503


class Turns:
    """How many work at once; where it is said, how many of them for one client.

    ``together``: with which other turns a client's are counted.
    """

    def __init__(
        self,
        at_once: int,
        by_client: Callable[[], int] | None = None,
        patience_s: float = _PATIENCE_S,
        together: Together | None = None,
        *,
        slow: bool = False,
    ) -> None:
        self.by_client = by_client
        self.patience_s = patience_s
        self._turns = FairTurn(at_once, together=together, slow=slow)

    def __len__(self) -> int:
        """Count the turns taken."""
        return len(self._turns)

    @asynccontextmanager
    async def turn(self, client: str = "") -> AsyncIterator[None]:
        """Wait for one's turn, then give it back, however the work ends.

        Raises
        ------
        RefusedError
            The wait is too long: 429 when the client itself holds all that one may, else 503.
        """
        most = self.by_client() if self.by_client else self._turns.at_once
        place = self._turns.ask(client, most)
        try:
            if not await _has_come(place.came, self.patience_s):
                is_theirs = self.by_client and self._turns.has_all(client, most)
                raise _later(_THEIRS if is_theirs else _OURS, most)
            yield
        finally:
            self._turns.give_back(place)


async def _has_come(turn: Future[None], patience_s: float) -> bool:
    """Wait without a thread, which would serve nobody else."""
    with suppress(TimeoutError):
        async with timeout(patience_s):
            await wrap_future(turn)
    return turn.done() and not turn.cancelled()


def _later(status: int, most: int) -> RefusedError:
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
files: Final = Turns(AT_ONCE, lambda: 1, together=AT_WORK, slow=True)
"""Files and sheets being written: seconds of work, a whole table in memory, one by client."""
slow_files: Final = Turns(1, lambda: 1, together=AT_WORK, slow=True)
"""Files whose answer is a search of many seconds: they never hold the turns of the others."""
pages: Final = Turns(AT_ONCE + 1, lambda: AT_ONCE, together=AT_WORK)
"""Pages of features being written: one client, slow as its questions are, leaves a turn."""
views: Final = Turns(AT_ONCE, patience_s=1.0, together=AT_WORK)
"""Pages being painted with their answer: one whose turn does not come is painted without."""


@dataclass(frozen=True)
class Work:
    """An answer still to be written, when its turn comes."""

    turns: Turns
    write: Callable[[], Response]
