"""What the public may see: published records only, without the fields that were withdrawn.

Every page, export and route reads through here; what is withheld never leaves the store.
"""

from typing import Final
from weakref import WeakKeyDictionary

import pandas as pd

from geo.directory.catalysts import OPTIONAL, REQUIRED, web_link
from geo.directory.completeness import filled
from geo.directory.schema import KINDS
from geo.directory.store.store import Store
from geo.directory.store.worlds import only_real
from geo.directory.withheld import without_withheld

_PUBLIC: Final = "publiee"
_DECLARED: Final = "declared"
_CATALYST: Final = {"actor_id": "catalyst_id", "actor_name": "catalyst_name"}
_KEPT: Final[WeakKeyDictionary[Store, dict[str, tuple[pd.DataFrame, pd.DataFrame]]]] = (
    WeakKeyDictionary()
)
_COLUMNS: Final = [name for name in (*REQUIRED, *OPTIONAL) if name != "fictif"]


def published(store: Store, kind: str) -> pd.DataFrame:
    """Read the published records of a kind, fields withheld by their owner emptied.

    The frame is everybody's: it is not to be changed.
    """
    found = store.read(kind)
    known = _KEPT.setdefault(store, {})
    read, public = known.get(kind, (None, found))
    if read is not found:  # the store gives the same frame as long as nothing changed
        public = without_withheld(found[found["status"] == _PUBLIC], KINDS[kind])
        known[kind] = found, public
    return public


def published_catalysts(store: Store) -> pd.DataFrame:
    """Return the published catalysts, the actors with a practice or a public proof, by name.

    Practices that were declared for a whole file make a local actor, not a catalyst. The
    fictitious territory has none: all that counts catalysts reads them here.

    Returns
    -------
    The columns of ``read_catalysts``, indexed by ``catalyst_id``.
    """
    return _named(_parted(store)[0])


def published_local_actors(store: Store) -> pd.DataFrame:
    """Return the published actors whose practices were declared for a whole file, by name.

    Returns
    -------
    The columns of ``published_catalysts``, indexed by ``catalyst_id``.
    """
    return _named(_parted(store)[1])


def _parted(store: Store) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part the actors that are catalysts from those that are local actors; others are neither."""
    actors = only_real(published(store, "actor"))
    practising = actors["practices"].map(bool).astype(bool)
    declared = practising & (actors["practices_basis"] == _DECLARED) & (actors["evidence"] == "")
    known = practising | (actors["evidence"] != "")
    return actors[known & ~declared], actors[declared]


def _named(known: pd.DataFrame) -> pd.DataFrame:
    named = known.rename(columns=_CATALYST).assign(filled=filled(known))
    found = named[[*_COLUMNS, "fictive", "longitude", "latitude", "filled"]]
    found = found.assign(
        website=found["website"].map(web_link), source_url=found["source_url"].map(web_link)
    )
    order = found["catalyst_name"].str.casefold().sort_values(kind="stable").index
    return found.loc[order].set_index("catalyst_id", drop=False)
