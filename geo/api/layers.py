"""Layers that the maps fetch once: outlines, one territory, names of places, published records.

Maps are imported when first asked for: the server must answer before pandas and Folium load.
"""

from typing import Final

from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.api.responses import file_or_not_found
from geo.output.first.last_answer import layer
from geo.output.webfiles import WebFile, published


class _Short(IntegerConvertor):
    """A whole number of an address: of more digits than Python reads, it is no such address."""

    regex = "[0-9]{1,9}"


register_url_convertor("short", _Short())
_BOX: Final = ("zoom", "west", "north", "east", "south")
_VIEW: Final = "/".join(f"{{{side}:short}}" for side in _BOX)


def _outlines(request: Request) -> Response:
    if early := layer(f"{request.url.path}?{request.url.query}"):
        return file_or_not_found(request, lambda: early, lasting=True)
    from geo.output.maps import outlines  # noqa: PLC0415

    kind, text = request.path_params["kind"], request.path_params["tolerance"]
    tolerance = next((one for one in outlines.TOLERANCES if str(one) == text), 0)
    return file_or_not_found(request, lambda: outlines.outlines(kind, tolerance), lasting=True)


def _territory(request: Request) -> Response:
    from geo.output.maps import outlines  # noqa: PLC0415

    kind, code = request.path_params["kind"], request.path_params["code"]
    return file_or_not_found(request, lambda: outlines.territory(kind, code))


def _borders(request: Request) -> Response:
    from geo.output.maps import borders  # noqa: PLC0415

    at = request.path_params
    return file_or_not_found(request, lambda: borders.borders(at["kind"], at["x"], at["y"]))


def _ground(request: Request) -> Response:
    from geo.output.maps import ground  # noqa: PLC0415

    at = request.path_params
    return file_or_not_found(request, lambda: ground.ground(at["zoom"], at["x"], at["y"]))


def _towns(request: Request) -> Response:
    from geo.output.maps import names  # noqa: PLC0415

    return file_or_not_found(request, names.towns, lasting=True)


def _communes(request: Request) -> Response:
    from geo.output.maps import names  # noqa: PLC0415

    return file_or_not_found(request, lambda: names.communes_of(request.path_params["code"]))


def _surroundings(request: Request) -> Response:
    from geo.output.maps import surroundings  # noqa: PLC0415

    return file_or_not_found(request, surroundings.written, lasting=True)


def _published(request: Request) -> Response:
    digest = request.path_params["digest"]
    return file_or_not_found(request, lambda: published(digest), by_content=True)


def _marks(request: Request) -> Response:
    from geo.output.maps.crowds import crowd  # noqa: PLC0415

    at = request.path_params

    def find() -> WebFile | None:
        found = crowd(at["digest"])
        return found.view(*(at[side] for side in _BOX)) if found else None

    return file_or_not_found(request, find, by_content=True)


def routes() -> list[BaseRoute]:
    """List the routes of map layers."""
    return [
        Route("/layers/{kind}_{tolerance}.geojson", _outlines),
        Route("/layers/borders/{kind}/{x:short}/{y:short}.geojson", _borders),
        Route("/layers/sol/{zoom:short}/{x:short}/{y:short}.geojson", _ground),
        Route("/layers/points/{digest}.json", _published),
        Route(f"/layers/marks/{{digest}}/{_VIEW}.json", _marks),
        Route("/layers/alentours.geojson", _surroundings),
        Route("/layers/noms.json", _towns),
        Route("/layers/noms/{code}.json", _communes),
        Route("/layers/{kind}/{code}.geojson", _territory),
    ]
