"""What a new store holds: the catalysts of a file, and the network's own ecosystem."""

from pathlib import Path
from typing import Any

import pandas as pd

from geo.directory.catalysts import read_catalysts
from geo.directory.schema import ACTOR, KINDS
from geo.directory.store.changes import Changes, Record
from geo.directory.store.network import network_changes
from geo.directory.store.store import Store

AUTHOR = "Catalyse"
PUBLISHED = "publiee"
_SHARED = [field.name for field in ACTOR.fields]


def seed(store: Store, path: Path, *, network: bool = False) -> None:
    """Fill an empty store with the catalysts of a file, as its first snapshot.

    ``network``: the network's own ecosystem with them, so that a first start shows alliances.

    Raises
    ------
    MissingDataError, BadFileError
        See ``read_catalysts`` and ``network_records``.
    """
    changes = Changes.one("actor", *(actor(row) for row in read_catalysts(path).to_dict("records")))
    message = "Création de la base avec les catalyseurs fournis"
    if network:
        changes += network_changes(_as_written(changes))
        message += " et l’écosystème du réseau"
    store.write(changes, author=AUTHOR, message=message)


def _as_written(changes: Changes) -> dict[str, pd.DataFrame]:
    found = {}
    for kind in ("actor", "alliance", "ecosystem"):
        name = KINDS[kind].id
        rows = pd.DataFrame(changes.put.get(kind, []), columns=[f.name for f in KINDS[kind].fields])
        found[kind] = rows.set_index(name, drop=False)
    return found


def actor(row: dict[Any, Any]) -> Record:
    """Return the actor that a catalyst is."""
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
