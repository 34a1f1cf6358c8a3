"""Actors made for tests: whole records from the few fields a test cares about."""

from typing import Any

import pandas as pd

from geo.directory.schema import ACTOR, KINDS, MERGE


def actor(actor_id: str, **fields: Any) -> dict[str, Any]:
    return record("actor", actor_id=actor_id, **{"status": "publiee", **fields})


def record(kind: str, **fields: Any) -> dict[str, Any]:
    assert fields.keys() <= KINDS[kind].blank().keys()
    return {**KINDS[kind].blank(), **fields}


def frame(*records: dict[str, Any]) -> pd.DataFrame:
    """Shape records as the store gives them: index by id, NaN for a missing real."""
    table = pd.DataFrame(list(records), columns=[field.name for field in ACTOR.fields])
    for field in ACTOR.fields:
        if field.type == "DOUBLE":
            table[field.name] = table[field.name].astype("float64")
    return table.set_index("actor_id", drop=False)


def decisions(*records: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(records), columns=[field.name for field in MERGE.fields])


NOTHING = decisions()
