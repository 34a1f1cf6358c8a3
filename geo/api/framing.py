"""What a browser may do with a document of the app: what it loads, who frames it, what it tells.

A page where one writes, shown in a frame by strangers, could be made to receive clicks meant for
something else. So ``frame-ancestors`` follows the setting for embedded views only; any other
document may be framed by the app itself alone.

A script that slipped into a page must not run, and could send nothing out. Streamlit writes its
styles and its board as it goes (``'unsafe-inline'`` for styles, ``blob:``); nothing else of a page
is inline but what ``script_hashes`` lists. The frame of a map runs what Folium writes, by ``eval``:
its document is apart, and reaches the chosen tile servers only.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.api.responses import SAFE_HEADERS
from geo.output.embedding import OWN, frame_ancestors, is_embedded
from geo.output.tile_servers import chosen_tiles
from geo.output.webfiles import CDN, served_here
from geo.settings import settings

HEADER: Final = "Content-Security-Policy"
# The frame of a map inside an embedded view: the other site is an ancestor of it too.
_COMPONENTS: Final = ("/component/", "/_stcore/component/", "/_stcore/bidi-components/")
_MEDIA: Final = "/media/"
_UNKEPT: Final = "private, no-store"
_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_PAGE: Final = {
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
_MAP: Final = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_DRAWING: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox"
)
"""Of a drawing, or other XML, opened by itself: it is a document too, and may hold scripts."""
_NEVER: Final = (
    *("accelerometer", "bluetooth", "camera", "display-capture", "gyroscope", "hid", "midi"),
    *("magnetometer", "microphone", "payment", "publickey-credentials-get", "serial", "usb"),
)
_DEFAULTS: Final = {
    **SAFE_HEADERS,
    "Permissions-Policy": ", ".join(["geolocation=(self)", *(f"{one}=()" for one in _NEVER)]),
}


def script_hashes(document: str) -> str:
    """Name the inline scripts of a document by their digests, as sources of ``script-src``."""
    digests = (sha256(one.encode()).digest() for one in _INLINE.findall(document))
    return " ".join(f"'sha256-{b64encode(one).decode()}'" for one in digests)


def policy(page: str, parameters: Iterable[tuple[str, str]], scripts: str = "") -> str:
    """Give the policy of a page's document.

    Parameters
    ----------
    scripts
        Its inline scripts, see ``script_hashes``.
    """
    allowed = {**_PAGE, "script-src": f"'self' blob: {scripts}".strip()}
    return _written(allowed, open_to_others=is_embedded(page, parameters))


def _map_policy() -> str:
    hosts = {urlsplit(one["url"]).netloc.replace("{s}", "*") for one in chosen_tiles()}
    images = " ".join(["'self' data:", *(f"https://{one}" for one in sorted(hosts))])
    allowed = {**_MAP, "img-src": images}
    if not served_here():
        files = ("script-src", "style-src", "img-src")
        allowed |= {name: f"{allowed[name]} {CDN}/" for name in files}
    return _written(allowed, open_to_others=True)


def _written(allowed: dict[str, str], *, open_to_others: bool) -> str:
    setting = settings().frame_ancestors
    ancestors = frame_ancestors(setting) if open_to_others else OWN
    directives = allowed | {"frame-ancestors": ancestors}
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def _is_download_of_a_page(path: str, headers: MutableHeaders) -> bool:
    """Tell a file that a page made for one person: it may hold contacts, no cache keeps it."""
    return path.startswith(_MEDIA) and "content-disposition" in headers


class Guarded:
    """Give every answer its headers, Streamlit's own answers included, where they are missing.

    Parameters
    ----------
    document
        The one that Streamlit answers unknown addresses with.
    """

    def __init__(self, app: ASGIApp, document: str) -> None:
        self.app, self._scripts = app, script_hashes(document)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with the headers; what was said already stays."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in _DEFAULTS.items():
                    headers.setdefault(name, value)
                if _is_download_of_a_page(scope["path"], headers):
                    headers.setdefault("Cache-Control", _UNKEPT)
                kind = headers.get("content-type", "").partition(";")[0].strip().lower()
                if kind == "text/html":
                    headers.setdefault(HEADER, self._policy_at(scope["path"]))
                elif kind.endswith(("+xml", "/xml")):
                    headers.setdefault(HEADER, _DRAWING)
            await send(message)

        await self.app(scope, receive, guarded)

    def _policy_at(self, path: str) -> str:
        """Give the policy of a document that says none: a map's frame, or a page."""
        return _map_policy() if path.startswith(_COMPONENTS) else policy("", (), self._scripts)
