"""Records in the order of their names, remembered of many: most edits change no name."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.directory.store.lookup import fingerprint
from geo.latest import Latest

Positions = npt.NDArray[np.intp]
_MANY: Final = 30_000  # names: fewer are sorted sooner than recognised
_ORDERS: Final[Latest[bytes, Positions]] = Latest(4)


def by_name(names: pd.Series) -> Positions:
    """Return positions in the order of names, case aside, those of one name as they come."""
    if len(names) < _MANY:
        return _sorted(names)
    key = fingerprint(names)
    order = _ORDERS.get(key)
    if order is None:
        order = _sorted(names)
        _ORDERS.put(key, order)
    return order


def _sorted(names: pd.Series) -> Positions:
    folded = names.str.casefold().reset_index(drop=True)
    return folded.sort_values(kind="stable").index.to_numpy(np.intp)
