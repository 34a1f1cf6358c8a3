"""What a visitor may read of the store: no withheld field, no draft but for those who edit."""

from itertools import compress
from typing import Final

import pandas as pd

from geo.directory.ecosystems import Book, visible_rows, with_example
from geo.directory.published import published
from geo.directory.store.lookup import known
from geo.directory.store.store import Store
from geo.directory.store.worlds import world
from geo.directory.withheld import without_withheld

_KINDS: Final = ("alliance", "project", "action", "contact", "perimeter", "assessment")
_DRAFTS: Final = ("a_valider", "brouillon", "")
_SHOWN: Final = ("alliance", "project", "action", "ecosystem")
_NAMING: Final = {
    "alliance": {"actor": "member_ids"},
    "project": {"actor": "actor_ids", "alliance": "alliance_ids"},
    "ecosystem": {"actor": "actor_ids"},
}
"""Lists that name other records: an id is made of a name, so it is not shown either."""


def whole_book(store: Store) -> Book:
    """Read every table as it is, the built-in example added to the ecosystems."""
    tables = {kind: store.read(kind) for kind in ("actor", *_KINDS)}
    return tables | {"ecosystem": with_example(store.read("ecosystem"))}


def readable_book(
    store: Store, *, drafts: bool = False, fictitious: bool = False, whole: Book | None = None
) -> Book:
    """Read every table as a visitor may: drafts only for those whose changes are received.

    A record left out is not named by another either. ``whole`` spares a second reading.
    ``fictitious``: the fictitious territory too, for who then keeps the two apart with ``world``.
    """
    seen = _readable(store, drafts=drafts, whole=whole)
    return seen if fictitious else world(seen)


def _readable(store: Store, *, drafts: bool, whole: Book | None) -> Book:
    book = whole or whole_book(store)
    seen = {**book, "actor": readable_actors(store, drafts=drafts)}
    if drafts:
        return seen
    seen |= {kind: visible_rows(book[kind]) for kind in _SHOWN}
    seen["assessment"] = book["assessment"].iloc[:0]  # the team's own look at itself
    for kind in _NAMING:
        seen[kind] = naming_known(kind, seen)
    return seen


def readable_actors(store: Store, *, drafts: bool = False) -> pd.DataFrame:
    """Read actors without their withheld fields: those published, and drafts after them."""
    public = published(store, "actor")
    if not drafts:
        return public
    every = store.read("actor")
    more = every[every["status"].isin(_DRAFTS)]
    return pd.concat([public, without_withheld(more)]) if len(more) else public


def naming_known(kind: str, seen: Book) -> pd.DataFrame:
    """Leave out of records the ids of those that this visitor may not see."""
    frame = seen[kind]
    for other, column in _NAMING[kind].items():
        readable = known(seen[other], (one for ids in frame[column] for one in ids))
        if all(one in readable for ids in frame[column] for one in ids):
            continue
        masks = [[one in readable for one in ids] for ids in frame[column]]
        frame = frame.copy()
        for name in [column, "member_roles"] if kind == "alliance" else [column]:
            lists = zip(frame[name], masks, strict=True)
            frame[name] = pd.Series([[*compress(*both)] for both in lists], frame.index)
    return _at_home(frame, seen) if kind == "project" else frame


def _at_home(projects: pd.DataFrame, seen: Book) -> pd.DataFrame:
    at_home = projects["ecosystem_id"].isin(seen["ecosystem"].index)
    return projects.assign(ecosystem_id=projects["ecosystem_id"].where(at_home, ""))
