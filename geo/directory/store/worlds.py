"""What is real and what is the fictitious territory, kept apart in one store.

Every record of the fictitious territory has an id that begins with ``FICTITIOUS``: what is added
to it is known by what it names, and none of it is ever counted with what is real.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.directory.store.rows import rows_where

FICTITIOUS: Final = "territoire-fictif"
"""Id of the fictitious ecosystem, and how the ids of its records begin."""


def is_fictitious(record_id: str) -> bool:
    """Return whether an id is one of the fictitious territory."""
    return record_id.startswith(FICTITIOUS)


def only_real(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the records of one kind whose own id is not of the fictitious territory."""
    made_up = ids_made_up(frame)
    return frame[~made_up] if made_up.any() else frame


def ids_made_up(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which records of a frame by id have an id of the fictitious territory."""
    return np.asarray(frame.index.astype(str).str.startswith(FICTITIOUS), dtype=bool)


def world(book: Mapping[str, pd.DataFrame], *named: str) -> dict[str, pd.DataFrame]:
    """Keep the records that may be shown and counted together.

    Parameters
    ----------
    named
        Ids that a view is about: the fictitious territory's own records answer it where one of
        them is of that territory, the real ones in every other case.

    Returns
    -------
    Every table of the book. Whatever is shown with the fictitious territory is marked so.
    """
    wanted = any(map(is_fictitious, named))
    marks = _marks(book)
    tables = {kind: rows_where(book[kind], marks[kind] == wanted) for kind in marks}
    if wanted:
        tables = {kind: frame.assign(fictive=True) for kind, frame in tables.items()}
    return {**book, **tables}


def _marks(book: Mapping[str, pd.DataFrame]) -> dict[str, pd.Series]:
    """Tell, of each kind, which records are of the fictitious territory or name one that is."""
    found: dict[str, pd.Series] = {}
    for kind, columns in _NAMING.items():
        if kind in book:
            frame = book[kind]
            if len(columns) == 1:
                begins = frame[columns[0]].astype(str).str.startswith(FICTITIOUS)
                found[kind] = pd.Series(begins.to_numpy(bool), frame.index)
                continue
            lists = zip(*(frame[name] for name in columns), strict=True)
            marks = [_any_made_up(ids) for ids in lists]
            found[kind] = pd.Series(marks, frame.index, dtype=bool)
    if {"action", "project"} <= found.keys():
        tried = found["project"].index[found["project"]]
        found["action"] |= book["action"]["project_id"].isin(tried)
    return found


_NAMING: Final = {
    "actor": ("actor_id",),
    "ecosystem": ("ecosystem_id",),
    "alliance": ("alliance_id", "member_ids"),
    "project": ("project_id", "ecosystem_id", "actor_ids"),
    "action": ("action_id", "project_id"),
}
"""Where a record says what it is of. An ecosystem of one's own stays one's own."""


def _any_made_up(fields: Iterable[str | list[str]]) -> bool:
    return any(
        is_fictitious(one)
        for field in fields
        for one in ([field] if isinstance(field, str) else field)
    )
