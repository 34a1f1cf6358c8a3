"""Links between the documents of the API, and the types they are served as."""

from typing import Final
from urllib.parse import quote, urlencode

from geo.api.query_params import QueryValues

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
HTML: Final = "text/html"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
DOCUMENT: Final = {"json": (JSON,), "html": (HTML,)}
FEATURES: Final = {"json": (GEOJSON, JSON), "html": (HTML,)}
_FORM_LABELS: Final = {JSON: "JSON", GEOJSON: "GeoJSON", HTML: "page HTML", OPENAPI: "OpenAPI"}
_FORMS: Final = {JSON: "json", GEOJSON: "json", HTML: "html"}

Link = dict[str, str]


def link(href: str, rel: str, media_type: str, title: str) -> Link:
    """Write one link."""
    return {"href": href, "rel": rel, "type": media_type, "title": title}


def self_links(
    address: str, form: str, media_type: str, title: str, parameters: QueryValues | None = None
) -> list[Link]:
    """Link a document to itself and to its other form."""
    types = (media_type, HTML)
    found = []
    for type_ in types:
        same = _FORMS[type_] == form
        link_title = title if same else f"{title} ({_FORM_LABELS[type_]})"
        found.append(
            link(
                with_query(address, parameters, f=_FORMS[type_]),
                "self" if same else "alternate",
                type_,
                link_title,
            )
        )
    return found


def with_query(address: str, parameters: QueryValues | None = None, **changed: str) -> str:
    """Return an address with the query it was asked with, some parameters changed."""
    pairs = {name: values[0] for name, values in (parameters or {}).items()} | changed
    return f"{address}?{urlencode(sorted(pairs.items()))}" if pairs else address


def segment(text: str) -> str:
    """Write an id as one segment of an address."""
    return quote(text, safe=":")
