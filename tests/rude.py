"""A server on loopback that says what a test gives it, as slowly, whatever it is asked."""

import socket
import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from tests.serving import serving

DRIP_S: Final = 0.1


@contextmanager
def rude_server(*, first: bytes = b"", dripped: bytes = b"") -> Iterator[int]:
    """Say ``first`` at once to whoever comes, then ``dripped`` a byte at a time; give its port."""

    class Rude(socketserver.BaseRequestHandler):
        request: socket.socket

        def handle(self) -> None:
            with suppress(OSError):
                self.request.sendall(first)
                for one in dripped:
                    self.request.sendall(bytes([one]))
                    time.sleep(DRIP_S)
                self.request.shutdown(socket.SHUT_WR)
                while self.request.recv(65_536):  # an end before what was asked would be a reset
                    pass

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Rude)
    server.daemon_threads = True
    with serving(server):
        yield server.server_address[1]
