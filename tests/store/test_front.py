"""Several real processes behind Debian's nginx, one PostgreSQL: sessions stay, and survive."""

import asyncio
import json
import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import ANY
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from bench.load.crowd import Crowd, load
from bench.load.session import Session, cookie_of, document, opened
from geo.directory.store.store import Store
from geo.directory.store.versions import VERSION
from tests.cli.nginx import Fleet, fleet, program
from tests.store.server import Server

RATE = 30
READ_S = 4.2
NEED = "Réunir entreprises et associations autour d’un lieu vide."


@pytest.fixture(scope="module")
def place(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return tmp_path_factory.mktemp("base"), server.database()


@pytest.fixture(scope="module")
def front(place: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    if program() is None:
        why = "nginx est absent : installez le paquet « nginx-light » de Debian."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)
    folder, catalogue = place
    told = {"CATALYSE_STORE": str(folder), "CATALYSE_CATALOGUE": catalogue, "CATALYSE_TILES": ""}
    told |= {"CATALYSE_API_RATE": str(RATE), "CATALYSE_JSON_LOGS": "oui"}
    environment = {**os.environ, **told}
    with fleet(2, tmp_path_factory.mktemp("nginx"), environment) as made:
        yield made


def status(url: str, **headers: str) -> int:
    try:
        with urlopen(Request(url, headers=headers), timeout=30) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as fault:
        return fault.code


def test_what_a_session_published_is_found_by_its_browser_alone(front: Fleet) -> None:
    async def published(cookie: str) -> str:
        async with opened(front.url, cookie) as socket:
            assert not cookie_of(socket)  # it stays where its document came from
            session = Session(socket)
            await session.open("carte")
            return re.search(r"/layers/points/\w+\.json", session.map_json)[0]

    cookie = document(front.url)
    port = int(cookie.partition("=")[2])
    assert port in front.ports
    path = asyncio.run(published(cookie))
    other = next(one for one in front.ports if one != port)
    assert {status(front.url + path, Cookie=cookie) for _ in range(6)} == {200}
    assert status(front.url + path, Cookie=f"catalyse_route={other}") == 404


def test_who_has_no_cookie_meets_the_limit_of_one_process_whatever_it_says_of_itself(
    front: Fleet,
) -> None:
    told = [{"X-Forwarded-For": f"192.0.2.{number}"} for number in range(2 * RATE)]
    # Nor does a cookie that leads to each process in turn find another count.
    told += [{"Cookie": f"catalyse_route={port}"} for port in front.ports * RATE]
    since = time.monotonic()
    with ThreadPoolExecutor(6) as pool:
        codes = [*pool.map(lambda one: status(f"{front.url}/api/collections", **one), told)]
    refilled = (time.monotonic() - since) * RATE / 60
    assert {*codes} == {200, 429}
    asked_before = 2  # by the tests above, at most, of the same minute
    assert RATE - asked_before <= codes.count(200) <= RATE + refilled + 1
    assert status(f"{front.url}/api/health") == 200


def test_what_nginx_refuses_itself_is_said_in_french_to_a_program(front: Fleet) -> None:
    with pytest.raises(HTTPError) as refused:
        ask_again_and_again(f"{front.url}/api/collections", 2 * RATE)
    fault = refused.value
    assert fault.code == 429
    assert fault.headers["Content-Type"] == "application/problem+json"
    assert int(fault.headers["Retry-After"]) > 0
    assert "demandes par minute depuis votre adresse" in json.load(fault)["detail"]


def ask_again_and_again(url: str, times: int) -> None:
    for _ in range(times):
        with urlopen(url, timeout=30):  # noqa: S310
            pass


def test_what_is_for_the_machine_alone_is_not_behind_nginx(front: Fleet) -> None:
    assert status(f"{front.url}/metrics") == 404
    assert status(f"{front.url}/entrer?jeton=x") == 404


@pytest.mark.parametrize("request_line", ["POST /_stcore/stream", "PUT /", "GET /api/health"])
@pytest.mark.parametrize("protocol", ["websocket", "h2c"])
def test_what_opens_no_session_is_answered_whatever_it_wants_to_become(
    front: Fleet, request_line: str, protocol: str
) -> None:
    lines = [f"{request_line} HTTP/1.1", "Host: x", f"Upgrade: {protocol}"]
    lines += ["Connection: Upgrade, close", "Content-Length: 3"]
    where = urlsplit(front.url)
    with socket.create_connection((where.hostname, where.port), timeout=20) as line:
        line.sendall("\r\n".join([*lines, "", "abc"]).encode())
        assert line.recv(65_536).startswith(b"HTTP/1.1 ")


def test_each_process_measures_itself_for_its_machine(front: Fleet) -> None:
    for port in front.ports:
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
            said = answer.read().decode()
        assert "catalyse_ready 1.0" in said
        assert re.search(
            r'catalyse_request_seconds_count\{kind="_stcore",status="2xx"\} [1-9]', said
        )
    assert status(f"http://127.0.0.1:{front.ports[0]}/metrics", **{"X-Forwarded-For": "::1"}) == 404


def test_health_says_the_state_of_the_store(front: Fleet) -> None:
    with urlopen(f"{front.url}/api/health", timeout=30) as answer:  # noqa: S310
        said = json.load(answer)
    assert said["ready"] is True
    assert said["store"] == {"state": ANY, "version": VERSION} | {
        "catalogue": "postgresql",
        "writable": True,
    }


def test_the_log_has_the_number_of_each_request_and_nothing_of_who_asks(front: Fleet) -> None:
    path = "/territoire?territoire=secret:12"
    with urlopen(front.url + path, timeout=30) as answer:  # noqa: S310
        number = answer.headers["X-Request-Id"]
    deadline = time.monotonic() + 10
    found: list[dict[str, Any]] = []
    while not found and time.monotonic() < deadline:  # written once the answer has left
        lines = [line for line in front.log.read_text().splitlines() if line.startswith("{")]
        found = [one for one in map(json.loads, lines) if one.get("request_id") == number]
        time.sleep(0.05)
    [said] = found
    assert (said["path"], said["status"], said["method"]) == ("/territoire", 200, "GET")
    assert not re.search(r"secret:12|jeton|127\.0\.0\.1|192\.0\.2", "".join(lines))


def test_a_process_killed_under_visitors_loses_nothing_that_was_confirmed(
    front: Fleet, place: tuple[Path, str]
) -> None:
    cookie = document(front.url)
    asyncio.run(_send(front.url, cookie))
    victim = _process_on(front, int(cookie.partition("=")[2]))
    with ThreadPoolExecutor(1) as pool:
        crowd = Crowd(users=6, seconds=18, think_s=1.0)  # ten after the kill: five may do
        seen = pool.submit(load, front.url, crowd, front.processes())
        time.sleep(8)
        os.kill(victim, signal.SIGKILL)
        figures = seen.result()
    assert figures.reopened_s
    assert max(figures.reopened_s) <= 5
    assert all(name.startswith("ConnectionClosed") for name in figures.errors), figures.errors
    folder, catalogue = place
    store = Store.create(folder, catalogue)
    assert len(store.read("request")) == 1
    store.connection.close()
    said = front.log.read_text(encoding="utf-8")
    assert not any(one in said for one in ("Camille", "camille@", NEED))


def test_a_process_that_was_killed_is_started_again(front: Fleet) -> None:
    last = time.monotonic() + 60
    while len(front.processes()) < 2 and time.monotonic() < last:
        time.sleep(0.2)
    assert {_port_of(one) for one in front.processes()} == set(front.ports)


async def _send(url: str, cookie: str) -> None:
    async with opened(url, cookie) as socket:
        session = Session(socket)
        await session.open("etre_mis_en_lien", "lieu=commune:63113")
        session.write("Votre besoin, en une phrase", NEED)
        session.write("Votre nom", "Camille Exemple")
        session.write("Courriel", "camille@exemple.fr")
        session.tick(next(key for key in session.widgets if key.startswith("J’accepte")))
        await asyncio.sleep(READ_S)  # nobody reads the form in less
        await session.press("Envoyer ma demande")
        assert any("est enregistrée" in one for one in session.alerts)


def _process_on(front: Fleet, port: int) -> int:
    return next(one for one in front.processes() if _port_of(one) == port)


def _port_of(process: int) -> int:
    words = Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8").split("\0")
    return int(words[words.index("--server.port") + 1])
