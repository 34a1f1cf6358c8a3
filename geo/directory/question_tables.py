"""What SQL is given of a directory: narrow tables, where a place or a list is a number.

Of 600,000 catalysts, texts that say where each stands cost every question a tenth of a second, and
memory tens of megabytes; numbers a tenth of both. What each stands for is a table of its own.
"""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo import database
from geo.directory.store.rows import distinct_lists

_TEXT: Final = pa.large_string()
_SELECTED: Final = ("catalyst_name", "town", "note", "profile", "practices", "evidence")
_PLACE: Final = "(?s)^(?P<kind>[^:]*):?(?P<code>.*)$"
_COLON: Final = pa.scalar(":", _TEXT)

# The area that a precision ties a catalyst to: its kind, and the column of its code.
_AREAS: Final = {
    "adresse": ("commune", "commune_code"),
    "rue": ("commune", "commune_code"),
    "commune": ("commune", "commune_code"),
    "departement": ("departement", "departement_code"),
    "region": ("region", "region_code"),
}


def selection_table(frame: pd.DataFrame) -> pa.Table:
    """Shape catalysts for a selection: what it may ask for, and their positions."""
    rows = frame[[*_SELECTED]].reset_index(drop=True)
    return database.table_of(rows.assign(position=range(len(frame))))


def question_tables(frame: pd.DataFrame) -> dict[str, pa.Table]:
    """Shape catalysts for the questions about territories: see ``geo/sql/reference.sql``."""
    scope, scopes = pd.factorize(frame["scope"])
    area, areas = pd.factorize(_areas(frame))
    alike, lists = distinct_lists(frame["practices"].to_numpy())
    rows = frame[["catalyst_id", "profile"]].reset_index(drop=True)
    own = {"scope": scope, "area": area, "practice_list": alike}
    numbers = {name: codes.astype(np.int32) for name, codes in own.items()}
    return {
        "catalysts": database.table_of(rows.assign(position=range(len(frame)), **numbers)),
        "areas": _parted("area", "location", areas),
        "scopes": _parted("scope", "scope", scopes),
        "practice_lists": pa.table(
            {
                "practice_list": pa.array(range(len(lists)), pa.int32()),
                "practices": pa.array(lists, pa.list_(pa.string())),
            }
        ),
    }


def _areas(frame: pd.DataFrame) -> "pd.Series[str]":
    """Say which area each catalyst is known to be in, « kind:code »; « : » for none."""
    known = _texts(frame["location_precision"])
    place = pa.repeat(_COLON, len(frame))
    for kind in dict.fromkeys(_AREAS.values()):
        precisions = pa.array([name for name, own in _AREAS.items() if own == kind], _TEXT)
        here = pc.is_in(known, value_set=precisions)
        if pc.any(here).as_py():
            own = pc.binary_join_element_wise(
                pa.scalar(kind[0], _TEXT), _texts(frame[kind[1]]), _COLON
            )
            place = pc.if_else(here, own, place)
    found: pd.Series[str] = place.to_pandas()
    return found


def _parted(number: str, name: str, places: "pd.Index[str]") -> pa.Table:
    """List numbered places, « kind:code », in two columns."""
    parts = pc.extract_regex(pa.array(places.array, _TEXT), _PLACE)
    parts = parts.combine_chunks() if isinstance(parts, pa.ChunkedArray) else parts
    return pa.table(
        {
            number: pa.array(range(len(parts)), pa.int32()),
            f"{name}_kind": parts.field("kind"),
            f"{name}_code": parts.field("code"),
        }
    )


def _texts(column: pd.Series) -> pa.Array | pa.ChunkedArray:
    return pa.array(column.array, _TEXT)
