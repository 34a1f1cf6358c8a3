"""A form saved: what was typed is checked whole, refused in one sentence, or written."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from geo.directory.schema import RecordKind
from geo.directory.store.changes import Changes, Record
from geo.errors import AtlasError
from geo.french import NBSP
from pages.components.submit import submit
from pages.components.text import plain


def is_fictive(values: dict[str, Any], actors: pd.DataFrame, named: str) -> bool:
    """Return whether a record is made up: said so, or made of an actor that is.

    ``named``: its field that lists actors.
    """
    known = actors[actors.index.isin(values[named])]
    return bool(known["fictive"].any()) or bool(values["fictive"])


def saved(kind: RecordKind, check: Callable[[], Record], verb: str) -> Record | None:
    """Have a record written, or proposed; return it, None when it was not received.

    Parameters
    ----------
    check
        Returns the whole record, or refuses what was typed with an ``AtlasError``.
    """
    try:
        record = check()
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return None
    message = f"{verb}{NBSP}: {record[kind.title]}"
    return record if submit(Changes.one(kind.name, record), message) else None
