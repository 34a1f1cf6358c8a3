"""Turns that many wait for: who holds the fewest comes first, whatever they queue."""

from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from threading import RLock
from time import monotonic
from typing import Final

_REMEMBERED: Final = 1_000
_LOOK_S: Final = 1.0
"""Seconds after which whoever waits looks for turns that last too long."""


@dataclass(eq=False)
class Turn:
    """One turn, asked for; it has come once ``came`` is done. ``most``: of them for the client."""

    client: str
    most: float
    came: "Future[None]" = field(default_factory=Future)
    since: float = 0.0


class FairTurn:
    """So many turns at once, for threads and for coroutines.

    Of those who hold equally few, whoever was served longest ago comes first: the hundred requests
    of one client wait behind the only one of another.

    Parameters
    ----------
    at_once
        How many.
    longest_s
        Seconds after which a turn counts no more, though its work goes on.
    """

    def __init__(self, at_once: int = 1, longest_s: float = inf) -> None:
        self.at_once, self.longest_s = at_once, longest_s
        self._lock = RLock()
        self._waiting: dict[str, deque[Turn]] = {}
        self._taken: dict[Turn, None] = {}  # the oldest first
        self._in_use: Counter[str] = Counter()
        self._served: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        """Count the turns taken."""
        return len(self._taken)

    def waiting(self) -> int:
        """Count those waited for."""
        return sum(map(len, self._waiting.values()))

    def of(self, client: str) -> int:
        """Count those of a client."""
        return self._in_use[client]

    @contextmanager
    def turn(self, client: str, patience_s: float, most: float = inf) -> Iterator[bool]:
        """Wait for one's turn, then give it back; False when it did not come in time."""
        place = self.ask(client, most)
        try:
            yield self._has_come(place, monotonic() + patience_s)
        finally:
            self.give_back(place)

    def ask(self, client: str, most: float = inf) -> Turn:
        """Ask for a turn; whoever asks gives it back, whether it came or is no more waited for."""
        place = Turn(client, most)
        with self._lock:
            self._waiting.setdefault(client, deque()).append(place)
            self._go_on()
        return place

    def give_back(self, turn: Turn) -> None:
        """Let the next one go."""
        with self._lock:
            if turn in self._taken:
                self._end(turn)
            elif turn in (queue := self._waiting.get(turn.client, deque())):
                queue.remove(turn)
                self._forget_empty(turn.client)
            self._go_on()

    def _has_come(self, place: Turn, last: float) -> bool:
        while not place.came.done():
            try:
                place.came.result(max(0.0, min(_LOOK_S, last - monotonic())))
            except TimeoutError:
                if monotonic() >= last:
                    return False
                with self._lock:
                    self._go_on()
        return True

    def _go_on(self) -> None:
        now = monotonic()
        for turn in [one for one in self._taken if now - one.since > self.longest_s]:
            self._end(turn)
        while len(self) < self.at_once and (client := self._next()) is not None:
            turn = self._waiting[client].popleft()
            self._forget_empty(client)
            if turn.came.set_running_or_notify_cancel():
                turn.since, self._taken[turn] = now, None
                self._in_use[client] += 1
                self._note(client)
                turn.came.set_result(None)

    def _end(self, turn: Turn) -> None:
        del self._taken[turn]
        self._in_use[turn.client] -= 1
        self._in_use += Counter()  # forget who holds nothing

    def _next(self) -> str | None:
        """Name who comes first; who waits in vain for one more of their own is passed over."""
        may = {
            one: self._in_use[one]
            for one, queue in self._waiting.items()
            if self._in_use[one] < queue[0].most
        }
        equal = [one for one in may if may[one] == min(may.values())]
        rank = {one: place for place, one in enumerate(self._served)}
        return min(equal, key=lambda one: rank.get(one, -1), default=None)

    def _forget_empty(self, client: str) -> None:
        if not self._waiting[client]:
            del self._waiting[client]

    def _note(self, client: str) -> None:
        self._served[client] = None
        self._served.move_to_end(client)
        while len(self._served) > _REMEMBERED:
            self._served.popitem(last=False)
