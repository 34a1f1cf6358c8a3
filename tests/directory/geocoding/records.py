"""Drawn records of kind « actor »."""

import pandas as pd

from geo.directory.schema import ACTOR

REALS = ("longitude", "latitude", "location_score")


def actor(actor_id: str, **fields: object) -> dict[str, object]:
    """Draw one record; what is not said is empty."""
    return ACTOR.blank() | {"actor_id": actor_id, "actor_name": f"Nom {actor_id}"} | fields


def actors(*records: dict[str, object]) -> pd.DataFrame:
    """Put records in the frame that the store gives."""
    frame = pd.DataFrame(list(records), columns=[field.name for field in ACTOR.fields])
    return frame.set_index("actor_id", drop=False).astype(dict.fromkeys(REALS, "float64"))
