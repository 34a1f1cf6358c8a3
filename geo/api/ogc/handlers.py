"""The addresses of OGC API – Features."""

from collections.abc import Callable
from typing import Any

import numpy as np
import orjson
import shapely
from starlette.requests import Request
from starlette.responses import Response

from geo.api.asked import origin_of
from geo.api.asking import chosen, given
from geo.api.health import version
from geo.api.ogc import documents, items, pages
from geo.api.ogc.links import DOCUMENT, FEATURES, GEOJSON, HTML, JSON, OPENAPI, segment
from geo.api.ogc.openapi import openapi
from geo.api.ogc.parameters import wanted
from geo.api.open import answered
from geo.api.problem import RefusedError
from geo.french import count, quoted
from geo.output.collections import COLLECTIONS, Content, content

_TYPES = {"json": f"{JSON}", "html": f"{HTML}; charset=utf-8"}


def _api(request: Request) -> str:
    return f"{origin_of(request)}/api"


def _document(
    request: Request, write: Callable[[str, str], dict[str, Any]], title: str
) -> Response:
    form = chosen(request, given(request, ("f",)), DOCUMENT)
    said = write(_api(request), form)
    body = orjson.dumps(said)

    def written() -> bytes:
        return body if form == "json" else pages.document(said, title)

    return _guarded(answered(request, body.decode(), _TYPES[form], written))


def _guarded(response: Response) -> Response:
    if response.headers.get("content-type", "").startswith(HTML):
        response.headers["Content-Security-Policy"] = pages.POLICY
    return response


def landing(request: Request) -> Response:
    """Answer with the landing page."""
    return _document(request, documents.landing, documents.TITLE)


def conformance(request: Request) -> Response:
    """Answer with the parts of the standard that are kept."""
    return _document(request, documents.conformance, "Conformité")


def collections(request: Request) -> Response:
    """Answer with the list of collections."""
    return _document(request, documents.collections, "Collections")


def collection(request: Request) -> Response:
    """Answer with what one collection is."""
    name = request.path_params["collection"]
    content(name)
    title = COLLECTIONS[name].title
    return _document(request, lambda api, form: documents.collection(api, name, form), title)


def definition(request: Request) -> Response:
    """Answer with the OpenAPI definition, or the same said on a page."""
    types = {"json": (OPENAPI, "application/vnd.oai.openapi+json", JSON), "html": (HTML,)}
    form = chosen(request, given(request, ("f",)), types)
    said = openapi(_api(request), version())
    body = orjson.dumps(said)
    type_ = OPENAPI if form == "json" else _TYPES["html"]

    def written() -> bytes:
        return body if form == "json" else _manual(said)

    return _guarded(answered(request, body.decode(), type_, written))


def _manual(said: dict[str, Any]) -> bytes:
    body = f"<p>{pages.cell(said['info']['description'])}</p>"
    shared = said["components"]["parameters"]
    for path, methods in said["paths"].items():
        one = methods["get"]
        listed = [
            shared[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in one["parameters"]
        ]
        rows = [[pages.cell(p["name"]), pages.cell(p.get("description", ""))] for p in listed]
        body += f"<h2>{pages.cell(one['summary'])}</h2>"
        body += pages.table(f"/api{path}", ["Paramètre", "Sens"], rows)
    return pages.html("Mode d’emploi de l’API", body)


def features(request: Request) -> Response:
    """Answer with a page of features."""
    name = request.path_params["collection"]
    held = content(name)
    asked = wanted(request, held.dataset)
    form = chosen(request, asked.asked, FEATURES)
    api = _api(request)

    def written() -> bytes:
        page = items.page(name, held, asked)
        links = page.links(api, form)
        return items.collection_json(page, links) if form == "json" else _listed(page, links, api)

    type_ = GEOJSON if form == "json" else _TYPES["html"]
    key = f"{held.stamp} {api} {sorted(asked.asked.items())} {asked.limit}"
    return _guarded(answered(request, key, type_, written))


def _listed(page: items.Page, links: list[dict[str, str]], api: str) -> bytes:
    dataset = page.content.dataset
    title = COLLECTIONS[page.name].title
    rows = items.records(dataset, page.rows)
    cells = [
        [
            _named(api, page.name, row[dataset.id]),
            *(pages.cell(row[name]) for name in dataset.names[1:]),
        ]
        for row in rows
    ]
    said = f"{count(page.matched, 'fiche')}, dont {len(rows)} sur cette page"
    body = pages.table(said, [column.label for column in dataset.columns], cells)
    about = items.about(dataset)
    return pages.html(
        title, pages.links(links) + body + pages.facts(about), about.get("notice", "")
    )


def _named(api: str, name: str, record_id: str) -> str:
    address = f"{api}/collections/{name}/items/{segment(record_id)}?f=html"
    return f'<a href="{pages.cell(address)}">{pages.cell(record_id)}</a>'


def feature(request: Request) -> Response:
    """Answer with one feature."""
    name, record_id = request.path_params["collection"], request.path_params["feature"]
    held = content(name)
    form = chosen(request, given(request, ("f",)), FEATURES)
    row = held.row(record_id)
    if row is None:
        raise RefusedError(f"Aucune fiche {quoted(record_id[:80])} dans {name}.", "featureId", 404)
    api = _api(request)

    def written() -> bytes:
        links = items.feature_links(api, name, record_id, form)
        if form == "json":
            return items.feature_json(held, row, links)
        return _one(held, row, links)

    type_ = GEOJSON if form == "json" else _TYPES["html"]
    return _guarded(answered(request, f"{held.stamp} {api} {record_id}", type_, written))


def _one(held: Content, row: int, links: list[dict[str, str]]) -> bytes:
    dataset, shape = held.dataset, held.dataset.geometry[row]
    (said,) = items.records(dataset, np.array([row]))
    named = {column.label: said[column.name] for column in dataset.columns}
    drawn = {"Géométrie": "aucune"}
    if shape is not None:
        box = ", ".join(f"{one:.5f}" for one in shapely.bounds(shape))
        drawn = {"Géométrie": f"{shape.geom_type}, ouest, sud, est, nord : {box}"}
    about = items.about(dataset, row)
    title = said[dataset.names[1] if "_name" in dataset.names[1] else "territory_name"]
    body = pages.facts(named | drawn | about) + pages.links(links)
    return pages.html(str(title), body, about.get("notice", ""))


def unknown(request: Request) -> Response:
    """Answer that nothing is at this address."""
    path = quoted(request.scope["path"][:120])
    raise RefusedError(f"Rien à l’adresse {path} : voyez /api.", status=404)
