"""How the public answers are given: refusals as problems, any site may read, nothing twice.

``Access-Control-Allow-Origin: *``: the answers hold public data, the same for everybody, and no
cookie decides them; a town's site may read them from its own pages.
"""

import gzip
import logging
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.api.limits import check_pace
from geo.api.problem import RefusedError, problem
from geo.api.sent import SAFE_HEADERS, holds, takes_gzip
from geo.errors import (
    AtlasError,
    BadCoordinatesError,
    BadParameterError,
    UnknownCodeError,
    UnknownItemError,
)

Handler = Callable[[Request], Response]
METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_ALLOW: Final = "GET, HEAD, OPTIONS"
_CORS: Final = {
    **SAFE_HEADERS,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
_WORTH_PACKING: Final = 1_000
_QUICK: Final = 4


def public(path: str, handler: Handler) -> BaseRoute:
    """Make a route that anybody may read; its handler runs in a thread."""

    def endpoint(request: Request) -> Response:
        response = _answer(request, handler)
        for name, value in _CORS.items():
            response.headers.setdefault(name, value)
        return response

    return Route(path, endpoint, methods=list(METHODS))


def _answer(request: Request, handler: Handler) -> Response:
    if request.method == "OPTIONS":
        headers = {"Allow": _ALLOW, "Access-Control-Allow-Methods": _ALLOW}
        asked = {"Access-Control-Allow-Headers": "If-None-Match", "Access-Control-Max-Age": "86400"}
        return Response(status_code=204, headers=headers | asked)
    if request.method not in {"GET", "HEAD"}:
        return problem(_method_refused(request.method))
    try:
        check_pace(request)
        return handler(request)
    except AtlasError as fault:
        return problem(_refusal(fault))
    except Exception:
        logging.getLogger(__name__).exception("An answer failed.")
        return problem(RefusedError("Une erreur inattendue a interrompu la réponse.", status=500))


def _method_refused(method: str) -> RefusedError:
    said = f"Cette adresse se lit seulement, par GET : {method} est refusé."
    fault = RefusedError(said, status=405)
    fault.headers["Allow"] = _ALLOW
    return fault


def _refusal(fault: AtlasError) -> RefusedError:
    if isinstance(fault, RefusedError):
        return fault
    if isinstance(fault, UnknownCodeError):
        return RefusedError(str(fault), status=404)
    if isinstance(fault, BadParameterError):
        return RefusedError(str(fault), fault.parameter)
    if isinstance(fault, BadCoordinatesError | UnknownItemError):
        return RefusedError(str(fault))
    logging.getLogger(__name__).warning("Data is missing: %s", fault)
    return RefusedError("Les données ne peuvent pas être lues pour l’instant.", status=503)


def answered(request: Request, key: str, media_type: str, write: Callable[[], bytes]) -> Response:
    """Answer with what a function writes, or 304 when the client already holds it.

    ``key`` says all that the answer depends on; the tag is weak, as the hour of the answer is not
    part of it.
    """
    tag = f'"{sha256(f"{key} {media_type}".encode()).hexdigest()[:20]}"'
    headers = {
        "ETag": f"W/{tag}",
        "Cache-Control": "no-cache",
        "Vary": "Accept, Accept-Encoding, Host",
    }
    if holds(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    body = write()
    if takes_gzip(request) and len(body) > _WORTH_PACKING:
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, _QUICK, mtime=0)
    return Response(body, headers=headers, media_type=media_type)
