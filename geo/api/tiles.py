"""Vector tiles and their descriptions (TileJSON), for web maps and QGIS.

The modules of the data are imported when first asked for: the server must answer before they load.
"""

import re
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from geo.api.concurrency import Work
from geo.api.problem import RefusedError
from geo.api.public_route import public, respond
from geo.api.public_url import origin_of
from geo.api.query_params import read_parameters
from geo.api.responses import file_response

_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_ENDINGS: Final = ("mvt", "pbf")  # the second is what web maps often write by themselves


def _tile(request: Request) -> Response:
    from geo.output import tiles  # noqa: PLC0415

    read_parameters(request, ("v",))
    name = request.path_params["layer"]
    least, most = tiles.zooms(name)
    zoom = _within(request, "z", least, most)
    x, y = (_within(request, one, 0, (1 << zoom) - 1) for one in ("x", "y"))
    return file_response(
        request, tiles.tile(name, zoom, x, y), named_by_content=_current(request, name)
    )


def _current(request: Request, name: str) -> bool:
    """Return whether the address names the content in force: it may then be kept for ever."""
    from geo.output.collections import content  # noqa: PLC0415

    return request.query_params.get("v") == content(name).stamp


def _within(request: Request, name: str, least: int, most: int) -> int:
    text = request.path_params[name]
    if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
        raise RefusedError(f"{name} : donnez un nombre entier de {least} à {most}.", name)
    return int(text)


def _description(request: Request) -> Response | Work:
    from geo.output import tiles  # noqa: PLC0415

    read_parameters(request, ())
    body = orjson.dumps(tiles.tilejson(request.path_params["layer"], origin_of(request)))
    return respond(request, body.decode(), "application/json", lambda: body)


def routes() -> list[BaseRoute]:
    """List the routes of tiles."""
    return [
        *(public(f"/tiles/{{layer}}/{{z}}/{{x}}/{{y}}.{ending}", _tile) for ending in _ENDINGS),
        public("/tiles/{layer}.json", _description),
    ]
