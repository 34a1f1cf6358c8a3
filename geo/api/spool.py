"""A long answer, written whole before its first byte leaves: a slow reader keeps a file, no table.

Written at the pace of its reader, it would hold in memory all that it is drawn from as long as the
reader likes.
"""

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Final

from starlette.concurrency import iterate_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

IN_MEMORY: Final = 1 << 20
"""Bytes of an answer that may wait in memory; what is longer waits on disk."""


class Spooled(StreamingResponse):
    """An answer kept in a file without a name, gone once sent."""

    def __init__(self, pieces: Iterable[bytes], headers: dict[str, str], media_type: str) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed once sent
        try:
            self._file.writelines(pieces)
        except BaseException:
            self._file.close()
            raise
        length = {"Content-Length": str(self._file.tell())}
        super().__init__(self._pieces(), headers=headers | length, media_type=media_type)

    def _pieces(self) -> Iterator[bytes]:
        self._file.seek(0)
        while piece := self._file.read(IN_MEMORY):
            yield piece

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, its headers alone for HEAD, and drop the file however that ends."""
        try:
            if scope["method"] == "HEAD":
                self.body_iterator = iterate_in_threadpool(())
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()
