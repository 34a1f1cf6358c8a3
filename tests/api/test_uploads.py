"""Files put at Streamlit's own address: from whom they are taken, how large, how many."""

import asyncio
import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.requests import Request
from websockets.exceptions import InvalidStatus

from geo.api import uploads
from geo.api.uploads import OF_ADDRESS, OF_ALL, OF_ONE, PREFIX, GuardUploads
from geo.directory.uploading import SENDERS, Senders
from tests.api.asgi import Client, scope
from tests.api.test_rights import ask
from tests.browser.harness import NO_TILES, serve, way_in
from tests.talk import talking

_FILE = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\nnom\r\n--x--\r\n'
_FEW = 3


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serve(environment={**NO_TILES, "CATALYSE_SESSIONS": str(_FEW)}) as address:
        yield address


def put(url: str, session: str, file: str = "f") -> int:
    """Put a file as Streamlit's page does, with its token against forgery."""
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)) as line:
        line.request("GET", "/_stcore/health")
        answer = line.getresponse()
        token = str(answer.getheader("Set-Cookie")).partition(";")[0]
        answer.read()
        headers = {"Cookie": token, "X-Xsrftoken": token.partition("=")[2]}
        headers["Content-Type"] = "multipart/form-data; boundary=x"
        line.request("PUT", f"{PREFIX}{session}/{file}", _FILE, headers)
        return line.getresponse().status


def test_a_session_sends_what_a_page_asked_it_for_and_nothing_else(url: str) -> None:
    cookie = {"Cookie": str(ask(way_in(url)).headers["Set-Cookie"]).partition(";")[0]}
    with talking(url, cookie) as coordinator, talking(url) as visitor:
        visitor.run("contribuer")
        coordinator.run("methode")
        assert visitor.session
        assert [put(url, one) for one in (visitor.session, coordinator.session, "x")] == [403] * 3
        coordinator.run("contribuer")
        assert put(url, coordinator.session) == 204
        assert put(url, visitor.session) == 403


def test_no_other_site_commands_the_pages(url: str) -> None:
    said = json.loads(ask(f"{url}/_stcore/host-config").body)
    assert said["allowedOrigins"] == []


def test_one_address_holds_so_many_sessions(url: str) -> None:
    with talking(url), talking(url), talking(url), pytest.raises(InvalidStatus), talking(url):
        pass
    with talking(url) as again:
        assert again.run("methode")[0]


@pytest.fixture
def guarded() -> tuple[dict[str, dict[str, object]], Any]:
    held: dict[str, dict[str, object]] = {}

    async def taken(scope: Any, _receive: Any, send: Any) -> None:
        _, session, file = scope["path"].rsplit("/", 2)
        held.setdefault(session, {})[file] = object()
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    guard = GuardUploads(taken, lambda: held)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        said = dict(scope["headers"]).get(b"x-essai", b"192.0.2.1").decode()
        await guard({**scope, "method": "PUT", "client": (said, 1)}, receive, send)

    return held, app


def sent(app: Any, session: str, file: str, address: str = "192.0.2.1") -> int:
    SENDERS.ask(session)
    headers = {"content-length": "10", "x-essai": address}
    return Client(app).get(f"{PREFIX}{session}/{file}", headers).status_code


def test_files_that_nobody_read_yet_are_few(guarded: Any) -> None:
    _, app = guarded
    assert [sent(app, "a", f"{n}") for n in range(OF_ONE + 1)] == [204] * OF_ONE + [429]
    assert sent(app, "a", "0") == 204  # the same again takes no more room
    others = [sent(app, f"b{n}", "f", f"192.0.2.{n + 2}") for n in range(OF_ALL)]
    assert others.count(204) == OF_ALL - OF_ONE
    assert others[-1] == 503


def test_the_sessions_of_one_address_leave_others_as_many_files(guarded: Any) -> None:
    held, app = guarded
    mine = [sent(app, f"a{n}", f"{n}") for n in range(OF_ALL)]
    assert mine == [204] * OF_ADDRESS + [429] * (OF_ALL - OF_ADDRESS)
    theirs = [sent(app, f"b{n}", "f", "192.0.2.2") for n in range(OF_ADDRESS)]
    assert theirs == [204] * OF_ADDRESS
    held.pop("a0")  # read, or its page closed
    assert sent(app, "a0", "0") == 204


def test_a_file_too_large_or_of_no_length_is_refused_unread(guarded: Any) -> None:
    held, app = guarded
    SENDERS.ask("c")
    for length in ("50200000", "", "-1", "1e3"):
        found = Client(app).get(f"{PREFIX}c/f", {"content-length": length} if length else {})
        assert found.status_code == 413
        assert "Mo" in found.json()["detail"]
    assert held == {}


@pytest.mark.parametrize(("stall", "grace_s"), [("1", 300.0), ("30", 0.5)])
def test_a_file_that_comes_drop_by_drop_gives_its_place_up(
    monkeypatch: pytest.MonkeyPatch, stall: str, grace_s: float
) -> None:
    monkeypatch.setenv("CATALYSE_API_STALL", stall)
    monkeypatch.setattr(uploads, "GRACE_S", grace_s)
    guard = GuardUploads(_reads_all, dict)
    SENDERS.ask("lent")
    head = {"method": "PUT", "client": ("192.0.2.1", 1)}
    asked = scope(f"{PREFIX}lent/f", {"content-length": "10"}) | head
    said: list[Any] = []

    async def dripped() -> Any:
        await asyncio.sleep(0.1 if grace_s < 1 else 60)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Any) -> None:
        said.append(message)

    asyncio.run(asyncio.wait_for(guard(asked, dripped, send), 20))
    assert said[0]["status"] == 408
    assert (b"connection", b"close") in said[0]["headers"]
    assert not guard._coming  # noqa: SLF001


async def _reads_all(scope: Any, receive: Any, _send: Any) -> None:
    async for _ in Request(scope, receive).stream():
        pass


def test_only_the_latest_sessions_are_remembered() -> None:
    senders = Senders(remembered=2)
    for one in "abc":
        senders.ask(one)
    assert [senders.may_send(one) for one in "abc"] == [False, True, True]
