"""Fields whose publication an owner withdrew, emptied for those who may not read them."""

import pandas as pd

from geo.directory.store.changes import Record
from geo.directory.store.kinds import ACTOR, Kind


def without_withheld(frame: pd.DataFrame, kind: Kind = ACTOR) -> pd.DataFrame:
    """Give records with the fields that their owners withheld emptied, their id and name kept."""
    if "withheld" not in frame or not frame["withheld"].map(bool).any():
        return frame
    told = frame.copy()
    for field in kind.fields[2:]:
        hidden = frame["withheld"].map(lambda names, name=field.name: name in names)
        if field.name != "withheld" and hidden.any():
            values = zip(hidden, frame[field.name].astype(object), strict=True)
            emptied = [field.empty if out else value for out, value in values]
            told[field.name] = pd.Series(emptied, frame.index, dtype=frame[field.name].dtype)
    return told


def readable(record: Record) -> Record:
    """Give one actor's record with the fields that its owner withheld emptied."""
    hidden = {*record["withheld"]} - {"withheld"}
    emptied = {one.name: one.empty for one in ACTOR.fields[2:] if one.name in hidden}
    return {**record, **emptied}
