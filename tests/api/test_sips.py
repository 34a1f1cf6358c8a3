"""A reader just quick enough for each piece does not hold its answer for hours."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from geo.api import stalls
from geo.api.stalls import CutWhenStalled

SIZE = 30_000_000
GRACE_S, RATE = 1.0, 4_000_000.0


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(stalls, "GRACE_S", GRACE_S)
    monkeypatch.setattr(stalls, "LEAST_RATE", RATE)
    app = Starlette(routes=[Route("/", lambda _: Response(bytes(SIZE)))])
    with closing(socket.create_server(("127.0.0.1", 0))) as bound:
        server = uvicorn.Server(uvicorn.Config(CutWhenStalled(app), log_level="error"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        running.start()
        yield bound.getsockname()[1]
        server.should_exit = True
        running.join()


def read(port: int, a_second: float) -> tuple[int, float]:
    """Read at a steady pace until the end: how many bytes came, in how many seconds."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    reader.settimeout(20)
    with closing(reader):
        reader.connect(("127.0.0.1", port))
        reader.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        begun, found = time.monotonic(), 0
        try:
            while piece := reader.recv(1 << 15):
                found += len(piece)
                time.sleep(max(0.0, begun + found / a_second - time.monotonic()))
        except ConnectionResetError:
            pass
        return found, time.monotonic() - begun


def test_one_who_sips_is_cut_and_one_on_a_poor_line_finishes(port: int) -> None:
    found, took = read(port, RATE / 4)
    assert found < SIZE / 4
    assert took < 2 * (GRACE_S + found / RATE) + 1
    found, took = read(port, RATE * 2)
    assert found > SIZE
    assert took > GRACE_S


def test_what_is_allowed_lets_a_line_of_1_6_mb_s_finish_100_mb() -> None:
    assert stalls.GRACE_S + 100e6 / stalls.LEAST_RATE > 2 * 100e6 * 8 / 1.6e6
