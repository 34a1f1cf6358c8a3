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


class Together:
    """Several kinds of turns, counted together: so many of them all for one client, at most.

    Each kind bounds itself; one client who asks for some of every kind would still have them all.
    """

    def __init__(self, most: float = inf) -> None:
        self.most = most
        self.lock = RLock()
        self.in_use: Counter[str] = Counter()
        self.slow: Counter[str] = Counter()
        self.members: list[FairTurn] = []

    def go_on(self) -> None:
        """Let go whoever may: a turn given back of one kind may be what another waits for."""
        for one in sorted(self.members, key=FairTurn.oldest):
            one.go_on()


@dataclass(eq=False)
class Turn:
    """One turn, asked for; it has come once ``came`` is done. ``most``: of them for the client."""

    client: str
    most: float
    came: "Future[None]" = field(default_factory=Future)
    asked_at: float = field(default_factory=monotonic)
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
    together
        With which other turns a client's are counted; by themselves where it is not said.
    slow
        Whether one lasts so long that of all such kinds together a client has one at most: those
        behind one address would wait for two files of one of them.
    """

    def __init__(
        self,
        at_once: int = 1,
        longest_s: float = inf,
        together: Together | None = None,
        *,
        slow: bool = False,
    ) -> None:
        self.at_once, self.longest_s, self.slow = at_once, longest_s, slow
        self._all = together or Together()
        self._all.members.append(self)
        self._lock = self._all.lock
        self._waiting: dict[str, deque[Turn]] = {}
        self._taken: dict[Turn, None] = {}  # the oldest first
        self._in_use: Counter[str] = Counter()
        self._counts = [self._in_use, self._all.in_use, *([self._all.slow] if slow else [])]
        self._served: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        """Count the turns taken."""
        return len(self._taken)

    def waiting(self) -> int:
        """Count those waited for."""
        return sum(map(len, self._waiting.values()))

    def oldest(self) -> float:
        """Return when the one who waits for longest asked."""
        return min((queue[0].asked_at for queue in self._waiting.values()), default=inf)

    def of(self, client: str) -> int:
        """Count those of a client."""
        return self._in_use[client]

    def has_all(self, client: str, most: float) -> bool:
        """Return whether a client holds all that one may, of these turns or of them together."""
        if self.slow and self._all.slow[client]:
            return True
        return self._in_use[client] >= most or self._all.in_use[client] >= self._all.most

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
            self._all.go_on()
        return place

    def give_back(self, turn: Turn) -> None:
        """Let the next one go."""
        with self._lock:
            if turn in self._taken:
                self._end(turn)
            elif turn in (queue := self._waiting.get(turn.client, deque())):
                queue.remove(turn)
                self._forget_empty(turn.client)
            self._all.go_on()

    def _has_come(self, place: Turn, last: float) -> bool:
        while not place.came.done():
            try:
                place.came.result(max(0.0, min(_LOOK_S, last - monotonic())))
            except TimeoutError:
                if monotonic() >= last:
                    return False
                with self._lock:
                    self._all.go_on()
        return True

    def go_on(self) -> None:
        """Let go whoever may."""
        now = monotonic()
        for turn in [one for one in self._taken if now - one.since > self.longest_s]:
            self._end(turn)
        while len(self) < self.at_once and (client := self._next()) is not None:
            turn = self._waiting[client].popleft()
            self._forget_empty(client)
            if turn.came.set_running_or_notify_cancel():
                turn.since, self._taken[turn] = now, None
                for counts in self._counts:
                    counts[client] += 1
                self._note(client)
                turn.came.set_result(None)

    def _end(self, turn: Turn) -> None:
        del self._taken[turn]
        for counts in self._counts:
            counts[turn.client] -= 1
            if not counts[turn.client]:
                del counts[turn.client]

    def _next(self) -> str | None:
        """Name who comes first; who waits in vain for one more of their own is passed over."""
        may = {
            one: self._all.in_use[one]
            for one, queue in self._waiting.items()
            if not self.has_all(one, queue[0].most)
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


AT_WORK: Final = Together(2)
"""What costs seconds of a processor, whatever asks for it: pages, their painting, files, answers.

Python works on one thing at a time: with ten of one address under way, a page of another took ten
times as long as alone.
"""
