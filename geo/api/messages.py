"""Which messages of an open page reach Streamlit: a page of this app sends few kinds of them.

Anybody writes the others by hand. A table packed as Arrow opens into as many gigabytes as it
says; « clear the cache » empties what every visitor shares. And a file is made of eighty bytes:
no finger presses its button so often.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any, Final

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.api.rate_limit import RateLimit, client_of

FILES_A_MINUTE: Final = 60
LARGEST: Final = 1_500_000
"""Bytes of one message: what a page may say of its widgets (``maxWidgetStateSize``), and more."""
_Test = Callable[[bytes], bool]


class GuardMessages:
    """Leave out the messages that no page of this app sends, as though they never came.

    Parameters
    ----------
    is_foreign
        Tells such a message from those of a page.
    asks_for_a_file
        Tells one that an address may send ``FILES_A_MINUTE`` times a minute.
    """

    def __init__(self, app: ASGIApp, is_foreign: _Test, asks_for_a_file: _Test) -> None:
        self.app, self._is_foreign, self._asks_for_a_file = app, is_foreign, asks_for_a_file
        self._pace = RateLimit()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does."""
        _bound_messages(receive)
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        client = client_of(HTTPConnection(scope))

        async def own() -> Message:
            while True:
                message = await receive()
                if self._may_pass(message.get("bytes") or b"", client):
                    return message

        await self.app(scope, own, send)

    def _may_pass(self, data: bytes, client: str) -> bool:
        if self._is_foreign(data):
            return False
        if not self._asks_for_a_file(data):
            return True
        return not self._pace.wait_s(client, FILES_A_MINUTE, monotonic())


def _bound_messages(receive: Receive) -> None:
    """Have uvicorn end a session whose message is too long as it begins.

    It keeps what has come of one, up to the fifty megabytes that pages may send: two hundred
    sessions that never finish held ten gigabytes. Its settings are behind its own ``receive``, that
    of its start for one, before anybody is let in; ASGI names them not.
    """
    config: Any = getattr(getattr(receive, "__self__", None), "config", None)
    if hasattr(config, "ws_max_size"):
        config.ws_max_size = min(config.ws_max_size, LARGEST)
