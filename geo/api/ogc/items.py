"""Features of a collection: those asked for, one page of them, as GeoJSON."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import orjson
import shapely

from geo.api.ogc.coordinate_systems import STORED, System
from geo.api.ogc.links import GEOJSON, HTML, JSON, Link, link, segment, self_links, with_query
from geo.api.ogc.parameters import FeatureQuery
from geo.api.query_params import QueryValues
from geo.output.caption import LICENCE
from geo.output.collections import COLLECTIONS, CollectionContent, Rows
from geo.output.datasets.table import Dataset, Shapes
from geo.reference.sources import attribution

_NUMPY: Final = orjson.OPT_SERIALIZE_NUMPY
FICTIVE: Final = "Données fictives"
_AT_A_TIME: Final = 100


@dataclass(frozen=True)
class Page:
    """One page of the features that match: their rows, how many match in all."""

    name: str
    content: CollectionContent
    query: FeatureQuery
    rows: Rows
    matched: int

    def links(self, api: str, form: str) -> list[Link]:
        """Link the page to itself, its other form, its neighbours and its collection."""
        collection = f"{api}/collections/{self.name}"
        address, parameters, step = f"{collection}/items", self.query.parameters, self.query.limit
        type_ = GEOJSON if form == "json" else HTML
        title = COLLECTIONS[self.name].title
        links = self_links(address, form, GEOJSON, title, parameters)
        after, before = self.query.offset + step, max(0, self.query.offset - step)
        page_parameters = {"limit": str(step), "f": form}
        if after < self.matched:
            next_url = with_query(address, parameters, offset=str(after), **page_parameters)
            links.append(link(next_url, "next", type_, "Page suivante"))
        if self.query.offset:
            previous_url = with_query(address, parameters, offset=str(before), **page_parameters)
            links.append(link(previous_url, "prev", type_, "Page précédente"))
        links.append(
            link(
                with_query(collection, f=form),
                "collection",
                JSON if form == "json" else HTML,
                title,
            )
        )
        return links


def page(name: str, content: CollectionContent, query: FeatureQuery) -> Page:
    """Return the page a request asks for."""
    rows = content.rows(query.boxes, query.properties)
    page_rows = rows[query.offset : query.offset + query.limit]
    return Page(name, content, query, page_rows, len(rows))


def collection_json(page: Page, links: list[Link]) -> bytes:
    """Write a page as a GeoJSON FeatureCollection."""
    members = {
        "type": "FeatureCollection",
        "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "numberMatched": page.matched,
        "numberReturned": len(page.rows),
        **about(page.content.dataset),
        "links": links,
    }
    features = b",".join(_features(page.content.dataset, page.rows, page.query.system))
    return orjson.dumps(members)[:-1] + b',"features":[' + features + b"]}"


def feature_json(content: CollectionContent, row: int, links: list[Link], system: System) -> bytes:
    """Write one feature as GeoJSON, with its links."""
    (text,) = _features(content.dataset, np.array([row]), system)
    more = {**about(content.dataset, row), "links": links}
    return text[:-1] + b"," + orjson.dumps(more)[1:]


def about(dataset: Dataset, row: int | None = None) -> dict[str, Any]:
    """Describe what goes with every answer: licence, credit, the mark of what is made up."""
    made_up = dataset.fictive if row is None else _is_fictive(dataset, row)
    mark = {"notice": FICTIVE} if made_up else {}
    return {"fictive": made_up, **mark, "licence": LICENCE, "attribution": attribution()}


def _is_fictive(dataset: Dataset, row: int) -> bool:
    return "fictive" in dataset.frame and bool(dataset.frame["fictive"].iloc[row])


def records(dataset: Dataset, rows: Rows) -> list[dict[str, Any]]:
    """Return the properties of some rows as plain values."""
    chosen = dataset.frame.iloc[rows].to_dict("records")
    return [{str(name): _plain(value) for name, value in row.items()} for row in chosen]


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - NaN
        return None
    return value.item() if isinstance(value, np.generic) else value


def _features(dataset: Dataset, rows: Rows, system: System) -> list[bytes]:
    shapes = to_geojson(dataset.geometry[rows], system, multiple=dataset.shape == "MultiPolygon")
    texts = zip(records(dataset, rows), shapes, strict=True)
    return [
        b'{"type":"Feature","id":%b,"geometry":%b,"properties":%b}'
        % (
            orjson.dumps(record[dataset.id]),
            (shape or "null").encode(),
            orjson.dumps(record, option=_NUMPY),
        )
        for record, shape in texts
    ]


def to_geojson(
    shapes: Shapes, system: System = STORED, *, multiple: bool = False
) -> list[str | None]:
    """Write shapes as GeoJSON, right-hand rings, to the centimetre; None where there is none.

    ``multiple``: every polygon as a multiple one, so that all have the type a reader guessed from
    the first of them.
    """
    if not len(shapes):
        return []
    oriented = shapely.orient_polygons(_multiple(shapes) if multiple else shapes)
    placed = system.project(oriented)
    rounded = shapely.transform(placed, lambda pairs: np.round(pairs, system.decimals))
    # Nothing else runs while one call writes: ten thousand communes at once stop every visitor.
    pieces = np.array_split(rounded, len(rounded) // _AT_A_TIME + 1)
    return [text for piece in pieces for text in shapely.to_geojson(piece).tolist()]


def feature_links(
    api: str, name: str, record_id: str, form: str, parameters: QueryValues
) -> list[Link]:
    """Link a feature to itself, its other form and its collection."""
    collection = f"{api}/collections/{name}"
    title = COLLECTIONS[name].title
    found = self_links(
        f"{collection}/items/{segment(record_id)}", form, GEOJSON, record_id, parameters
    )
    type_ = JSON if form == "json" else HTML
    return [*found, link(with_query(collection, f=form), "collection", type_, title)]


def _multiple(shapes: Shapes) -> Shapes:
    parts, rows = shapely.get_parts(shapes, return_index=True)
    found = np.full(len(shapes), None, dtype=object)
    return np.asarray(shapely.multipolygons(parts, indices=rows, out=found))
