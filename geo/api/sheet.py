"""Printed sheets: ``/fiches/{kind}/{code}.pdf`` and ``.html``, ``/fiches/ecosysteme/{id}.pdf``.

What prints them is imported when first asked for, as the maps are.
"""

from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from geo.api.concurrency import Work, files
from geo.api.problem import RefusedError
from geo.api.public_route import public
from geo.api.query_params import values_of
from geo.api.responses import SAFE_HEADERS, holds
from geo.errors import AtlasError
from geo.output.sheet.formats import FORMS
from geo.query.doors import ECOSYSTEM_SHEET, SHEET
from geo.query.parameters import ECOSYSTEM, NEAR

if TYPE_CHECKING:
    from geo.output.sheet.files import RenderedSheet


def _sheet(request: Request) -> Work:
    if request.path_params["form"] not in FORMS:
        message = (
            f"Forme inconnue : {request.path_params['form'][:20]}. Formes : {', '.join(FORMS)}."
        )
        raise RefusedError(message, status=404)
    return Work(files, lambda: _written(request))


def _written(request: Request) -> Response:
    try:
        return _sent(request, _render_sheet(request))
    except AtlasError as fault:
        if type(fault) is AtlasError:
            raise RefusedError(str(fault)) from fault
        raise


def _render_sheet(request: Request) -> "RenderedSheet":
    from geo.analysis.past.question import PastQuestion  # noqa: PLC0415
    from geo.output.sheet.files import printer  # noqa: PLC0415
    from geo.reference.territory import code_today  # noqa: PLC0415

    kind, code, form = (request.path_params[name] for name in ("kind", "code", "form"))
    if kind == ECOSYSTEM.name:
        query = ECOSYSTEM_SHEET.ask(values_of(request))
        return printer().ecosystem(code, form, PastQuestion.of(query))
    query = SHEET.ask(values_of(request))
    rest = query.selection, query[NEAR], PastQuestion.of(query)
    return printer().territory(kind, code_today(kind, code), form, *rest)


def _sent(request: Request, done: "RenderedSheet") -> Response:
    etag = f'"{sha256(done.content).hexdigest()[:32]}"'
    headers = {
        **SAFE_HEADERS,
        "ETag": etag,
        "Cache-Control": "no-cache",
        "Content-Disposition": f'inline; filename="{done.name}"',
    }
    if done.media_type.startswith("text/html"):
        headers["Content-Security-Policy"] = done.policy
    if holds(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(done.content, media_type=done.media_type, headers=headers)


def routes() -> list[BaseRoute]:
    """List the routes of printed sheets."""
    return [public("/fiches/{kind}/{code}.{form}", _sheet)]
