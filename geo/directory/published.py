"""What the public may see: published records only, without the fields that were withdrawn.

Every page, export and route reads through here; what is withheld never leaves the store.
"""

from bisect import bisect_left
from functools import partial
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from geo.directory.catalysts import OPTIONAL, REQUIRED, web_link
from geo.directory.completeness import filled
from geo.directory.schema import KINDS
from geo.directory.store.rows import rows_where
from geo.directory.store.splicing import positions, replaced, spliced
from geo.directory.store.store import Store
from geo.directory.store.worlds import only_real
from geo.directory.withheld import without_withheld

PUBLIC: Final = "publiee"
DECLARED: Final = "declared"
_CATALYST: Final = {"actor_id": "catalyst_id", "actor_name": "catalyst_name"}
_Frames = tuple[pd.DataFrame, pd.DataFrame]
_KEPT: Final[WeakKeyDictionary[Store, dict[str, _Frames]]] = WeakKeyDictionary()
_NAMED: Final[WeakKeyDictionary[Store, tuple[pd.DataFrame, _Frames]]] = WeakKeyDictionary()
_COLUMNS: Final = [name for name in (*REQUIRED, *OPTIONAL) if name != "fictif"]


def published(store: Store, kind: str) -> pd.DataFrame:
    """Read the published records of a kind, fields withheld by their owner emptied.

    The frame is everybody's: it is not to be changed.
    """
    return _published(store, kind)[1]


def _published(store: Store, kind: str) -> _Frames:
    """Return a kind as it was read, and what is public of it; only what changed is sorted anew."""
    found = store.read(kind)
    known = _KEPT.setdefault(store, {})
    cached = known.get(kind)
    if cached and cached[0] is found:  # the store gives the same frame as long as nothing changed
        return cached
    ids = store.changed(kind, cached[0], found) if cached else None
    if cached is None or ids is None:
        public = _public(found, kind)
    else:
        public = replaced(cached[1], ids, _public(found.iloc[positions(found, ids)], kind))
    known[kind] = found, public
    return known[kind]


def _public(found: pd.DataFrame, kind: str) -> pd.DataFrame:
    return without_withheld(rows_where(found, found["status"] == PUBLIC), KINDS[kind])


def published_catalysts(store: Store) -> pd.DataFrame:
    """Return the published catalysts, the actors with a practice or a public proof, by name.

    Practices that were declared for a whole file make a local actor, not a catalyst. The
    fictitious territory has none: all that counts catalysts reads them here.

    Returns
    -------
    The columns of ``read_catalysts``, indexed by ``catalyst_id``.
    """
    return _both(store)[0]


def published_local_actors(store: Store) -> pd.DataFrame:
    """Return the published actors whose practices were declared for a whole file, by name.

    Returns
    -------
    The columns of ``published_catalysts``, indexed by ``catalyst_id``.
    """
    return _both(store)[1]


def catalysts_among(found: pd.DataFrame) -> pd.DataFrame:
    """Return those of some actors that are published catalysts, as ``published_catalysts`` does.

    ``found``: whole records by ``actor_id``, in the order of their ids.
    """
    return _named(_parted(_public(found, "actor"))[0])


def _both(store: Store) -> _Frames:
    """Return catalysts and local actors, named; after an edit, from what they were before it."""
    found, public = _published(store, "actor")
    cached = _NAMED.get(store)
    if cached and cached[0] is found:
        return cached[1]
    ids = store.changed("actor", cached[0], found) if cached else None
    if cached is None or ids is None:
        catalysts, local = map(_named, _parted(public))
    else:
        new = map(_named, _parted(public.iloc[positions(public, ids)]))
        catalysts, local = map(partial(_renamed, ids=ids), cached[1], new)
    _NAMED[store] = found, (catalysts, local)
    return catalysts, local


def _renamed(frame: pd.DataFrame, new: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    """Replace some records of a frame in the order of names, ids at the same name."""
    names = frame["catalyst_name"].array

    def key(row: int) -> tuple[str, str]:
        return names[row].casefold(), frame.index[row]

    wanted = zip(new["catalyst_name"].str.casefold(), new.index, strict=True)
    places = [bisect_left(range(len(frame)), one, key=key) for one in wanted]
    removals = np.flatnonzero(frame.index.isin([*ids]))
    return spliced(frame, removals, new, np.array(places, dtype=np.intp))


def _parted(public: pd.DataFrame) -> _Frames:
    """Part the actors that are catalysts from those that are local actors; others are neither."""
    actors = only_real(public)
    practising = actors["practices"].map(bool).astype(bool)
    declared = practising & (actors["practices_basis"] == DECLARED) & (actors["evidence"] == "")
    known = practising | (actors["evidence"] != "")
    return actors[known & ~declared], actors[declared]


def _named(known: pd.DataFrame) -> pd.DataFrame:
    named = known.rename(columns=_CATALYST).assign(filled=filled(known))
    found = named[[*_COLUMNS, "fictive", "longitude", "latitude", "filled"]]
    found = found.assign(
        website=found["website"].map(web_link), source_url=found["source_url"].map(web_link)
    )
    names = found["catalyst_name"].str.casefold().reset_index(drop=True)
    order = names.sort_values(kind="stable").index
    return found.iloc[order].set_index("catalyst_id", drop=False)
