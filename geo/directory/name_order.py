"""Records in the order of their names, remembered of many: most edits change no name."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.directory.store.lookup import fingerprint
from geo.latest import Latest

Positions = npt.NDArray[np.intp]
_MANY: Final = 30_000  # names: fewer are sorted sooner than recognised
# Letters of which ``str.casefold`` may make another than their small one: « ß », « µ », « ſ »…
_ODD: Final = "[^\\x00-´¶-Þà-įı-ňŊ-ž‐-‧€]"
_ORDERS: Final[Latest[bytes, Positions]] = Latest(4)


def by_name(names: pd.Series) -> Positions:
    """Return positions in the order of names, case aside, those of one name as they come."""
    if len(names) < _MANY:
        return in_order_of_names(names)
    key = fingerprint(names)
    order = _ORDERS.get(key)
    if order is None:
        order = in_order_of_names(names)
        _ORDERS.put(key, order)
    return order


def in_order_of_names(names: pd.Series) -> Positions:
    """Return positions as ``by_name`` does, of texts that are not asked for again."""
    order = pc.sort_indices(folded(names)).to_numpy(zero_copy_only=False)
    return np.asarray(order, dtype=np.intp)


def folded(names: pd.Series) -> pa.Array:
    """Return texts as ``str.casefold`` gives them; Arrow lowers those of usual letters at once."""
    texts = pa.array(names.array, pa.large_string())
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    lowered = pc.utf8_lower(texts)
    odd = pc.match_substring_regex(texts, _ODD)
    if not pc.any(odd).as_py():
        return lowered
    others = [text.casefold() for text in texts.filter(odd).to_pylist()]
    return pc.replace_with_mask(lowered, odd, pa.array(others, lowered.type))
