"""Requests whose line is cut once their time is over, whatever the other side goes on saying.

The timeout of a socket bounds each wait, not their sum: a server that says one byte a second, of
its headers even, would be listened to for as long as it likes.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool


class _Watched(HTTPAdapter):
    """Know the lines that it opens, and cut them; one opened after that is cut at once."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[socket.socket] = []
        self._over = False

    def get_connection_with_tls_context(self, *args: Any, **more: Any) -> HTTPConnectionPool:
        pool = super().get_connection_with_tls_context(*args, **more)
        kind: Any = pool.ConnectionCls
        opened = self._opened

        class Noted(kind):  # type: ignore[misc]
            def connect(self) -> None:
                super().connect()
                opened(self.sock)

        pool.ConnectionCls = Noted
        return pool

    def _opened(self, line: socket.socket) -> None:
        self._lines.append(line)
        if self._over:
            self.cut()

    def cut(self) -> None:
        """Cut every line: whoever reads one finds its end."""
        self._over = True
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


@contextmanager
def session(within_s: float) -> Iterator[requests.Session]:
    """Open a session of requests that lasts so many seconds at most."""
    watched = _Watched()
    timer = Timer(within_s, watched.cut)
    timer.daemon = True
    with requests.Session() as opened:
        for scheme in ("http://", "https://"):
            opened.mount(scheme, watched)
        timer.start()
        try:
            yield opened
        finally:
            timer.cancel()
