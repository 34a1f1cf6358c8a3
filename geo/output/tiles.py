"""Vector tiles of the collections: simplified by zoom, cut with a margin, kept in memory.

Shared borders stay shared: territories are simplified together by the pipeline, and a corner falls
on the same whole coordinate in every shape and every tile that holds it.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import web_square
from geo.errors import UnknownCodeError
from geo.output import mvt
from geo.output.caption import LICENCE
from geo.output.collections import COLLECTIONS, CollectionContent, content
from geo.output.webfiles import WebFile, web_file
from geo.reference import france
from geo.reference.sources import attribution

Pairs = npt.NDArray[np.float64]
LAYERS: Final = tuple(name for name in COLLECTIONS if name not in {"alliances", "resources"})
MAX_ZOOM: Final = 14
BUFFER: Final = 64
_MARGIN: Final = np.array([-BUFFER, -BUFFER, BUFFER, BUFFER])
KEPT_BYTES: Final = 64_000_000
_LEAST_ZOOM: Final = {"commune": 8}  # below, too many for one tile and too small to see
_COARSE, _MIDDLE = 7, 9  # the last zooms of the outlines at 1,000 m and at 500 m
_FULL: Final = 0
_CROWD: Final = 16  # tile units: one pixel of a tile drawn 256 wide
_APART: Final = 10  # from this zoom on every point is there
_TEXTS: Final = (
    *("profile", "evidence", "programme", "town", "departement_code", "practices"),
    *("source_date", "fictive"),
)
_AREA: Final = ("territory_id", "territory_code", "territory_name", "population")


def zooms(name: str) -> tuple[int, int]:
    """Return the first and last zoom of a layer.

    Raises
    ------
    UnknownCodeError
        There is no such layer.
    """
    if name not in LAYERS:
        raise UnknownCodeError(f"Couche inconnue : « {name[:40]} ». Couches : {', '.join(LAYERS)}.")
    return _LEAST_ZOOM.get(COLLECTIONS[name].kind, 0), MAX_ZOOM


@dataclass(frozen=True, eq=False)
class _Shapes:
    """Shapes, WGS 84, and the properties of each; a tile alone projects its own to Web Mercator."""

    kind: str
    shapes: npt.NDArray[np.object_]
    records: list[dict[str, Any]]

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of their boxes in the square of the web, from 0 to 1, y down."""
        low, high = np.split(shapely.bounds(self.shapes), 2, axis=1)
        (west, south), (east, north) = web_square(low).T, web_square(high).T
        return shapely.STRtree(shapely.box(west, north, east, south))

    def tile(self, name: str, zoom: int, x: int, y: int) -> bytes:
        """Write what one tile holds of them."""
        units = mvt.EXTENT << zoom
        left, top = x * mvt.EXTENT, y * mvt.EXTENT
        box = np.array([left, top, left + mvt.EXTENT, top + mvt.EXTENT], dtype=float)
        west, north, east, south = (box + _MARGIN) / units
        rows = np.sort(self.tree.query(shapely.box(west, north, east, south)))
        geometries = shapely.transform(self.shapes[rows], web_square)
        if self.kind == "Polygon":
            geometries = shapely.clip_by_rect(geometries, west, north, east, south)

        def placed(pairs: Pairs) -> Pairs:
            # Rounded before the tile is known: the same in its neighbours.
            return np.asarray(np.rint(pairs * units) - [left, top])

        properties = [self.records[row] for row in rows]
        tile_geometries = shapely.transform(geometries, placed)
        if self.kind == "Point" and zoom < _APART:
            tile_geometries, properties = _thinned(tile_geometries, properties)
        return mvt.layer(name, self.kind, tile_geometries, properties)


def _thinned(
    points: npt.NDArray[np.object_], properties: list[dict[str, Any]]
) -> tuple[npt.NDArray[np.object_], list[dict[str, Any]]]:
    """Keep one point a pixel where many would be drawn over each other, and say how many."""
    if not len(points):
        return points, properties
    cells = np.floor(shapely.get_coordinates(points) / _CROWD)
    _, first, counts = np.unique(cells, axis=0, return_index=True, return_counts=True)
    order = np.argsort(first)
    chosen = first[order].tolist()
    many = zip(chosen, counts[order].tolist(), strict=True)
    return points[chosen], [{**properties[row], "count": count} for row, count in many]


def _detail(kind: str, zoom: int) -> int:
    """Choose the outlines to draw: 1,000 m, 500 m, or full."""
    if zoom > _MIDDLE:
        return _FULL
    return 500 if zoom > _COARSE or kind == "commune" else 1000


@lru_cache(maxsize=32)
def _shapes(collection: CollectionContent, kind: str, detail: int) -> _Shapes:
    dataset = collection.dataset
    shapes = dataset.geometry
    if detail != _FULL:
        shapes = france.outlines(kind, detail).reindex(dataset.frame["territory_code"]).to_numpy()
    placed = np.array([shape is not None for shape in shapes])
    rows = dataset.frame.loc[placed, [*_property_names(kind, collection)]]
    records = [
        {str(n): ", ".join(v) if isinstance(v, list) else v for n, v in row.items()}
        for row in rows.to_dict("records")
    ]
    return _Shapes("Polygon" if kind else "Point", shapes[placed], records)


@dataclass(eq=False)
class TileCache:
    """Files kept in memory up to so many bytes; those asked for last stay."""

    most: int
    total_bytes: int = 0
    _files: OrderedDict[Hashable, WebFile] = field(default_factory=OrderedDict)
    _lock: Any = field(default_factory=Lock)

    def get(self, key: Hashable) -> WebFile | None:
        """Find a file."""
        with self._lock:
            if key in self._files:
                self._files.move_to_end(key)
            return self._files.get(key)

    def put(self, key: Hashable, file: WebFile) -> None:
        """Keep a file, and forget the oldest that no longer fit."""
        with self._lock:
            self.total_bytes += _size(file) - (_size(self._files[key]) if key in self._files else 0)
            self._files[key] = file
            while self.total_bytes > self.most:
                self.total_bytes -= _size(self._files.popitem(last=False)[1])


def _size(file: WebFile) -> int:
    return len(file.content) + len(file.packed) + 500


_tiles: Final = TileCache(KEPT_BYTES)
_building: Final = Lock()


def tile(name: str, zoom: int, x: int, y: int) -> WebFile:
    """Write one tile, or give the one already written; an empty tile has no byte."""
    collection = content(name)
    key = (name, collection.stamp, zoom, x, y)
    if found := _tiles.get(key):
        return found
    kind = COLLECTIONS[name].kind
    with _building:  # the shapes of a layer take a second, once
        shapes = _shapes(collection, kind, _detail(kind, zoom) if kind else _FULL)
    file = web_file(shapes.tile(name, zoom, x, y), ".mvt")
    _tiles.put(key, file)
    return file


def tilejson(name: str, origin: str) -> dict[str, Any]:
    """Describe a layer, TileJSON 3.0; its address changes with its content."""
    least, most = zooms(name)
    collection = content(name)
    collection_type = COLLECTIONS[name]
    property_names = _property_names(collection_type.kind, collection)
    fields = {n.name: n.label for n in collection.dataset.columns if n.name in property_names}
    mark = {"notice": "Données fictives"} if collection.dataset.fictive else {}
    return {
        "tilejson": "3.0.0",
        "name": collection_type.title,
        "description": collection_type.description,
        "scheme": "xyz",
        "tiles": [f"{origin}/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt?v={collection.stamp}"],
        "minzoom": least,
        "maxzoom": most,
        **({"bounds": list(collection.bounds)} if collection.bounds else {}),
        "attribution": attribution(),
        "licence": LICENCE,
        "fictive": collection.dataset.fictive,
        **mark,
        "vector_layers": [{"id": name, "fields": fields, "minzoom": least, "maxzoom": most}],
    }


def _property_names(kind: str, collection: CollectionContent) -> tuple[str, ...]:
    names = collection.dataset.names
    of_catalysts = "profile" in names  # whose source is too long for a tile
    more = [
        text for text in _TEXTS if text in names and (text != "source_date" or not of_catalysts)
    ]
    return _AREA if kind else (*names[:2], *more)
