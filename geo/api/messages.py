"""Which messages of an open page reach Streamlit: a page of this app sends few kinds of them.

Anybody writes the others by hand. A table packed as Arrow opens into as many gigabytes as it
says; « clear the cache » empties what every visitor shares.
"""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

IsForeign = Callable[[bytes], bool]


class GuardMessages:
    """Leave out the messages that no page of this app sends, as though they never came.

    Parameters
    ----------
    is_foreign
        Tells such a message from those of a page.
    """

    def __init__(self, app: ASGIApp, is_foreign: IsForeign) -> None:
        self.app, self._is_foreign = app, is_foreign

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def own() -> Message:
            while True:
                message = await receive()
                if not self._is_foreign(message.get("bytes") or b""):
                    return message

        await self.app(scope, own, send)
