"""The map of a page as an image, at an address that says what it shows; drawn when asked for."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from geo.api.concurrency import Work, pages
from geo.api.problem import RefusedError
from geo.api.public_route import public
from geo.api.query_params import values_of
from geo.api.responses import file_response
from geo.errors import AtlasError
from geo.query.doors import IMAGES

FORMS: Final = ("png", "svg")


def _image(request: Request) -> Work:
    from geo.directory.store.open import check_not_lost  # noqa: PLC0415

    page, form = str(request.path_params["page"]), request.url.path.rsplit(".", 1)[1]
    if page not in IMAGES:
        message = f"Image inconnue : « {page[:40]} ». Possibles : {', '.join(IMAGES)}."
        raise RefusedError(message, status=404)
    check_not_lost()
    raw_values = values_of(request)
    return Work(pages, lambda: _image_response(request, page, form, raw_values))


def _image_response(
    request: Request, page: str, form: str, raw_values: Mapping[str, Any]
) -> Response:
    from geo.output.images.build import image_of  # noqa: PLC0415
    from geo.output.images.files import file_name, image_file  # noqa: PLC0415
    from geo.output.webfiles import web_file  # noqa: PLC0415

    try:
        image, size = image_of(page, raw_values)
        file = web_file(image_file(image, form, size), f".{form}")
    except AtlasError as fault:
        raise RefusedError(str(fault), getattr(fault, "parameter", "")) from fault
    answer = file_response(request, file, named_by_content=False)
    answer.headers["Content-Disposition"] = f'inline; filename="{quote(file_name(image, form))}"'
    answer.headers["Content-Security-Policy"] = "sandbox; frame-ancestors 'none'"
    return answer


def routes() -> list[BaseRoute]:
    """List the routes of images; they stand before those of exports."""
    return [public(f"/exports/{{page}}.{form}", _image) for form in FORMS]
