"""The answers asked for last, at most so many: safe between threads."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Latest(Generic[K, V]):
    """What was asked for last, at most so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """Find one, and keep it longer."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)

    def put(self, key: K, value: V) -> None:
        """Keep one, and forget the oldest."""
        with self._lock:
            self._entries[key] = value
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)

    def drop(self, predicate: Callable[[V], bool]) -> None:
        """Forget those that a test says so of."""
        with self._lock:
            entries = [*self._entries.items()]
        left = {key for key, value in entries if predicate(value)}  # asked without the lock
        with self._lock:
            for key in left:
                self._entries.pop(key, None)
