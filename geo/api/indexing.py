"""What search engines read: ``robots.txt`` and the list of public pages, only with an address.

Without ``CATALYSE_URL`` nothing is listed: the addresses would be those that a request names.
"""

from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.api.concurrency import Work, pages
from geo.api.public_route import public
from geo.api.responses import SAFE_HEADERS
from geo.output.first.document import MENU
from geo.query.parameters import TERRITORY
from geo.reference.place import Place
from geo.settings import settings

_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HIDDEN: Final = "User-agent: *\nDisallow: /\n"
_OPEN: Final = (
    "User-agent: *\nDisallow: /_stcore/\nDisallow: /exports/\nDisallow: /tiles/\n"
    "Sitemap: {origin}/sitemap.xml\n"
)


def _robots(_: Request) -> Response:
    origin = _origin()
    text = _OPEN.format(origin=origin) if origin else _HIDDEN
    return PlainTextResponse(text, headers=SAFE_HEADERS)


def _origin() -> str:
    return settings().url.rstrip("/")


def _index(_: Request) -> Work:
    from geo.reference.kinds import KINDS  # noqa: PLC0415

    def write() -> Response:
        known = ["catalyseurs"] if _catalysts() else []
        names = ["pages", *known, *(kind.code for kind in KINDS), "commune"]
        parts = [f"/sitemap/{name}.xml" for name in dict.fromkeys(names)]
        return _xml("sitemapindex", "sitemap", parts)

    return Work(pages, write)


def _part(request: Request) -> Work:
    name = str(request.path_params["name"])

    def write() -> Response:
        find = _LISTS.get(name)
        found = find() if find else _territories(name)
        if not found:
            return PlainTextResponse("Liste inconnue.", status_code=404, headers=SAFE_HEADERS)
        return _xml("urlset", "url", found)

    return Work(pages, write)


def _catalysts() -> list[str]:
    from geo.directory.directory import directory  # noqa: PLC0415

    book = directory()
    return [] if book.fictive else [f"/catalyseurs?fiche={quote(one)}" for one in book.frame.index]


def _territories(kind: str) -> list[str]:
    from geo.reference import france  # noqa: PLC0415
    from geo.reference.territory import COMMUNE  # noqa: PLC0415

    frame = france.territories()
    if kind == COMMUNE:
        codes = france.communes().index
    elif kind in frame.index.get_level_values(0):
        codes = frame.loc[kind].index
    else:
        return []
    places = (str(Place(kind, str(code))) for code in codes)
    return [f"/territoire?{TERRITORY.name}={quote(place, safe=':')}" for place in places]


_LISTS: Final[dict[str, Callable[[], list[str]]]] = {
    "pages": lambda: [f"/{page}" for page in MENU],
    "catalyseurs": _catalysts,
}


def _xml(root: str, item: str, paths: Iterable[str]) -> Response:
    origin = _origin()
    if not origin:
        message = "Aucune adresse publique n’est réglée (CATALYSE_URL)."
        return PlainTextResponse(message, status_code=404, headers=SAFE_HEADERS)
    lines = "".join(f"<{item}><loc>{escape(origin + path)}</loc></{item}>" for path in paths)
    text = f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{_NAMESPACE}">{lines}</{root}>'
    return Response(text, media_type="application/xml", headers=SAFE_HEADERS)


def routes() -> list[BaseRoute]:
    """List the routes of robots and of the lists of pages."""
    return [
        Route("/robots.txt", _robots),
        public("/sitemap.xml", _index),
        public("/sitemap/{name}.xml", _part),
    ]
