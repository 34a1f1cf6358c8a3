"""Which pages may open a session: those of this app's own address.

Streamlit lets in a page of « localhost », whatever the visitor's machine serves there, and asks
Amazon for its own address before it refuses any other: the whole server waits for that answer.
"""

from collections.abc import Callable, Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.api.public_url import listed_hosts
from geo.settings import settings

_FORBIDDEN: Final = 1008
_HERE: Final = ("localhost", "127.0.0.1", "::1")


class RefuseOtherSites:
    """Refuse a session that a page of another site asks for; programs say no site.

    Parameters
    ----------
    allowed
        Gives the origins that the operator told Streamlit of, beside our own settings.
    """

    def __init__(self, app: ASGIApp, allowed: Callable[[], Collection[str]]) -> None:
        self.app, self._allowed = app, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does."""
        if scope["type"] == "websocket" and not self._is_own(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": _FORBIDDEN})
            return
        await self.app(scope, receive, send)

    def _is_own(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None or origin in self._allowed():
            return True
        try:
            parts = urlsplit(origin)
            name = parts.hostname
        except ValueError:
            return False
        if parts.netloc in {headers.get("host"), *listed_hosts(settings().hosts)}:
            return bool(parts.netloc)
        url = settings().url
        return parts.netloc == urlsplit(url).netloc.lower() if url else name in _HERE
