"""How many sessions of the pages one address may hold open at once: each is memory, and reruns."""

from collections import Counter
from threading import Lock
from typing import Final

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.api.rate_limit import client_of
from geo.settings import settings

_TRY_LATER: Final = 1013


class LimitSessions:
    """Refuse a session beyond those that its address may hold; the others go on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._open: Counter[str] = Counter()
        self._lock = Lock()

    def __len__(self) -> int:
        """Count the sessions open."""
        return self._open.total()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        client = client_of(HTTPConnection(scope))
        if not self._reserve(client):
            await send({"type": "websocket.close", "code": _TRY_LATER})
            return
        try:
            await self.app(scope, receive, send)
        finally:
            with self._lock:
                self._open[client] -= 1
                self._open += Counter()  # forget who holds nothing

    def _reserve(self, client: str) -> bool:
        with self._lock:
            free = self._open[client] < settings().sessions
            self._open[client] += free
        return free
