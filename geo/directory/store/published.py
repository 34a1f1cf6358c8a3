"""What the public may see: published records only, without the fields that were withdrawn.

Every page, export and route reads through here; what is withheld never leaves the store.
"""

from typing import Final

import pandas as pd

from geo.directory.catalysts import OPTIONAL, REQUIRED, web_link
from geo.directory.store.kinds import KINDS
from geo.directory.store.store import Store

_PUBLIC: Final = "publiee"
_CATALYST: Final = {"actor_id": "catalyst_id", "actor_name": "catalyst_name"}
_COLUMNS: Final = [name for name in (*REQUIRED, *OPTIONAL) if name != "fictif"]


def published(store: Store, kind: str) -> pd.DataFrame:
    """Read the published records of a kind, fields withheld by their owner emptied."""
    found = store.read(kind)
    found = found[found["status"] == _PUBLIC]
    if "withheld" not in found or not found["withheld"].map(bool).any():
        return found
    return _without_withheld(kind, found.copy())


def _without_withheld(kind: str, found: pd.DataFrame) -> pd.DataFrame:
    for field in KINDS[kind].fields[2:]:
        hidden = found["withheld"].map(lambda names, name=field.name: name in names)
        if field.name != "withheld" and hidden.any():
            kept = found[field.name].astype(object)
            values = [field.empty if out else one for out, one in zip(hidden, kept, strict=True)]
            found[field.name] = pd.Series(values, index=found.index, dtype=found[field.name].dtype)
    return found


def published_catalysts(store: Store) -> pd.DataFrame:
    """Give the published catalysts, the actors with a practice or a public proof, by name.

    Returns
    -------
    The columns of ``read_catalysts``, indexed by ``catalyst_id``.
    """
    actors = published(store, "actor")
    known = actors[actors["practices"].map(bool) | (actors["evidence"] != "")]
    found = known.rename(columns=_CATALYST)[[*_COLUMNS, "fictive", "longitude", "latitude"]]
    found = found.assign(
        website=found["website"].map(web_link), source_url=found["source_url"].map(web_link)
    )
    order = found["catalyst_name"].str.casefold().sort_values(kind="stable").index
    return found.loc[order].set_index("catalyst_id", drop=False)
