"""The pairs of one base as they were last found, and found again when what they rest on changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

import pandas as pd

from geo.directory.duplicates.areas import departements
from geo.directory.duplicates.candidates import candidates
from geo.directory.duplicates.name_memory import NameMemory
from geo.directory.store.rows import rows_where
from geo.directory.store.store import Store
from geo.directory.store.worlds import only_real


@dataclass
class _Latest:
    read: tuple[pd.DataFrame, pd.DataFrame] | None = None
    area: str | None = None
    found: pd.DataFrame = field(default_factory=pd.DataFrame)
    memory: NameMemory = field(default_factory=NameMemory)
    lock: Lock = field(default_factory=Lock)


_LATEST: WeakKeyDictionary[Store, _Latest] = WeakKeyDictionary()


def latest_pairs(store: Store, statuses: Sequence[str], area: str | None = None) -> pd.DataFrame:
    """Return the candidates of a base among the actors of some statuses; not to be changed.

    ``area``: code of the one département to look in (``areas.NOWHERE`` for what has no commune),
    the whole base without it.

    They are sought again only after a write of actors or of decisions; what was found of names
    that did not change is used again.
    """
    latest = _LATEST.setdefault(store, _Latest())
    actors, decided = read = store.read("actor"), store.read("merge")
    with latest.lock:  # whoever comes meanwhile waits for the same answer
        if (
            latest.read is None
            or latest.area != area
            or any(one is not two for one, two in zip(latest.read, read, strict=True))
        ):
            seen = only_real(actors)
            if area is not None:
                seen = rows_where(seen, pd.Series(departements(seen) == area, seen.index))
            seen = rows_where(seen, seen["status"].isin(statuses))
            latest.found = candidates(seen, decided, memory=latest.memory)
            latest.read, latest.area = read, area
        return latest.found
