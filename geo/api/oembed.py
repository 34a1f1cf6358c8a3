"""oEmbed: what another site asks to show a pasted link as a map (oembed.com, type « rich », JSON).

Only addresses of this app's own embeddable pages are answered for.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from geo.api.problem import RefusedError
from geo.api.public_route import public
from geo.api.public_url import origin_of
from geo.output.embedding import (
    EMBEDDED,
    HEIGHT,
    LOCKS,
    WIDTH,
    iframe,
    own_origin,
    page_url,
)
from geo.output.preview import SITE, Preview, general
from geo.query.doors import PAGES
from geo.query.parameters import TERRITORY

_HEADERS: Final = {"Cache-Control": "public, max-age=3600", "Vary": "Host"}
_LONGEST: Final = 4_000
_DIGITS: Final = 6

Query = dict[str, list[str]]


def _answer(request: Request) -> Response:
    parameters = request.query_params
    if parameters.get("format", "json") != "json":
        raise RefusedError("format : seul « json » est servi.", "format", 501)
    if not parameters.get("url"):
        raise RefusedError("url : donnez l’adresse d’une page de cette application.", "url")
    most_wide, most_high = _most(parameters, "maxwidth"), _most(parameters, "maxheight")
    if most_wide is None or most_high is None:
        name = "maxwidth" if most_wide is None else "maxheight"
        raise RefusedError(f"{name} : un nombre entier de pixels.", name)
    origin = origin_of(request)
    found = _view(parameters["url"], origin)
    if found is None:
        raise RefusedError(
            "url : cette adresse n’est pas celle d’une carte à intégrer.", "url", 404
        )
    size = min(most_wide or WIDTH, WIDTH), min(most_high or HEIGHT, HEIGHT)
    address = page_url(origin, *found, embed=True)
    return JSONResponse(_rich(origin, address, _preview(*found), size), headers=_HEADERS)


def _most(parameters: Mapping[str, str], name: str) -> int | None:
    """Read a largest size: 0 when none is said, None when it is not a number."""
    text = parameters.get(name, "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def _view(address: str, origin: str) -> tuple[str, Query] | None:
    """Read an address of this app; None when it is another's, or of no page to embed.

    Raises
    ------
    BadParameterError
        What it asks of the page is refused.
    """
    address = address[:_LONGEST]
    if not origin or own_origin("", address) != origin:
        return None
    parts = urlsplit(address)
    page = parts.path.strip("/")
    if page not in EMBEDDED:
        return None
    query = {name: one for name, one in parse_qs(parts.query).items() if name in PAGES[page].names}
    PAGES[page].ask(query)  # refused here as the frame would say it
    return (page, query) if not LOCKS[page] or query.get(LOCKS[page]) else None


def _preview(page: str, query: Query) -> Preview:
    """Return the words of a view.

    Raises
    ------
    UnknownCodeError
        There is no such territory.
    """
    if LOCKS[page] != TERRITORY.name:
        return general(page)
    from geo.output.preview_counts import territory_preview  # noqa: PLC0415

    return territory_preview(query[TERRITORY.name][0])


def _rich(origin: str, address: str, preview: Preview, size: tuple[int, int]) -> dict[str, Any]:
    width, height = size
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": SITE,
        "provider_url": f"{origin}/",
        "title": preview.title,
        "width": width,
        "height": height,
        "html": iframe(address, preview.title, str(width), height),
        "cache_age": 3600,
    }


def routes() -> list[BaseRoute]:
    """List the route that other sites ask."""
    return [public("/oembed", _answer)]
