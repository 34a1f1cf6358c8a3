"""Readers who take their time: their turn is held, those who stop are cut, the others told."""

import asyncio
import gzip
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import orjson
import pytest
from starlette.applications import Starlette
from starlette.responses import Response

from bench.exports import made_up
from geo.api import concurrency, exports
from geo.api.problem import RefusedError
from geo.api.public_route import public
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from tests.api.asgi import Client, scope
from tests.browser.harness import NO_TILES, serve

EXPORT = "/exports/actors.geojson"
ITEMS = "/api/collections/actors/items?limit=10000"
OUTLINES = "/layers/epci_500.geojson"
FORGED = {"x-forwarded-for": "192.0.2.9", "forwarded": "for=192.0.2.9"}
ACTORS, AT_ONCE, STALL_S = 8_000, 2, 1


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the app over thousands of made-up actors."""
    folder = str(tmp_path_factory.mktemp("many"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CATALYSE_STORE", folder)
        rows = made_up(ACTORS).to_dict("records")
        open_store().write(Changes.one("actor", *rows), author="Aude", message="Essai")
    limits = {"CATALYSE_API_DOWNLOADS": str(AT_ONCE), "CATALYSE_API_STALL": str(STALL_S)}
    with serve(environment={**NO_TILES, **limits, "CATALYSE_STORE": folder}) as url:
        yield url


def ask(server: str, path: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
    asked = urllib.request.Request(f"{server}{path}", method=method, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read()
    except HTTPError as refused:
        return refused.code, refused.headers, refused.read()


def slow(server: str, path: str, held: int = 1 << 11) -> socket.socket:
    """Ask from a socket that holds little, and read the first bytes of the answer alone."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, held)
    parts = urlsplit(server)
    reader.settimeout(30)
    reader.connect((parts.hostname, parts.port))
    reader.sendall(f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    assert reader.recv(12) == b"HTTP/1.1 200"
    return reader


def rest(reader: socket.socket) -> int:
    """Read to the end; count what came before the connection was cut."""
    found = 0
    try:
        while piece := reader.recv(1 << 16):
            found += len(piece)
    except ConnectionResetError:
        pass
    return found


def took(server: str) -> float:
    """Ask for a file, that must come; say in how many seconds it did."""
    begun = time.monotonic()
    assert ask(server, EXPORT)[0] == 200
    return time.monotonic() - begun


@pytest.mark.parametrize("path", [ITEMS, OUTLINES])
def test_one_who_stops_reading_is_cut(server: str, path: str) -> None:
    status, _, whole = ask(server, path)
    assert status == 200
    with closing(slow(server, path)) as reader:
        time.sleep(2 * STALL_S + 0.5)
        assert rest(reader) < len(whole)


def test_turns_of_those_who_stop_are_given_back(server: str) -> None:
    stopped = [slow(server, EXPORT) for _ in range(AT_ONCE)]
    status, _, body = ask(server, EXPORT)
    assert status == 200
    assert len(orjson.loads(body)["features"]) > ACTORS * 9 // 10
    time.sleep(STALL_S + 0.5)  # the last of them has its own time too
    for reader in stopped:
        with closing(reader):
            assert rest(reader) < len(body)


def test_those_who_read_slowly_keep_their_turns_and_the_next_is_told(server: str) -> None:
    begun, leaving = threading.Semaphore(0), threading.Event()

    def sip() -> None:
        with closing(slow(server, EXPORT, 1 << 16)) as reader:
            begun.release()
            while not leaving.wait(0.05):
                reader.recv(1 << 14)

    sipping = [threading.Thread(target=sip) for _ in range(AT_ONCE)]
    for one in sipping:
        one.start()
    try:
        assert all(begun.acquire(timeout=30) for _ in sipping)
        status, headers, body = ask(server, EXPORT)
        assert ask(server, "/api/health")[0] == 200
    finally:
        leaving.set()
        for one in sipping:
            one.join()
    assert (status, headers["Retry-After"]) == (429, "30")
    assert headers["Content-Type"] == "application/problem+json"
    assert "(2 au plus)" in orjson.loads(body)["detail"]
    first, alone = took(server), took(server)
    assert first - alone < 4  # at once: those who left gave their turns back


def test_a_download_says_its_length_and_is_packed_and_not_sent_twice(server: str) -> None:
    _, headers, body = ask(server, EXPORT)
    assert headers["Content-Length"] == str(len(body))
    status, head, nothing = ask(server, EXPORT, "HEAD")
    assert (status, head["Content-Length"], nothing) == (200, str(len(body)), b"")
    for path in (EXPORT, ITEMS):
        _, plain, whole = ask(server, path)
        _, packed, less = ask(server, path, **{"Accept-Encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert len(less) < len(whole) / 2
        assert len(gzip.decompress(less)) == len(whole)
        assert ask(server, path, **{"If-None-Match": plain["ETag"]})[0] == 304


# --- however it ends ------------------------------------------------------------------------


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(concurrency, "_PATIENCE_S", 0.1)
    return Client(Starlette(routes=exports.routes()))


async def leave_after(client: Client, fault: BaseException) -> None:
    """Ask for a file, and leave by a fault when its first bytes come."""

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.body":
            assert len(concurrency.downloads) == 1
            assert len(concurrency.files) == 0  # written already: others may write
            raise fault

    async def receive() -> dict[str, object]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    await client.app(scope("/exports/catalysts.csv", {}), receive, send)


def open_files() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


@pytest.mark.parametrize("fault", [OSError("gone"), RuntimeError("broken"), asyncio.CancelledError])
def test_a_turn_is_given_back_however_the_sending_ends(
    client: Client, fault: BaseException
) -> None:
    assert client.get("/exports/catalysts.csv").status_code == 200
    before = open_files()
    with pytest.raises(BaseException):  # noqa: B017, PT011 - a hang-up has several names
        asyncio.run(leave_after(client, fault))
    assert len(concurrency.downloads) == len(concurrency.files) == 0
    assert open_files() <= before
    assert client.get("/exports/catalysts.csv").status_code == 200


def test_the_limit_is_read_once_a_wait_and_said_once_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = []
    limited = concurrency.Turns(40, lambda: read.append(1) or 1)
    monkeypatch.setattr(concurrency, "_PATIENCE_S", 0.1)

    async def asked() -> None:
        async with limited.turn("a"), limited.turn("a"):
            pass

    with pytest.raises(RefusedError, match=r"\(1 au plus\)") as caught:
        asyncio.run(asked())
    assert (caught.value.status, len(read), len(limited)) == (429, 2, 0)


@pytest.mark.parametrize(("size", "held"), [(1 << 16, 0), ((1 << 16) + 1, 1)])
def test_only_a_large_answer_holds_a_turn_on_its_way(size: int, held: int) -> None:
    found = []

    async def send(_: dict[str, object]) -> None:
        found.append(len(concurrency.downloads))

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    answer = concurrency.Work(concurrency.pages, lambda: Response(bytes(size)))
    app = Starlette(routes=[public("/", lambda _: answer)])
    asyncio.run(app(scope("/", {}), receive, send))
    assert found == [held, held]
    assert len(concurrency.downloads) == 0


def test_another_address_is_not_held_up_and_a_header_makes_no_other(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_API_DOWNLOADS", "1")

    async def asked() -> list[int]:
        async with concurrency.downloads.turn("127.0.0.1"):
            return [
                (await asyncio.to_thread(one.get, "/exports/catalysts.csv", said)).status_code
                for one, said in ((client, {}), (client, FORGED), (other, {}))
            ]

    async def app(given: dict, receive: object, send: object) -> None:
        await client.app({**given, "client": ("192.0.2.1", 1)}, receive, send)

    other = Client(app)
    assert asyncio.run(asked()) == [429, 429, 200]
