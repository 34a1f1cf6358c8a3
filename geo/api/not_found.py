"""What nobody answered under the app's own prefixes: 404, with what exists there.

Last of the routes: without it Streamlit would answer such an address with the app's document and
200, which a machine takes for data.
"""

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from geo.api.problem import RefusedError
from geo.api.public_route import public
from geo.french import quoted, typeset
from geo.query.doors import EXPORTS


def _tiles() -> str:
    from geo.output.tiles import LAYERS  # noqa: PLC0415

    return (
        "/tiles/{couche}.json et /tiles/{couche}/{z}/{x}/{y}.mvt (ou .pbf) ; "
        f"couches : {', '.join(LAYERS)}"
    )


def _exports() -> str:
    from geo.output.exports import FORMATS  # noqa: PLC0415

    return (
        f"/exports/{{sujet}}.{{format}} ; sujets : {', '.join(EXPORTS)} ; "
        f"formats : {', '.join(FORMATS)}"
    )


_PRESENT: Final[dict[str, Callable[[], str]]] = {
    "apercu": lambda: "/apercu.png et /apercu/{type}/{code}.png",
    "assets": lambda: "/assets/{fichier}, pour les pages de l’application",
    "exports": _exports,
    "fiches": lambda: "/fiches/{type}/{code}.pdf et .html, par exemple /fiches/commune/63113.pdf",
    "layers": lambda: "/layers/{type}/{code}.geojson, par exemple /layers/departement/63.geojson",
    "oembed": lambda: "/oembed?url={adresse d’une page}",
    "tiles": _tiles,
}


def _absent(request: Request) -> Response:
    path = request.scope["path"]
    present = _PRESENT[path.split("/")[1]]()
    message = f"Rien à l’adresse {quoted(path[:120])}. Il existe : {present}."
    raise RefusedError(typeset(message), status=404)


def routes() -> list[BaseRoute]:
    """List the routes that catch what the others left, to be put after all of them."""
    return [
        public(path, _absent)
        for prefix in _PRESENT
        for path in (f"/{prefix}", f"/{prefix}/{{rest:path}}")
    ]
