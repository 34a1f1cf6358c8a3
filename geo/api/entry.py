"""The door of the user of this machine: a token that serves once, changed for a cookie.

The port is the one that the server listens on, never one that a request names. A server that
invited nobody has no such door.
"""

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from geo.api.message_page import message_page
from geo.api.responses import SAFE_HEADERS
from geo.directory.local_access import ENTRANCE, HOURS, PARAMETER, PATH, cookie_name

_UNKEPT: Final = {**SAFE_HEADERS, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
_AHEAD: Final = ("sec-purpose", "purpose", "x-moz")
"""What says that a browser fetches before anybody asked."""
_USED: Final = (
    "Cette adresse n’ouvre plus rien",
    "Elle a déjà servi, vient d’un démarrage précédent ou a été mal copiée",
)
_EXPIRED: Final = ("Adresse expirée", f"Cette adresse n’a pas servi en {HOURS} heures")
_WAYS: Final = (("/", "Consulter sans modifier"),)


def routes(then: Callable[[], object]) -> list[BaseRoute]:
    """List the route; once a token has served or expired, what comes ``then`` shows the next."""

    def enter(request: Request) -> Response:
        if not ENTRANCE.is_open:
            return message_page(
                "Page introuvable",
                "Ce serveur n’ouvre de droits à personne par cette adresse.",
                _WAYS,
                status=404,
                headers=_UNKEPT,
            )
        if request.method == "HEAD" or any(name in request.headers for name in _AHEAD):
            return Response(status_code=204, headers=_UNKEPT)
        name = cookie_name(request.scope["server"][1])
        token = request.query_params.get(PARAMETER, "")
        secret = ENTRANCE.enter(token)
        if secret is None and not ENTRANCE.knows(request.cookies.get(name, "")):
            title, why = _USED
            if ENTRANCE.has_expired(token):
                title, why = _EXPIRED
                then()
            sentence = f"{why} : ouvrez la dernière adresse affichée dans le terminal où "
            sentence += "l’application tourne."
            return message_page(title, sentence, _WAYS, status=403, headers=_UNKEPT)
        answer = RedirectResponse("/", status_code=303, headers=_UNKEPT)
        if secret is not None:
            answer.set_cookie(name, secret, httponly=True, samesite="strict")
            then()
        return answer

    return [Route(PATH, enter)]
