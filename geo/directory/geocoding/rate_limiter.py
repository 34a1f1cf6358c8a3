"""Turns taken by all who ask one geocoder: together, never more than its rate."""

import time
from threading import Lock
from typing import Final

_MARGIN: Final = 1.05  # Two requests a little early on the way must not make one too many.


class RateLimiter:
    """One queue for every thread of the process.

    A turn is taken while the queue is held: whoever is told to wait makes all the others wait,
    since a geocoder that refuses goes on refusing for as long as it is asked.
    """

    def __init__(self, per_second: float) -> None:
        self._interval = _MARGIN / per_second
        self._queue = Lock()
        self._next = 0.0
        self._held_until = 0.0

    def take(self, patience_s: float) -> bool:
        """Wait for a turn; False, and no turn taken, when it is farther than one's patience."""
        end = time.monotonic() + patience_s
        if not self._queue.acquire(timeout=patience_s):
            return False
        try:
            while (turn := max(self._next, self._held_until)) > (now := time.monotonic()):
                if turn > end:
                    return False
                time.sleep(turn - now)
            self._next = now + self._interval
        finally:
            self._queue.release()
        return True

    def hold(self, seconds: float) -> None:
        """Let nobody ask before some seconds have passed."""
        self._held_until = max(self._held_until, time.monotonic() + seconds)
