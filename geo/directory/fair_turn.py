"""One turn that many wait for: whoever was served longest ago comes first, whatever they queue."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from typing import Final

_REMEMBERED: Final = 1_000


class FairTurn:
    """One at a time. ``served`` are the clients of the last turns, the latest last."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: list[str] = []
        self._served: OrderedDict[str, None] = OrderedDict()
        self._taken = False

    @contextmanager
    def turn(self, client: str, patience_s: float) -> Iterator[bool]:
        """Wait for one's turn, then give it back; False when it did not come in time."""
        with self._changed:
            self._waiting.append(client)
            came = self._changed.wait_for(lambda: self._may_go(client), patience_s)
            self._waiting.remove(client)
            if came:
                self._taken = True
                self._note(client)
        try:
            yield came
        finally:
            with self._changed:
                self._taken = self._taken and not came
                self._changed.notify_all()

    def _may_go(self, client: str) -> bool:
        if self._taken:
            return False
        rank = {one: place for place, one in enumerate(self._served)}
        return client == min(self._waiting, key=lambda one: rank.get(one, -1))

    def _note(self, client: str) -> None:
        self._served[client] = None
        self._served.move_to_end(client)
        while len(self._served) > _REMEMBERED:
            self._served.popitem(last=False)
