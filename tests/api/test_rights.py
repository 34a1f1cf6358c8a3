"""Who has the rights of the machine's user: the holder of a secret, whatever a request says."""

import socket
import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http.cookies import SimpleCookie
from typing import Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from geo.directory.local_access import Entrance
from tests.browser.harness import HOME_HOST, NO_TILES, serve, terminal, way_in
from tests.serving import serving

HANDOVER: Final = "Remettre la base complète"
HOW: Final = "Pour modifier, ouvrez l"
SHAPES: Final[list[dict[str, str]]] = [
    {},
    {"Host": "localhost"},
    {"Host": "localhost", "Origin": "http://localhost"},
    {"Host": "127.0.0.1"},
    {"Host": "[::1]:8501"},
    {"Host": "carte.exemple.test"},
    {"Client-IP": "127.0.0.1"},
    {"X-Proxy-User": "coordination"},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Real-IP": "127.0.0.1", "X-Forwarded-Host": "localhost"},
    {"Forwarded": "for=127.0.0.1;host=localhost"},
]


@pytest.fixture(scope="module")
def mine() -> Iterator[str]:
    """Run the app as `catalyse serve` does."""
    with serve() as url:
        yield url


@pytest.fixture(scope="module")
def amazon() -> Iterator[list[bytes]]:
    """Stand in the place of the network, and note what a server asks of it."""
    asked: list[bytes] = []

    class Noted(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline())

    with serving(socketserver.ThreadingTCPServer((HOME_HOST, 0), Noted)) as server:
        asked.append(f"http://{HOME_HOST}:{server.server_address[1]}".encode())
        yield asked


@pytest.fixture(scope="module")
def public(amazon: list[bytes]) -> Iterator[str]:
    """Run it on loopback too, behind a proxy that the operator told of."""
    told = {**NO_TILES, "CATALYSE_URL": "https://carte.exemple.test"}
    told |= dict.fromkeys(("http_proxy", "https_proxy"), amazon.pop().decode())
    with serve(environment=told | {"no_proxy": ""}) as url:
        yield url


@pytest.fixture(scope="module")
def cookie(mine: str) -> str:
    """Come in by the printed address, as the browser of this machine's user."""
    answer = ask(way_in(mine))
    held = SimpleCookie(answer.headers["Set-Cookie"])
    return "; ".join(f"{name}={one.value}" for name, one in held.items())


@pytest.fixture(scope="module")
def relay(mine: str) -> Iterator[str]:
    """Stand before it a proxy that passes bytes, and says for whom to nobody."""
    where = urlsplit(mine)

    class Relayed(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection((where.hostname, where.port)) as behind:
                back = threading.Thread(target=pour, args=[behind, self.request])
                back.start()
                pour(self.request, behind)
                back.join()

    server = socketserver.ThreadingTCPServer((HOME_HOST, 0), Relayed)
    server.daemon_threads = True
    with serving(server):
        yield f"http://{HOME_HOST}:{server.server_address[1]}"


def pour(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while some := source.recv(65_536):
            sink.sendall(some)
        sink.shutdown(socket.SHUT_WR)


class Stay(HTTPRedirectHandler):
    """Return the redirect itself."""

    def redirect_request(self, *_: object) -> None:
        """Follow none."""


@dataclass(frozen=True)
class Answer:
    """What the server answered, closed."""

    status: int
    headers: Message
    body: str


def ask(url: str, headers: Mapping[str, str] | None = None) -> Answer:
    asked = Request(url, headers=dict(headers or {}))  # noqa: S310 - loopback
    try:
        given = build_opener(Stay).open(asked, timeout=60)
    except HTTPError as refusal:
        given = refusal
    with given:
        return Answer(given.status, given.headers, given.read().decode())


def seen(url: str, headers: Mapping[str, str] | None = None, page: str = "acteurs") -> str:
    """Run a page through its WebSocket, as no browser need do; give all that it was sent."""
    asked = dict(headers or {})
    where = urlsplit(url)
    address = f"ws://{asked.pop('Host', '') or where.netloc}/_stcore/stream"
    run = BackMsg()
    run.rerun_script.page_name = page
    told = []
    with (
        socket.create_connection((where.hostname, where.port)) as through,
        connect(
            address, sock=through, additional_headers=asked, max_size=None, open_timeout=60
        ) as talk,
    ):
        talk.send(run.SerializeToString())
        while True:
            message = ForwardMsg.FromString(talk.recv(timeout=120))  # type: ignore[arg-type]
            told.append(str(message.delta))
            if message.WhichOneof("type") == "script_finished":
                return "".join(told)


def is_coordinator(told: str) -> bool:
    """Return whether the page offers the complete base, contacts included."""
    assert "Acteurs" in told
    return HANDOVER in told


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_no_header_makes_the_machines_user_of_whoever_comes_through_a_proxy(
    mine: str, relay: str, shape: dict[str, str]
) -> None:
    told = seen(relay, shape)
    assert not is_coordinator(told)
    assert HOW in told
    assert not is_coordinator(seen(mine, shape))


def test_the_printed_address_gives_a_cookie_that_gives_the_rights(
    mine: str, relay: str, cookie: str
) -> None:
    told = seen(mine, {"Cookie": cookie})
    assert is_coordinator(told)
    assert HOW not in told
    assert is_coordinator(seen(relay, {"Cookie": cookie, "Host": "localhost"}))


def test_a_public_server_invites_nobody_and_knows_no_cookie(public: str, cookie: str) -> None:
    assert "jeton" not in terminal(public)
    assert ask(f"{public}/entrer?jeton=a").status == 404
    port, secret = urlsplit(public).port, cookie.partition("=")[2]
    for shape in ({"Host": "localhost"}, {"Cookie": f"catalyse_{port}={secret}"}):
        told = seen(public, shape)
        assert not is_coordinator(told)
        assert "terminal" not in told


def test_the_cookie_of_another_process_gives_nothing(mine: str, cookie: str) -> None:
    elsewhere = Entrance()
    secret = elsewhere.enter(elsewhere.invite())
    name = cookie.partition("=")[0]
    for other in (f"{name}={secret}", f"{name}=", f"{cookie}x", cookie.replace("_", "_1")):
        assert not is_coordinator(seen(mine, {"Cookie": other}))


@pytest.mark.parametrize("origin", ["http://localhost:9", "http://127.0.0.1:9"])
def test_a_page_of_another_port_has_no_rights_with_the_cookie(
    mine: str, cookie: str, origin: str
) -> None:
    assert not is_coordinator(seen(mine, {"Cookie": cookie, "Origin": origin}))


@pytest.mark.parametrize("host", ["", "piege.exemple.test"])
def test_a_page_of_another_site_is_not_answered(mine: str, cookie: str, host: str) -> None:
    asked = {"Cookie": cookie, "Origin": "https://autre.exemple.test", "Host": host}
    with pytest.raises(InvalidStatus):
        seen(mine, asked)


@pytest.mark.parametrize(
    "origin", ["http://localhost:9", "http://127.0.0.1", "https://autre.exemple.test", "null", "["]
)
def test_behind_a_public_name_no_other_site_opens_a_session_nor_makes_the_server_ask_anybody(
    public: str, amazon: list[bytes], origin: str
) -> None:
    with pytest.raises(InvalidStatus):
        seen(public, {"Origin": origin, "Host": "carte.exemple.test"})
    assert not amazon
    for host in ("carte.exemple.test", urlsplit(public).netloc):  # through its proxy, and before it
        assert "Acteurs" in seen(public, {"Origin": f"https://{host}", "Host": host})


def test_a_name_that_a_hostile_site_points_here_brings_no_cookie(mine: str) -> None:
    asked = {"Host": "piege.exemple.test", "Origin": "http://piege.exemple.test"}
    assert not is_coordinator(seen(mine, asked))


def test_an_address_serves_once_and_leaves_no_trace(mine: str) -> None:
    address = way_in(mine)
    assert ask(address, {"Sec-Purpose": "prefetch"}).status == 204
    first = ask(address)
    held = first.headers["Set-Cookie"]
    assert (first.status, first.headers["Location"]) == (303, "/")
    assert first.headers["Referrer-Policy"] == "no-referrer"
    assert first.headers["Cache-Control"] == "no-store"
    for part in (f"catalyse_{urlsplit(mine).port}=", "HttpOnly", "Path=/", "SameSite=strict"):
        assert part in held
    assert "Domain" not in held
    again = ask(address)
    assert again.status == 403
    assert "déjà servi" in again.body
    assert "Set-Cookie" not in again.headers
    same = ask(address, {"Cookie": held.partition(";")[0]})
    assert (same.status, "Set-Cookie" in same.headers) == (303, False)
    assert terminal(mine).count(address) == 1  # where it was shown
    assert way_in(mine) != address


@pytest.mark.parametrize("token", ["", "?jeton=", "?jeton=%00%ff", "?jeton=" + "a" * 43])
def test_a_token_nobody_drew_opens_nothing(mine: str, token: str) -> None:
    answer = ask(f"{mine}/entrer{token}")
    assert answer.status == 403
    assert "Set-Cookie" not in answer.headers
