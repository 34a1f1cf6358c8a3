"""Static files of Streamlit and of its components, compressed: each path looked up, none composed.

Streamlit sends them as they are, 4.4 MB for a first page, and lets nobody put a route before its
own: so this stands before the whole app. It answers the paths of the files found when the server
starts, and those only: whatever else is asked under the same folders, Streamlit answers or refuses.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.api.content_coding import Coding, accepted_codings, entity_tag, held_tag
from geo.api.precompressed import Content, Precompressed
from geo.api.responses import ASK_AGAIN, FOR_EVER

_WORTH_IT: Final = {".js", ".css", ".html", ".json", ".svg", ".map", ".txt", ".ttf"}
"""Fonts and images are compressed already."""
_HASHED: Final = re.compile(r"\.[\w-]{8}\.(?:\w+\.)*\w+$")
"""``index.DormvYxC.js``, ``main.521860b0.js.map``: another content has another name."""
_SHARED: Final = "/component/"
"""Streamlit says which other sites may read these: what comes with an origin is left to it."""
_METHODS: Final = {"GET", "HEAD"}


@dataclass(frozen=True)
class StaticFile:
    """One file of a folder that is served."""

    path: Path

    @property
    def caching(self) -> str:
        """Return how long a browser may keep it."""
        return FOR_EVER if _HASHED.search(self.path.name) else ASK_AGAIN

    @property
    def is_compressible(self) -> bool:
        """Return whether compressing makes it smaller."""
        return self.path.suffix in _WORTH_IT


def files_of(folders: Mapping[str, Path]) -> dict[str, StaticFile]:
    """Return every file of some folders by the path it is asked at; links are left to others."""
    return {
        f"{prefix}{path.relative_to(root).as_posix()}": StaticFile(path)
        for prefix, root in folders.items()
        for path in _regular_files(root)
    }


def _regular_files(root: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            if not path.is_symlink():
                yield path


def content_of(path: Path) -> Content:
    """Return the digest of a file, and what reads it again."""
    return Content(sha256(path.read_bytes()).hexdigest()[:16], path.read_bytes)


def compress_ahead(
    folders: Mapping[str, Path], addresses: Iterable[str], forms: Precompressed
) -> None:
    """Have the files at some addresses of a document compressed before anybody asks for them."""
    files = files_of(folders)
    for address in addresses:
        file = files.get(address.removeprefix("."))
        if file and file.is_compressible:
            forms.ask(content_of(file.path), "br")


class ServeCompressed:
    """Answer the files of some folders, by prefix, and leave the rest to the app."""

    def __init__(self, app: ASGIApp, folders: Mapping[str, Path], forms: Precompressed) -> None:
        self.app, self._forms = app, forms
        self._files = files_of(folders)
        self._contents: dict[Path, Content] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a file that was there at start; one that has gone since is the app's to answer."""
        answer = self.app
        file = self._files.get(scope["path"]) if scope["type"] == "http" else None
        if file and scope["method"] in _METHODS:
            request_headers = Headers(scope=scope)
            if "origin" not in request_headers or not scope["path"].startswith(_SHARED):
                with suppress(OSError):
                    answer = await self._response(file, request_headers)
        await answer(scope, receive, send)

    async def _response(self, file: StaticFile, request_headers: Headers) -> ASGIApp:
        content = self._contents.get(file.path)
        if content is None:
            content = await run_in_threadpool(self._read, file.path)
        if tag := held_tag(request_headers.get("if-none-match", ""), content.digest):
            return Response(status_code=304, headers=_headers(file, tag))
        takes = (
            accepted_codings(request_headers.get("accept-encoding", ""))
            if file.is_compressible
            else ()
        )
        if not takes or "range" in request_headers:  # parts are parts of the plain bytes
            headers = _headers(file, entity_tag(content.digest, None))
            return FileResponse(file.path, headers=headers, stat_result=file.path.stat())
        coding, body = await self._form(content, takes)
        headers = _headers(file, entity_tag(content.digest, coding))
        if coding:
            headers["Content-Encoding"] = coding
        return Response(body, headers=headers, media_type=FileResponse(file.path).media_type)

    def _read(self, path: Path) -> Content:
        return self._contents.setdefault(path, content_of(path))

    async def _form(
        self, content: Content, takes: tuple[Coding, ...]
    ) -> tuple[Coding | None, bytes]:
        if found := self._forms.ready(content.digest, takes[0]):
            return takes[0], found
        return await run_in_threadpool(self._forms.form, content, takes)


def _headers(file: StaticFile, tag: str) -> dict[str, str]:
    return {
        "ETag": tag,
        "Cache-Control": file.caching,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
