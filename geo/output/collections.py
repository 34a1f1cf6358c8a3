"""The collections that anybody may read, as the API and the tiles serve them.

Each is a dataset of ``geo.output.datasets``, so published records and publishable fields only; it
is read again when the store has changed, and its stamp tells one content from another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from threading import RLock
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import orjson
import pandas as pd
import shapely

from geo.directory.directory import Directory, directory
from geo.directory.reading import readable_book
from geo.directory.resources import catalogue
from geo.directory.schema import FLAG, TEXTS
from geo.directory.store.open import check_not_lost, open_store
from geo.directory.store.store import Store
from geo.errors import UnknownCodeError
from geo.output.datasets import areas, records
from geo.output.datasets.programmes import programmes as programmes_table
from geo.output.datasets.table import Dataset
from geo.reference import programmes
from geo.reference.kinds import KINDS, TerritoryKind
from geo.vocabulary import plural

Rows = npt.NDArray[np.int64]
Box = tuple[float, float, float, float]
_FULL: Final = orjson.OPT_SERIALIZE_NUMPY
_NATURES: Final = {
    "places": programmes.PLACE,
    "programmes": programmes.TERRITORY,
    "badges": programmes.BADGE,
}
_building: Final = RLock()


@dataclass(frozen=True)
class Collection:
    """One collection: its id in addresses, what a person reads, the kind of its territories."""

    id: str
    name: str
    description: str
    kind: str = ""

    @property
    def title(self) -> str:
        """Return its own name, or the plural of its kind, which only the vocabulary knows."""
        name = self.name or plural(self.kind)
        return name[0].upper() + name[1:]


def _of(kind: TerritoryKind) -> Collection:
    description = f"{kind.description}, avec leur périmètre en plein détail."
    return Collection(kind.collection, "", description, kind.code)


COLLECTIONS: Final = {
    one.id: one
    for one in (
        Collection(
            "catalysts",
            "Catalyseurs territoriaux",
            "Organisations qui rendent possibles les alliances locales, au point connu.",
        ),
        Collection(
            "actors", "Acteurs", "Toutes les organisations publiées, catalyseurs compris, au point."
        ),
        Collection(
            "alliances",
            "Alliances",
            "Alliances publiées, dessinées comme des traits droits entre membres placés : un "
            "dessin, non un lieu.",
        ),
        Collection(
            "resources",
            "Ressources",
            "Parcours, guides, webinaires, études que des textes publics nomment, sans lieu.",
        ),
        *map(_of, KINDS),
        Collection(
            "places",
            "Lieux ressources",
            "Fabriques de territoire et Manufactures de proximité, au point de leur commune : ce "
            "ne sont pas des catalyseurs.",
        ),
        Collection(
            "programmes",
            "Territoires accompagnés",
            "Territoires d’engagement, Cités éducatives, Cités de l’emploi, au point d’un de leurs "
            "territoires.",
        ),
        Collection(
            "badges",
            "Communes lauréates",
            "Petites villes de demain, Action cœur de ville, Villages d’avenir, au point d’une "
            "commune.",
        ),
    )
}


@dataclass(frozen=True, eq=False)
class CollectionContent:
    """What a collection holds now: a dataset, ready to be searched."""

    dataset: Dataset

    @cached_property
    def stamp(self) -> str:
        """Name the content by its own bytes: the same in every process."""
        shapes = shapely.to_wkb(self.dataset.geometry)
        found = sha256(orjson.dumps(self.dataset.frame.to_numpy().tolist(), option=_FULL))
        found.update(b"".join(shape or b"-" for shape in shapes))
        return found.hexdigest()[:16]

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the boxes of its shapes."""
        return shapely.STRtree(self.dataset.geometry)

    @cached_property
    def bounds(self) -> Box | None:
        """Return west, south, east, north of all its shapes; None when nothing is placed."""
        if not self.dataset.placed_count:
            return None
        west, south, east, north = shapely.total_bounds(self.dataset.geometry).tolist()
        return west, south, east, north

    def rows(self, boxes: list[Box] | None, filters: Mapping[str, Any]) -> Rows:
        """Find the rows that touch one of the boxes and hold every value wanted, in order."""
        matches = np.ones(len(self.dataset.frame), dtype=bool)
        if boxes is not None:
            shapes = [shapely.box(*box) for box in boxes]
            matches[:] = False
            matches[self.tree.query(shapes, predicate="intersects")[1]] = True
        for name, value in filters.items():
            matches &= self._holding(name, value)
        return np.flatnonzero(matches)

    def _holding(self, name: str, value: Any) -> npt.NDArray[np.bool_]:
        column = self.dataset.frame[name]
        type_ = next(column.type for column in self.dataset.columns if column.name == name)
        if type_ == TEXTS:
            matches = [value in some if value else not some for some in column]
            return np.array(matches, dtype=bool)
        if type_ == FLAG:
            return np.asarray(column.astype(bool) == value, dtype=bool)
        return np.asarray(column == value, dtype=bool)

    def row(self, record_id: str) -> int | None:
        """Find the row of an id, None where there is none."""
        place = self.dataset.frame.index.get_indexer(pd.Index([record_id]))[0]
        return int(place) if place >= 0 else None


def content(name: str) -> CollectionContent:
    """Read what a collection holds now.

    Raises
    ------
    UnknownCodeError
        No collection has that id.
    """
    if name not in COLLECTIONS:
        raise UnknownCodeError(
            f"Collection inconnue : « {name[:40]} ». Collections : {', '.join(COLLECTIONS)}."
        )
    with _building:
        if kind := COLLECTIONS[name].kind:
            return _territories(kind)
        if name in _NATURES:
            return _programmes(name)
        check_not_lost()
        if name == "catalysts":
            return _catalysts(directory())
        store = open_store()
        return _of_store(store, store.snapshot())[name]


@cache
def _territories(kind: str) -> CollectionContent:
    return CollectionContent(areas.territories(kind))


@cache
def _programmes(name: str) -> CollectionContent:
    return CollectionContent(programmes_table(programmes.rows(), _NATURES[name]))


@lru_cache(maxsize=1)
def _catalysts(directory: Directory) -> CollectionContent:
    return CollectionContent(records.catalysts(directory.frame))


@lru_cache(maxsize=1)
def _of_store(store: Store, _snapshot: int) -> dict[str, CollectionContent]:
    book = readable_book(store)
    actors = book["actor"]
    return {
        "actors": CollectionContent(records.actors(actors)),
        "alliances": CollectionContent(records.alliances(book["alliance"], actors)),
        "resources": CollectionContent(records.resources(catalogue(store))),
    }
