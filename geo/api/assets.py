"""Leaflet, its plugin and our own scripts and styles, served by the app itself."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.api.responses import file_or_not_found
from geo.output.webfiles import asset


def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    return file_or_not_found(request, lambda: asset(name), lasting=True, by_content=True)


def routes() -> list[BaseRoute]:
    """List the routes of web assets."""
    return [
        Route("/assets/{name}", _asset),
        Route("/assets/images/{name}", _asset),  # Leaflet's style sheet asks for images there
    ]
