"""Fields whose publication an owner withdrew, emptied for those who may not read them."""

from collections.abc import Iterable

import pandas as pd

from geo.directory.schema import ACTOR, RecordKind
from geo.directory.store.changes import Record

_POINT = frozenset({"longitude", "latitude"})


def hidden(names: Iterable[str]) -> set[str]:
    """Return the fields to empty: half a point is none, so one coordinate takes the other along."""
    found = {*names}
    return found | _POINT if found & _POINT else found


def without_withheld(frame: pd.DataFrame, kind: RecordKind = ACTOR) -> pd.DataFrame:
    """Return records with the fields that their owners withheld emptied, their id and name kept."""
    if "withheld" not in frame or not frame["withheld"].to_numpy(object).astype(bool).any():
        return frame
    result, hidden_fields = frame.copy(), frame["withheld"].map(hidden)
    named = set().union(*hidden_fields)
    for field in kind.fields[2:]:
        if field.name not in named or field.name == "withheld":
            continue
        out = hidden_fields.map(lambda names, name=field.name: name in names)
        values = zip(out, frame[field.name].astype(object), strict=True)
        emptied = [field.empty if is_hidden else value for is_hidden, value in values]
        result[field.name] = pd.Series(emptied, frame.index, dtype=frame[field.name].dtype)
    return result


def readable(record: Record) -> Record:
    """Return one actor's record with the fields that its owner withheld emptied."""
    hidden_fields = hidden(record["withheld"]) - {"withheld"}
    emptied = {one.name: one.empty for one in ACTOR.fields[2:] if one.name in hidden_fields}
    return {**record, **emptied}
