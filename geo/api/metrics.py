"""What the process measures of itself, in Prometheus' format, for this machine alone.

Each process has its own measures: a collector asks each port. Nothing of a visitor is in them.
"""

from ipaddress import ip_address
from time import perf_counter
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.api.health import health
from geo.api.problem import RefusedError, problem

PATH: Final = "/metrics"
_STREAMLITS: Final = "/_stcore/metrics"
"""Streamlit's own, which it gives to anybody: it goes over each session to count them."""
_NOTHING: Final = RefusedError("Rien à cette adresse.", status=404)
_KINDS: Final = {
    *("api", "tiles", "exports", "layers", "assets", "static", "component", "media", "_stcore"),
    *("apercu", "fiche", "oembed", "metrics"),
}
_REQUESTS: Final = Histogram("catalyse_request_seconds", "Requêtes HTTP.", ["kind", "status"])
_SESSIONS: Final = Gauge("catalyse_sessions", "Sessions ouvertes.")
_READY: Final = Gauge("catalyse_ready", "1 quand les données se lisent, 0 sinon.")
_STATE: Final = Gauge("catalyse_store_state", "Numéro de l’état de la base.")


class MeasureRequests:
    """Count what an app answers, and how long it takes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does."""
        if scope["type"] == "websocket":
            with _SESSIONS.track_inprogress():
                await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["path"].rstrip("/") == _STREAMLITS and not is_from_here(Request(scope)):
            await problem(_NOTHING)(scope, receive, send)
            return
        start, status = perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            kind = kind_of(scope["path"])
            _REQUESTS.labels(kind, f"{status // 100}xx").observe(perf_counter() - start)


def kind_of(path: str) -> str:
    """Name a request by the first word of its path; every page of the app is « page »."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in _KINDS else "page"


def is_from_here(request: Request) -> bool:
    """Return whether a program of this machine asks, with no proxy between."""
    try:
        here = request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    return here and "x-forwarded-for" not in request.headers


def _measures(request: Request) -> Response:
    if not is_from_here(request):
        return problem(_NOTHING)
    report = health()
    _READY.set(report["ready"])
    if report["ready"]:
        _STATE.set(report["store"]["state"])
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def routes() -> list[BaseRoute]:
    """List the route of the measures."""
    return [Route(PATH, _measures)]
