"""Who may show the app in a frame: the views made for it, by the sites the operator names.

A page where one writes, shown in a frame by strangers, could be made to receive clicks meant for
something else. So ``frame-ancestors`` follows the setting for embedded views only; any other
document may be framed by the app itself alone.
"""

from collections.abc import Iterable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.output.embedding import OWN, frame_ancestors, is_embedded
from geo.settings import settings

HEADER: Final = "Content-Security-Policy"
# The frame of a map inside an embedded view: the other site is an ancestor of it too.
_COMPONENTS: Final = ("/component/", "/_stcore/component/", "/_stcore/bidi-components/")


def policy(page: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Give the policy of a page's document."""
    return _directive(open_to_others=is_embedded(page, parameters))


def _directive(*, open_to_others: bool) -> str:
    setting = settings().frame_ancestors
    return f"frame-ancestors {frame_ancestors(setting) if open_to_others else OWN}"


class FramedByItself:
    """Give every HTML document a policy, Streamlit's own answers to unknown addresses included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with the header where it is missing."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_component = scope["path"].startswith(_COMPONENTS)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                if headers.get("content-type", "").startswith("text/html"):
                    headers.setdefault(HEADER, _directive(open_to_others=is_component))
            await send(message)

        await self.app(scope, receive, guarded)
