"""Turns taken by all who ask one geocoder: together, never more than its rate."""

import time
from threading import Lock
from typing import Final

from geo.directory.store.shared_counts import SharedCounts

_MARGIN: Final = 1.15  # What the line holds up and then lets through must not make one too many.


class RateLimiter:
    """One queue for every thread of the process, and for every process that shares its counts.

    A turn is taken while the queue is held: whoever is told to wait makes all the others wait,
    since a geocoder that refuses goes on refusing for as long as it is asked.

    Parameters
    ----------
    per_second
        Turns in a second.
    shared
        Counts that other processes take their turns from too; where they cannot be used, this
        process counts alone.
    name
        What the turns are of, among those counts.
    """

    def __init__(
        self, per_second: float, shared: SharedCounts | None = None, name: str = ""
    ) -> None:
        self._interval = _MARGIN / per_second
        self._shared, self._name = shared, name
        self._queue = Lock()
        self._next = 0.0
        self._held_until = 0.0

    def take(self, patience_s: float) -> bool:
        """Wait for a turn; False, and no turn taken, when it is farther than one's patience."""
        end = time.monotonic() + patience_s
        if not self._queue.acquire(timeout=patience_s):
            return False
        try:
            while wait := self._wait_s():
                if time.monotonic() + wait > end:
                    return False
                time.sleep(wait)
            self._next = time.monotonic() + self._interval
        finally:
            self._queue.release()
        return True

    def _wait_s(self) -> float:
        """Return how long the next turn is to be waited for; 0: it has come, and is taken."""
        wait = max(self._next, self._held_until) - time.monotonic()
        if wait > 0:
            return wait
        if self._shared is None:
            return 0.0
        return self._shared.take_turn(self._name, self._interval) or 0.0

    def hold(self, seconds: float) -> None:
        """Let nobody ask before some seconds have passed."""
        self._held_until = max(self._held_until, time.monotonic() + seconds)
        if self._shared is not None:
            self._shared.hold(self._name, seconds, time.time())
