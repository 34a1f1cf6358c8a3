"""Printed sheets of territories: ``/fiches/{kind}/{code}.pdf`` and ``.html``.

What prints them is imported when first asked for, as the maps are.
"""

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo.api.sent import SAFE_HEADERS
from geo.errors import AtlasError, UnknownCodeError, UnknownItemError
from geo.selection import from_url

if TYPE_CHECKING:
    from geo.output.sheet.files import Printed

_NEAR: Final = "autour"


def _sheet(request: Request) -> Response:
    try:
        done = _asked(request)
    except (UnknownCodeError, UnknownItemError) as fault:
        return _refused(fault, 404)
    except AtlasError as fault:
        return _refused(fault, 400)
    return _sent(request, done)


def _asked(request: Request) -> "Printed":
    from geo.analysis.territory import DEFAULT_NEAR_KM  # noqa: PLC0415
    from geo.output.sheet.files import printer  # noqa: PLC0415
    from geo.reference.territory import code_today  # noqa: PLC0415

    query = request.query_params
    selection, notices = from_url({name: query.getlist(name) for name in query})
    if notices:
        raise AtlasError(" ".join(notices))
    kind, form = request.path_params["kind"], request.path_params["form"]
    code = code_today(kind, request.path_params["code"])
    near_km = _kilometres(query[_NEAR]) if _NEAR in query else DEFAULT_NEAR_KM
    return printer().territory(kind, code, form, selection, near_km)


def _kilometres(text: str) -> float:
    if not text.isascii() or not text.isdecimal() or len(text) > 9:  # noqa: PLR2004 - 999999999
        raise AtlasError(f"Distance illisible : {_NEAR} « {text[:40]} ». Donnez des kilomètres.")
    return float(text)


def _refused(fault: AtlasError, status: int) -> Response:
    return PlainTextResponse(str(fault), status_code=status, headers=SAFE_HEADERS)


def _sent(request: Request, done: "Printed") -> Response:
    etag = f'"{sha256(done.content).hexdigest()[:32]}"'
    headers = {
        **SAFE_HEADERS,
        "ETag": etag,
        "Cache-Control": "no-cache",
        "Content-Disposition": f'inline; filename="{done.name}"',
    }
    if done.media_type.startswith("text/html"):
        headers["Content-Security-Policy"] = done.policy
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(done.content, media_type=done.media_type, headers=headers)


def routes() -> list[BaseRoute]:
    """List the routes of printed sheets."""
    return [Route("/fiches/{kind}/{code}.{form}", _sheet)]
