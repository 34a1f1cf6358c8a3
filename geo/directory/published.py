"""What the public may see: published records only, without the fields that were withdrawn.

Every page, export and route reads through here; what is withheld never leaves the store.
"""

from bisect import bisect_left
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from geo.directory.catalysts import OPTIONAL, REQUIRED, web_link
from geo.directory.completeness import USEFUL, filled
from geo.directory.name_order import in_order_of_names
from geo.directory.schema import KINDS
from geo.directory.store import state_files
from geo.directory.store.rows import rows_where
from geo.directory.store.splicing import Positions, positions, replaced, spliced, taken
from geo.directory.store.store import Store
from geo.directory.store.worlds import ids_made_up
from geo.directory.withheld import without_withheld
from geo.memory import give_back

PUBLIC: Final = "publiee"
DECLARED: Final = "declared"
_MANY: Final = 30_000
_CATALYST: Final = {"actor_id": "catalyst_id", "actor_name": "catalyst_name"}
_Frames = tuple[pd.DataFrame, pd.DataFrame]
_Sorted = tuple[pd.DataFrame, pd.DataFrame, bool]
_KEPT: Final[WeakKeyDictionary[Store, dict[str, _Sorted]]] = WeakKeyDictionary()
_NAMED: Final[WeakKeyDictionary[Store, tuple[pd.DataFrame, _Frames]]] = WeakKeyDictionary()
_TURN: Final = Lock()
_COLUMNS: Final = [name for name in (*REQUIRED, *OPTIONAL) if name != "fictif"]
_STORED: Final = {new: old for old, new in _CATALYST.items()}
_READ: Final = dict.fromkeys(
    (
        *(_STORED.get(name, name) for name in _COLUMNS),
        *("fictive", "longitude", "latitude"),
        *(name for names in USEFUL.values() for name in names),
    )
)


def published(store: Store, kind: str) -> pd.DataFrame:
    """Read the published records of a kind, fields withheld by their owner emptied.

    The frame is everybody's: it is not to be changed.
    """
    return _published(store, kind)[1]


def _published(store: Store, kind: str) -> _Sorted:
    """Return a kind as it was read, what is public of it, and whether all of it is.

    Only what changed is sorted anew.
    """
    found = store.read(kind)
    known = _KEPT.setdefault(store, {})
    cached = known.get(kind)
    if cached and cached[0] is found:  # the store gives the same frame as long as nothing changed
        return cached
    ids = store.changed(kind, cached[0], found) if cached else None
    if cached is None or ids is None:
        public, whole = _sorted_out(found, kind)
    else:
        new, is_new_whole = _sorted_out(taken(found, positions(found, ids)), kind)
        whole = cached[2] and is_new_whole
        # Where all of it is public, as before, nothing is held twice.
        public = found.copy(deep=False) if whole else replaced(cached[1], ids, new)
    known[kind] = found, public, whole
    return known[kind]


def _public(found: pd.DataFrame, kind: str) -> pd.DataFrame:
    return _sorted_out(found, kind)[0]


def _sorted_out(found: pd.DataFrame, kind: str) -> tuple[pd.DataFrame, bool]:
    """Return what is public of some records, and whether that is all of them, nothing withheld."""
    rows = rows_where(found, found["status"] == PUBLIC)
    public = without_withheld(rows, KINDS[kind])
    if kind == "actor":
        public = _with_whole_points(public)
    return public, public is rows and len(rows) == len(found)


def _with_whole_points(actors: pd.DataFrame) -> pd.DataFrame:
    """Take half a point for none, as where one coordinate is withheld: no distance is from it."""
    half = actors["longitude"].isna() != actors["latitude"].isna()
    if not half.any():
        return actors
    return actors.assign(**{axis: actors[axis].mask(half) for axis in ("longitude", "latitude")})


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
    public = _public(found, "actor")
    return _named(public, _parted(public)[0])


def _both(store: Store) -> _Frames:
    """Return catalysts and local actors, named; after an edit, from what they were before it."""
    with _TURN:  # who comes as a large base is read waits for it, and does not read it again
        if store not in _NAMED:
            _recall(store)
        found, public, _ = _published(store, "actor")
        cached = _NAMED.get(store)
        if cached and cached[0] is found:
            return cached[1]
        ids = store.changed("actor", cached[0], found) if cached else None
        if cached and ids is not None:
            some = taken(public, positions(public, ids))
            new = (_named(some, part) for part in _parted(some))
            catalysts, local = map(partial(_renamed, ids=ids), cached[1], new)
            _NAMED[store] = found, (catalysts, local)
            return catalysts, local
        catalysts, local = (_named(public, some) for some in _parted(public))
        _NAMED[store] = found, (catalysts, local)
        if len(public) > _MANY:
            _put_in_files(store)
        return _NAMED[store][1]


def _put_in_files(store: Store) -> None:
    """Hold a large base in files: of what was read, memory then holds what is looked at."""
    found, public, whole = _KEPT[store]["actor"]
    _, (catalysts, local) = _NAMED[store]
    version = store.tables.version("actor", found)
    frames = {"found": found, "catalysts": catalysts, "local": local}
    frames |= {} if whole else {"public": public}
    if version is not None and state_files.save(store, version, frames):
        del found, public, catalysts, local, frames
        _recall(store)
    give_back()  # half of what it took to read them


def _recall(store: Store) -> None:
    """Begin from what the files hold of a former state, if they do."""
    version, frames = state_files.load(store) or (0, {})
    if not frames:
        return
    found = frames["found"]
    public = frames.get("public", found)
    _KEPT.setdefault(store, {})["actor"] = found, public, public is found
    _NAMED[store] = found, (frames["catalysts"], frames["local"])
    store.tables.put("actor", version, found)


def _renamed(frame: pd.DataFrame, new: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    """Replace some records of a frame in the order of names, ids at the same name."""
    removals = np.flatnonzero(frame.index.isin([*ids]))
    if taken(frame, removals).equals(new):  # what changed shows in none of these columns
        return frame
    names = frame["catalyst_name"].array

    def key(row: int) -> tuple[str, str]:
        return names[row].casefold(), frame.index[row]

    wanted = zip(new["catalyst_name"].str.casefold(), new.index, strict=True)
    places = [bisect_left(range(len(frame)), one, key=key) for one in wanted]
    return spliced(frame, removals, new, np.array(places, dtype=np.intp))


def _parted(public: pd.DataFrame) -> tuple[Positions, Positions]:
    """Find the actors that are catalysts, and those that are local actors; others are neither."""
    real = ~ids_made_up(public)
    practising = public["practices"].map(bool).to_numpy(bool)
    proven = (public["evidence"] != "").to_numpy(bool)
    declared = practising & ~proven & (public["practices_basis"] == DECLARED).to_numpy(bool)
    known = practising | proven
    return np.flatnonzero(real & known & ~declared), np.flatnonzero(real & declared)


def _named(public: pd.DataFrame, some: Positions) -> pd.DataFrame:
    """Return some actors as catalysts, by name; those of one name in the order of their ids."""
    order = some[in_order_of_names(public["actor_name"].iloc[some])]
    found = taken(public[[*_READ]], order).rename(columns=_CATALYST)
    links = {name: _of_distinct(found[name], web_link) for name in ("website", "source_url")}
    found = found.assign(filled=filled(found), **links)
    return found[[*_COLUMNS, "fictive", "longitude", "latitude", "filled"]].set_index(
        "catalyst_id", drop=False
    )


def _of_distinct(column: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """Change texts, each of those that are the same once."""
    codes, distinct = pd.factorize(column)
    changed = pd.Series(distinct, dtype=column.dtype).map(change).astype(column.dtype)
    return changed.take(codes).set_axis(column.index)
