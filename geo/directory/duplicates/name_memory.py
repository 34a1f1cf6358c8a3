"""What was found of names the last time: most edits change none, and to compare them is the work.

One name that changes, comes or leaves changes what every word tells: then all is found anew.
"""

from collections.abc import Iterable
from threading import Lock

import numpy as np

from geo.directory.duplicates.names import Ints, NameStatistics, read_names
from geo.directory.duplicates.similarity import Similarity, similarity

Pairs = tuple[Ints, Ints]


class NameMemory:
    """The latest names, in their towns, and how alike the pairs of them were found."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inputs: tuple[list[str], list[str]] = [], []
        self._names: NameStatistics | None = None
        self._keys = np.empty(0, dtype=np.int64)
        self._alike = Similarity(np.empty(0), np.empty(0))

    def names(self, names: Iterable[str], towns: Iterable[str]) -> NameStatistics:
        """Weigh the words of names, or return what they weighed: see ``read_names``."""
        inputs = [*names], [*towns]
        with self._lock:
            if self._names is None or inputs != self._inputs:
                self._inputs, self._names = inputs, read_names(*inputs)
                self._keys = np.empty(0, dtype=np.int64)
                self._alike = Similarity(np.empty(0), np.empty(0))
            return self._names

    def similarity(self, names: NameStatistics, pairs: Pairs) -> Similarity:
        """Compare pairs in rising order: those only that were not compared the last time."""
        keys = pairs[0] * len(names.kinds) + pairs[1]
        with self._lock:
            known = self._names is names
            stored_keys, alike = (self._keys, self._alike) if known else (keys[:0], None)
        if alike is None:
            return similarity(names, *pairs)
        at = np.minimum(np.searchsorted(stored_keys, keys), max(len(stored_keys) - 1, 0))
        there = stored_keys[at] == keys if len(stored_keys) else np.zeros(len(keys), dtype=np.bool_)
        new = similarity(names, pairs[0][~there], pairs[1][~there])
        ratio, telling = np.empty(len(keys)), np.empty(len(keys))
        for whole, old, fresh in (
            (ratio, alike.ratio, new.ratio),
            (telling, alike.telling, new.telling),
        ):
            whole[there], whole[~there] = old[at[there]] if len(stored_keys) else (), fresh
        found = Similarity(ratio, telling)
        with self._lock:
            if self._names is names:
                self._keys, self._alike = keys, found
        return found
