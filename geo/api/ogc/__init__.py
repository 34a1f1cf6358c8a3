"""OGC API – Features: part 1, core, GeoJSON, OpenAPI 3.0 and HTML; part 2, coordinate systems.

The modules of the data are imported when first asked for: the server must answer before they load.
"""

from importlib import import_module
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from geo.api.concurrency import Work
from geo.api.public_route import Handler, in_turn, public

_PATHS: Final = {
    "/api": "landing",
    "/api/": "landing",
    "/api/conformance": "conformance",
    "/api/openapi": "definition",
    "/api/openapi.json": "definition",
    "/api/collections": "collections",
    "/api/collections/{collection}": "collection",
    "/api/collections/{collection}/items": "features",
    "/api/collections/{collection}/items/{feature}": "feature",
}


def _later(module: str, name: str) -> Handler:
    def handler(request: Request) -> Response | Work:
        function: Handler = getattr(import_module(module), name)
        return function(request)

    return handler


def routes() -> list[BaseRoute]:
    """List the routes of the API; the last answers for every other address under it."""
    questions = [
        public(f"/api/{name}", in_turn(_later("geo.api.answers", name)))
        for name in ("nearest", "coverage", "ecosystem", "network", "locate", "communes")
    ]
    features = [public(path, _later("geo.api.ogc.handlers", name)) for path, name in _PATHS.items()]
    return [
        *questions,
        *features,
        public("/api/{rest:path}", _later("geo.api.ogc.handlers", "unknown")),
    ]
