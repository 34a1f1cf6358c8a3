"""The addresses of OGC API – Features."""

from collections.abc import Callable
from typing import Any, NoReturn

import orjson
from starlette.requests import Request
from starlette.responses import Response

from geo.api.concurrency import Work
from geo.api.health import version
from geo.api.ogc import documents, items, listing, manual, pages
from geo.api.ogc.coordinate_systems import STORED, System, system
from geo.api.ogc.links import DOCUMENT, FEATURES, GEOJSON, HTML, JSON, OPENAPI
from geo.api.ogc.openapi import openapi
from geo.api.ogc.parameters import read_query
from geo.api.problem import RefusedError
from geo.api.public_route import respond
from geo.api.public_url import origin_of
from geo.api.query_params import chosen, read_parameters
from geo.french import quoted
from geo.output.collections import COLLECTIONS, content

Answer = Response | Work
_TYPES = {"json": f"{JSON}", "html": f"{HTML}; charset=utf-8"}


def _api(request: Request) -> str:
    return f"{origin_of(request)}/api"


def _document(
    request: Request, write: Callable[[str, str], dict[str, Any]], title: str, more: str = ""
) -> Answer:
    form = chosen(request, read_parameters(request, ("f",)), DOCUMENT)
    document = write(_api(request), form)
    body = orjson.dumps(document)

    def render_body() -> bytes:
        return body if form == "json" else pages.document(document, title, more)

    return _respond(request, body.decode() + more, _TYPES[form], render_body)


def _respond(
    request: Request,
    key: str,
    type_: str,
    write: Callable[[], bytes],
    system: System | None = None,
) -> Answer:
    """Answer as ``answered`` does, a page with the policy that keeps it still.

    ``system``: that of the features; a page writes longitudes and latitudes in any case.
    """
    headers = {"Content-Security-Policy": pages.POLICY} if type_.startswith(HTML) else {}
    if system:
        headers["Content-Crs"] = f"<{(STORED if headers else system).uri}>"
    return respond(request, key, type_, write, headers)


def landing(request: Request) -> Answer:
    """Answer with the landing page."""
    more = manual.addresses(_api(request))
    return _document(request, documents.landing, documents.TITLE, more)


def conformance(request: Request) -> Answer:
    """Answer with the parts of the standard that are followed."""
    return _document(request, documents.conformance, "Conformité")


def collections(request: Request) -> Answer:
    """Answer with the list of collections."""
    return _document(request, documents.collections, "Collections")


def collection(request: Request) -> Answer:
    """Answer with what one collection is."""
    name = request.path_params["collection"]
    content(name)
    title = COLLECTIONS[name].title
    return _document(request, lambda api, form: documents.collection(api, name, form), title)


def definition(request: Request) -> Answer:
    """Answer with the OpenAPI definition, or the same on a page."""
    types = {"json": (OPENAPI, "application/vnd.oai.openapi+json", JSON), "html": (HTML,)}
    form = chosen(request, read_parameters(request, ("f",)), types)
    document = openapi(_api(request), version())
    body = orjson.dumps(document)
    type_ = OPENAPI if form == "json" else _TYPES["html"]

    def render_body() -> bytes:
        return body if form == "json" else manual.manual(document)

    return _respond(request, body.decode(), type_, render_body)


def features(request: Request) -> Answer:
    """Answer with a page of features."""
    name = request.path_params["collection"]
    collection_content = content(name)
    query = read_query(request, collection_content.dataset)
    form = chosen(request, query.parameters, FEATURES)
    api = _api(request)

    def render_body() -> bytes:
        page = items.page(name, collection_content, query)
        links = page.links(api, form)
        return (
            items.collection_json(page, links)
            if form == "json"
            else listing.list_page(page, links, api)
        )

    type_ = GEOJSON if form == "json" else _TYPES["html"]
    key = f"{collection_content.stamp} {api} {sorted(query.parameters.items())} {query.limit}"
    return _respond(request, key, type_, render_body, query.system)


def feature(request: Request) -> Answer:
    """Answer with one feature."""
    name, record_id = request.path_params["collection"], request.path_params["feature"]
    collection_content = content(name)
    parameters = read_parameters(request, ("f", "crs"))
    form, crs = chosen(request, parameters, FEATURES), system(parameters, "crs")
    row = collection_content.row(record_id)
    if row is None:
        raise RefusedError(f"Aucune fiche {quoted(record_id[:80])} dans {name}.", "featureId", 404)
    api = _api(request)

    def render_body() -> bytes:
        links = items.feature_links(api, name, record_id, form, parameters)
        if form == "json":
            return items.feature_json(collection_content, row, links, crs)
        return listing.item_page(collection_content, row, links)

    type_ = GEOJSON if form == "json" else _TYPES["html"]
    key = f"{collection_content.stamp} {api} {record_id} {crs.code}"
    return _respond(request, key, type_, render_body, crs)


def unknown(request: Request) -> NoReturn:
    """Answer that nothing is at this address."""
    path = quoted(request.scope["path"][:120])
    raise RefusedError(f"Rien à l’adresse {path} : voyez /api.", status=404)
