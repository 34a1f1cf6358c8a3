"""How the public answers are given: refusals as problems, any site may read, nothing twice.

``Access-Control-Allow-Origin: *``: the answers hold public data, the same for everybody, and no
cookie decides them; a town's site may read them from its own pages.
"""

import gzip
import logging
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from geo.api.concurrency import Work, come_back, downloads, pages
from geo.api.message_page import HOME, message_page
from geo.api.problem import TITLES, RefusedError, problem
from geo.api.rate_limit import check_rate, client_of
from geo.api.responses import SAFE_HEADERS, holds, takes_gzip
from geo.api.spool import IN_MEMORY, Spooled
from geo.errors import (
    UNREADABLE,
    AtlasError,
    BadCoordinatesError,
    OverloadedError,
    UnknownCodeError,
    UnknownItemError,
    UnreadableStoreError,
)
from geo.files import NO_ROOM, is_disk_full
from geo.settings import settings

Handler = Callable[[Request], Response | Work]
Answer = TypeVar("Answer", Response, Response | Work)
_ALLOW: Final = "GET, HEAD, OPTIONS"
_CORS: Final = {
    **SAFE_HEADERS,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Crs, ETag, Link, Retry-After",
}
_NAMES: Final = re.compile(r"(?:\.|\s;) (?:valeurs )?possibles\s: .+", re.IGNORECASE | re.DOTALL)
"""The names that an address may hold: for programs, in words of code."""
_GO_BACK: Final = ". Revenez à la page qui donne ce lien, et prenez-le de nouveau."
_WORTH_PACKING: Final = 1_000
_QUICK: Final = 4
_SMALL: Final = 1 << 16
"""Bytes of an answer, whole in memory, that takes no turn on its way."""


class _Public:
    """An address that anybody may read; its handler runs in a thread.

    What a handler leaves to be written is written in its turn, and the client's own turn lasts
    until the answer has been sent, the client has left or something failed. A small answer is sent
    out of turn: its reader keeps nobody waiting.
    """

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        found = await run_in_threadpool(_answer, request, self.handler)
        if isinstance(found, Response):
            await _opened(found)(scope, receive, send)
            return
        client = client_of(request)
        try:
            async with downloads.turn(client):
                async with found.turns.turn(client):
                    response = await run_in_threadpool(_written, request, found.write)
                if not _is_small(response):
                    await _opened(response)(scope, receive, send)
                    return
        except RefusedError as busy:  # no turn came: nothing has been sent
            response = _refused(request, busy)
        await _opened(response)(scope, receive, send)


def public(path: str, handler: Handler) -> BaseRoute:
    """Make a route that anybody may read."""
    return Route(path, _Public(handler))


def in_turn(handler: Handler) -> Handler:
    """Have a question answered in its turn: finding the answer is its cost, not writing it."""

    def answer(request: Request) -> Work:
        def write() -> Response:
            found = handler(request)
            return found.write() if isinstance(found, Work) else found

        return Work(pages, write)

    return answer


def _is_small(response: Response) -> bool:
    return not isinstance(response, Spooled) and len(response.body) <= _SMALL


def _opened(response: Response) -> Response:
    for name, value in _CORS.items():
        response.headers.setdefault(name, value)
    return response


def _answer(request: Request, handler: Handler) -> Response | Work:
    if request.method == "OPTIONS":
        headers = {"Allow": _ALLOW, "Access-Control-Allow-Methods": _ALLOW}
        preflight_headers = {
            "Access-Control-Allow-Headers": "If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
        return Response(status_code=204, headers=headers | preflight_headers)
    if request.method not in {"GET", "HEAD"}:
        return _refused(request, _method_refused(request.method))

    def paced() -> Response | Work:
        check_rate(request)
        return handler(request)

    return _written(request, paced)


def _written(request: Request, write: Callable[[], Answer]) -> Answer | Response:
    try:
        return write()
    except AtlasError as fault:
        return _refused(request, _refusal(fault))
    except Exception as fault:
        logging.getLogger(__name__).exception("An answer failed.")
        if is_disk_full(fault):
            return _refused(request, RefusedError(NO_ROOM, status=503))
        message = "Une erreur inattendue a interrompu la réponse."
        return _refused(request, RefusedError(message, status=500))


def _refused(request: Request, fault: RefusedError) -> Response:
    """Say a refusal to a program, or on a page to a person who opened the address."""
    if not request.headers.get("accept", "").startswith("text/html"):
        return problem(fault)
    headers = {**SAFE_HEADERS, **fault.headers, "Cache-Control": "no-store", "Vary": "Accept"}
    again = [(own_address(request), "Redemander")] if "Retry-After" in fault.headers else []
    title, links = TITLES[fault.status], (*again, *HOME)
    sentence = _NAMES.sub(_GO_BACK, str(fault))
    return message_page(title, sentence, links, status=fault.status, headers=headers)


def own_address(request: Request) -> str:
    """Return the address that was asked, on this site."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/{request.url.path.lstrip('/')}{query}"


def _method_refused(method: str) -> RefusedError:
    message = f"Cette adresse se lit seulement, par GET : {method} est refusé."
    fault = RefusedError(message, status=405)
    fault.headers["Allow"] = _ALLOW
    return fault


def _refusal(fault: AtlasError) -> RefusedError:
    if isinstance(fault, RefusedError):
        return fault
    if isinstance(fault, UnknownCodeError):
        return RefusedError(str(fault), status=404)
    if isinstance(fault, BadCoordinatesError | UnknownItemError):
        return RefusedError(str(fault), getattr(fault, "parameter", ""))
    if isinstance(fault, OverloadedError):
        return come_back(str(fault))
    logging.getLogger(__name__).warning("Data is missing: %s", fault)
    if isinstance(fault, UnreadableStoreError) and settings().alone:
        return RefusedError(str(fault), status=503)  # its reader can put the file back
    return RefusedError(UNREADABLE, status=503)


def respond(
    request: Request,
    key: str,
    media_type: str,
    write: Callable[[], bytes],
    more: Mapping[str, str] = MappingProxyType({}),
) -> Response | Work:
    """Answer with what a function writes in its turn, or 304 when the client already holds it.

    ``key`` says all that the answer depends on; the tag is weak, as the hour of the answer is not
    part of it. ``more``: headers of this answer alone.
    """
    tag = f'"{sha256(f"{key} {media_type}".encode()).hexdigest()[:20]}"'
    headers = {
        "ETag": f"W/{tag}",
        "Cache-Control": "no-cache",
        "Vary": "Accept, Accept-Encoding, Host",
        **more,
    }
    if holds(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Work(pages, lambda: _packed(request, write(), headers, media_type))


def _packed(request: Request, body: bytes, headers: dict[str, str], media_type: str) -> Response:
    if takes_gzip(request) and len(body) > _WORTH_PACKING:
        headers = headers | {"Content-Encoding": "gzip"}
        body = gzip.compress(body, _QUICK, mtime=0)
    if len(body) > IN_MEMORY:
        return Spooled([body], headers, media_type)
    return Response(body, headers=headers, media_type=media_type)
