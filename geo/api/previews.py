"""The images of shared links, drawn in their turn when first asked for, and kept in memory."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from geo.api.concurrency import Work, pages
from geo.api.public_route import public
from geo.api.responses import file_or_not_found


def _general(request: Request) -> Work:
    from geo.output import preview_image  # noqa: PLC0415

    return Work(pages, lambda: file_or_not_found(request, preview_image.general_image))


def _territory(request: Request) -> Work:
    from geo.output import preview_image  # noqa: PLC0415

    kind, code = request.path_params["kind"], request.path_params["code"]

    def write() -> Response:
        return file_or_not_found(request, lambda: preview_image.territory_image(kind, code))

    return Work(pages, write)


def routes() -> list[BaseRoute]:
    """List the routes of images."""
    return [public("/apercu.png", _general), public("/apercu/{kind}/{code}.png", _territory)]
