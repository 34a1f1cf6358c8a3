"""Records in the order of their names, remembered of many: most edits change no name."""

from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.directory.store.lookup import fingerprint

Positions = npt.NDArray[np.intp]
_MANY: Final = 30_000  # names: fewer are sorted sooner than recognised
_KEPT: Final = 4
_ORDERS: Final[dict[bytes, Positions]] = {}
_LOCK: Final = Lock()


def by_name(names: pd.Series) -> Positions:
    """Return positions in the order of names, case aside, those of one name as they come."""
    if len(names) < _MANY:
        return _sorted(names)
    key = fingerprint(names)
    with _LOCK:
        found = _ORDERS.pop(key, None)
    order = _sorted(names) if found is None else found
    with _LOCK:
        _ORDERS[key] = order  # last: the first is the longest unasked
        while len(_ORDERS) > _KEPT:
            del _ORDERS[next(iter(_ORDERS))]
    return order


def _sorted(names: pd.Series) -> Positions:
    folded = names.str.casefold().reset_index(drop=True)
    return folded.sort_values(kind="stable").index.to_numpy(np.intp)
