"""What a new store holds: the catalysts of the file that ships, or that the operator named."""

from pathlib import Path
from typing import Any

import pandas as pd

from geo.directory.catalysts import read_catalysts
from geo.directory.schema import ACTOR
from geo.directory.store.changes import Changes, Record
from geo.directory.store.store import Store

AUTHOR = "Catalyse"
PUBLISHED = "publiee"
_SHARED = [field.name for field in ACTOR.fields]


def seed(store: Store, path: Path) -> None:
    """Fill an empty store with the catalysts of a file, as its first snapshot.

    Raises
    ------
    MissingDataError, BadFileError
        See ``read_catalysts``.
    """
    records = [actor(row) for row in read_catalysts(path).to_dict("records")]
    message = f"Création de la base depuis {path.name}"
    store.write(Changes.one("actor", *records), author=AUTHOR, message=message)


def actor(row: dict[Any, Any]) -> Record:
    """Give the actor that a catalyst is."""
    placed = not pd.isna(row["longitude"])
    shared = {name: row[name] for name in _SHARED if name in row}
    return {
        **ACTOR.blank(),
        **shared,
        "actor_id": row["catalyst_id"],
        "actor_name": row["catalyst_name"],
        "longitude": row["longitude"] if placed else None,
        "latitude": row["latitude"] if placed else None,
        "location_source": "commune" if placed else "",
        "status": PUBLISHED,
        "checked_on": row["source_date"],
        "revision": 0,
    }
