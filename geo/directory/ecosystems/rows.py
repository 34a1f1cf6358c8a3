"""Records between a table and plain values: no NaN, no NumPy, lists of their own."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from geo.directory.schema import KINDS
from geo.directory.store.lookup import row_at
from geo.directory.store.rows import plain_rows, rows_where
from geo.errors import UnknownCodeError

Book = Mapping[str, pd.DataFrame]
"""Every current record, one table by kind, each by its id."""
Row = dict[str, Any]

PUBLIC: Final = ("publiee",)
WITH_DRAFTS: Final = ("publiee", "a_valider", "brouillon", "")
"""Statuses that count: refused, archived and duplicate records never do."""


def row_of(book: Book, kind: str, record_id: str) -> Row:
    """Return one record.

    Raises
    ------
    UnknownCodeError
        There is none of that kind with that id.
    """
    frame = book[kind]
    at = row_at(frame, record_id)
    if at is None:
        raise UnknownCodeError(
            f"Aucune fiche « {record_id[:80]} » parmi les {KINDS[kind].plural}. "
            "Elle a peut-être été supprimée ; choisissez-en une autre."
        )
    return plain_rows(frame.iloc[[at]])[0]


def frame_of(kind: str, records: Iterable[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """Put records in the table of their kind, by id; what they leave out is empty."""
    blank = KINDS[kind]
    rows = [blank.blank() | dict(record) for record in records]
    names = [field.name for field in blank.fields]
    return pd.DataFrame(rows, columns=names).set_index(blank.id, drop=False)


def visible_rows(frame: pd.DataFrame, *, drafts: bool = False) -> pd.DataFrame:
    """Keep the records that count: published, and drafts for those who may change them."""
    return rows_where(frame, frame["status"].isin(WITH_DRAFTS if drafts else PUBLIC))


def where(frame: pd.DataFrame, wanted: Iterable[bool]) -> pd.DataFrame:
    """Keep the records wanted, one answer for each in order; an empty table stays a table."""
    return frame[pd.Series(list(wanted), index=frame.index, dtype=bool)]
