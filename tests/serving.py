"""A small server that answers on loopback, in a thread, for as long as a block lasts."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseServer
from typing import Any, TypeVar

_Server = TypeVar("_Server", bound=BaseServer)


@contextmanager
def serving(server: _Server) -> Iterator[_Server]:
    """Let a server answer until the block ends, by a fault or not.

    One that was closed and not stopped looks at a socket that is gone, as fast as it can, for as
    long as its process lives: see ``left_behind``.
    """
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def left_behind() -> list[str]:
    """Name the servers of this process that are closed and still run."""
    targets: list[Any] = [getattr(one, "_target", None) for one in threading.enumerate()]
    running = [one for one in targets if getattr(one, "__name__", "") == "serve_forever"]
    return [repr(one.__self__) for one in running if one.__self__.fileno() == -1]
