"""The door of the user of this machine: a token that serves once, changed for a cookie.

The port is the one that the server listens on, never one that a request names. A server that
invited nobody has no such door.
"""

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from geo.api.responses import SAFE_HEADERS
from geo.directory.local_access import ENTRANCE, PARAMETER, PATH, cookie_name

_UNKEPT: Final = {**SAFE_HEADERS, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
_AHEAD: Final = ("sec-purpose", "purpose", "x-moz")
"""What says that a browser fetches before anybody asked."""
_PAGE: Final = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
</head>
<body><main>
<h1>{title}</h1>
<p>{said}</p>
<p><a href="/">Consulter sans modifier</a></p>
</main></body>
</html>
"""
_REFUSED: Final = _PAGE.format(
    title="Adresse déjà utilisée",
    said="Cette adresse a déjà servi, ou vient d’un démarrage précédent : ouvrez la dernière "
    "adresse affichée dans le terminal où l’application tourne.",
)
_NO_DOOR: Final = _PAGE.format(
    title="Page introuvable", said="Ce serveur n’ouvre de droits à personne par cette adresse."
)


def routes(then: Callable[[], object]) -> list[BaseRoute]:
    """List the route; once a token has served, what comes ``then`` shows the next one."""

    def enter(request: Request) -> Response:
        if not ENTRANCE.is_open:
            return HTMLResponse(_NO_DOOR, status_code=404, headers=_UNKEPT)
        if request.method == "HEAD" or any(name in request.headers for name in _AHEAD):
            return Response(status_code=204, headers=_UNKEPT)
        name = cookie_name(request.scope["server"][1])
        secret = ENTRANCE.enter(request.query_params.get(PARAMETER, ""))
        if secret is None and not ENTRANCE.knows(request.cookies.get(name, "")):
            return HTMLResponse(_REFUSED, status_code=403, headers=_UNKEPT)
        answer = RedirectResponse("/", status_code=303, headers=_UNKEPT)
        if secret is not None:
            answer.set_cookie(name, secret, httponly=True, samesite="strict")
            then()
        return answer

    return [Route(PATH, enter)]
