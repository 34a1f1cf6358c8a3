"""A large frame of which a few records changed: what did not change is shared, not copied.

Texts are held by Arrow: the slices around what changed are put end to end, as pieces of one column.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Positions = npt.NDArray[np.intp]
Key = Callable[[int], Any]
_FEW: Final = 40  # changes: past so many, one copy costs less than the pieces
_PIECES: Final = 200  # of one column: past so many, it is made whole again


def spliced(
    frame: pd.DataFrame, removals: Positions, new: pd.DataFrame, places: Positions
) -> pd.DataFrame:
    """Return a frame without some rows and with others; ``frame`` is not changed.

    Parameters
    ----------
    removals
        Positions of the rows left out, rising.
    places
        For each row of ``new``, in their order, the position in ``frame`` that it comes before.
    """
    if len(removals) + len(new) > _FEW or _pieces(frame) > _PIECES:
        remaining = np.delete(np.arange(len(frame)), removals)
        before = places - np.searchsorted(removals, places)
        order = np.insert(remaining, before, len(frame) + np.arange(len(new)))
        return taken(pd.concat([frame, new]), order)
    cuts = sorted(
        [*((at, 1, -1) for at in removals), *((at, 0, row) for row, at in enumerate(places))]
    )
    parts, start = [], 0
    for at, _, row in cuts:
        parts.append(frame.iloc[start:at])
        start = at + 1 if row < 0 else at
        if row >= 0:
            parts.append(new.iloc[row : row + 1])
    parts = [part for part in (*parts, frame.iloc[start:]) if len(part)]
    return pd.concat(parts) if parts else frame.iloc[:0]


def taken(frame: pd.DataFrame, order: Positions) -> pd.DataFrame:
    """Take some rows of a frame by id, in an order.

    Columns that hold the very same texts, as those that no record fills, are taken once.
    """
    known: dict[int, tuple[Any, Any]] = {}
    shares: dict[tuple[int, ...], _Shares] = {}

    def part(array: Any) -> Any:
        texts = getattr(array, "_pa_array", array)
        if id(texts) not in known:  # with it: no other is of that number
            known[id(texts)] = texts, _taken(array, order, shares)
        return known[id(texts)][1]

    columns = {name: part(column.array) for name, column in frame.items()}
    return pd.DataFrame(columns, index=pd.Index(part(frame.index.array), name=frame.index.name))


@dataclass(frozen=True)
class _Shares:
    """What to take from which pieces of a column, and the order of the whole."""

    of_pieces: list[tuple[int, pa.Array]]
    back: pa.Array | None

    @classmethod
    def of(cls, lengths: tuple[int, ...], order: Positions) -> "_Shares":
        ends = np.cumsum(lengths)
        piece_of = np.searchsorted(ends, order, side="right")
        by_piece = np.argsort(piece_of, kind="stable")
        numbers, starts = np.unique(piece_of[by_piece], return_index=True)
        places = np.split(order[by_piece], starts[1:])
        own = [
            (number, pa.array(here - (ends[number] - lengths[number])))
            for number, here in zip(numbers.tolist(), places, strict=True)
        ]
        if (np.diff(piece_of) >= 0).all():
            return cls(own, None)
        back = np.empty(len(order), dtype=np.int64)
        back[by_piece] = np.arange(len(order))
        return cls(own, pa.array(back))


def _taken(array: Any, order: Positions, shares: dict[tuple[int, ...], _Shares]) -> Any:
    """Take from each piece what is there: Arrow would put all of them end to end for one text."""
    texts = getattr(array, "_pa_array", None)
    if texts is None or texts.num_chunks < 2 or not len(order):  # noqa: PLR2004 - one is whole
        return array.take(order)
    lengths = tuple(len(piece) for piece in texts.chunks)
    if lengths not in shares:
        shares[lengths] = _Shares.of(lengths, order)
    mine = shares[lengths]
    parts = [texts.chunk(number).take(own) for number, own in mine.of_pieces]
    whole = pa.concat_arrays(parts)
    return type(array)(whole if mine.back is None else whole.take(mine.back), dtype=array.dtype)


def _pieces(frame: pd.DataFrame) -> int:
    array = frame.index.array
    return array._pa_array.num_chunks if hasattr(array, "_pa_array") else 1  # noqa: SLF001


def positions(frame: pd.DataFrame, ids: Iterable[str]) -> Positions:
    """Find some ids, those that are there, in a frame by id in the order of its ids: rising."""
    found = [(bisect_left(frame.index, one), one) for one in sorted(ids)]
    there = [at for at, one in found if at < len(frame) and frame.index[at] == one]
    return np.array(there, dtype=np.intp)


def replaced(frame: pd.DataFrame, ids: Iterable[str], new: pd.DataFrame) -> pd.DataFrame:
    """Return a frame by id with the records of some ids replaced by what they are now, or gone.

    Parameters
    ----------
    frame
        In the order of its ids, as ``new`` is; it is not changed.
    new
        Those of them that still are.
    """
    places = [bisect_left(frame.index, one) for one in new.index]
    return spliced(frame, positions(frame, ids), new, np.array(places, dtype=np.intp))
