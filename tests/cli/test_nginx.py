"""Debian's nginx as ``catalyse nginx`` writes it, without the processes behind it."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.browser.harness import free_port
from tests.cli.nginx import nginx_before, program
from tests.serving import serving

_MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def front(folder: Path) -> Iterator[str]:
    if program() is None:
        why = "nginx est absent : installez le paquet « nginx-light » de Debian."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)
    with nginx_before([free_port()], folder, os.environ, lambda url: bool(said(url, b""))) as url:
        yield url


def said(url: str, request: bytes) -> str:
    """Send bytes as no library would; give the first line that comes back."""
    where = urlsplit(url)
    try:
        with closing(socket.create_connection((where.hostname, where.port), timeout=10)) as line:
            line.sendall(request or b"GET /metrics HTTP/1.0\r\n\r\n")
            return line.recv(65_536).split(b"\r\n")[0].decode()
    except OSError:
        return ""


def test_a_site_that_starts_again_says_so_in_french_and_comes_back_alone(front: str) -> None:
    with pytest.raises(HTTPError) as absent:
        urlopen(front, timeout=30)  # noqa: S310
    page = absent.value.read().decode()
    assert (absent.value.code, absent.value.headers["Retry-After"]) == (503, "10")
    assert "L’application redémarre" in page
    assert 'http-equiv="refresh"' in page
    assert absent.value.headers["Server"] == "nginx"


@pytest.mark.parametrize(
    "path",
    ["/metrics", "//metrics", "/./metrics", "/%6detrics", "/x/..%2fmetrics", "/api/%2e%2e/metrics"],
)
def test_however_it_is_written_what_is_for_the_machine_stays_there(front: str, path: str) -> None:
    asked = f"GET {path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n"
    assert said(front, asked.encode()) == "HTTP/1.1 404 Not Found"


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding : chunked",
        b"Transfer-Encoding: xchunked",
        b"Content-Length: 0\r\nContent-Length: 4",
    ],
)
def test_a_request_that_could_hide_another_is_refused(front: str, headers: bytes) -> None:
    asked = b"POST /api/health HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n0\r\n\r\n" % headers
    assert said(front, asked).split()[1] in {"400", "501"}


def test_no_log_holds_a_parameter_or_a_visitor_even_of_what_failed(
    front: str, folder: Path
) -> None:
    for path in (b"/completer?lien=secret", b"/un%0Adeux?q=secret"):
        asked = b"GET %s HTTP/1.1\r\nHost: x\r\nReferer: http://x/?q=secret\r\n\r\n" % path
        assert said(front, asked).split()[1] == "503"
    logs = {one.name: one.read_text(encoding="utf-8") for one in folder.glob("*.log")}
    lines = logs["access.log"].splitlines()
    assert [one for one in lines if " GET /completer " in one]
    assert all(one[:2] == "20" for one in lines)  # a line begins with its date: none is forged
    for text in logs.values():
        assert "secret" not in text
        assert "127.0.0.1" not in text


BEHIND = "set_real_ip_from 127.0.0.1; real_ip_header X-Essai;"
"""Visitors are whoever a header of ours says, as behind a provider's front: no address is added."""


def test_a_network_of_ipv6_counts_as_one_visitor_and_each_ipv4_as_itself(
    front: str, tmp_path: Path
) -> None:
    del front  # only that nginx is there

    def asked(url: str, address: str) -> str:
        request = f"GET /api/conformance HTTP/1.1\r\nHost: x\r\nX-Essai: {address}\r\n\r\n"
        return said(url, request.encode()).split()[1]

    few = {**os.environ, "CATALYSE_API_RATE": "2"}
    begun = partial(said, request=b"")
    with nginx_before([free_port()], tmp_path, few, lambda url: bool(begun(url)), BEHIND) as url:
        neighbours = [asked(url, f"2001:db8:1:2:{n}::{n}") for n in range(1, 6)]
        assert neighbours == ["503", "503", "429", "429", "429"], "one /64"
        assert asked(url, "2001:db8:1:3::1") == "503", "another /64"
        for address in ("192.0.2.10", "192.0.2.11", "::ffff:192.0.2.12", "::ffff:192.0.2.13"):
            assert [asked(url, address) for _ in range(3)] == ["503", "503", "429"], address
        assert asked(url, "::ffff:192.0.2.10") == "429", "the same, written in IPv6"


def test_sessions_opened_without_end_stop_at_what_an_address_may_hold(
    front: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del front
    monkeypatch.setenv("CATALYSE_SESSIONS", "3")

    def opened(url: str, path: str = "/_stcore/stream", address: str = "192.0.2.1") -> str:
        asked = f"GET {path} HTTP/1.1\r\nHost: x\r\nX-Essai: {address}\r\n"
        asked += "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        return said(url, asked.encode()).split()[1]

    begun = partial(said, request=b"")
    here = [free_port()], tmp_path, os.environ, lambda url: bool(begun(url)), BEHIND
    with nginx_before(*here) as url:
        assert [opened(url) for _ in range(5)] == ["503", "503", "503", "429", "429"]
        assert opened(url, address="192.0.2.2") == "503"
        assert opened(url, "/carte") == "503", "a page is read, none is opened"


def test_who_does_not_finish_asking_is_cut_off(front: str) -> None:
    where = urlsplit(front)
    with closing(socket.create_connection((where.hostname, where.port), timeout=20)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-a: ")
        with suppress(ConnectionResetError):
            assert line.recv(1) == b""


class _Long(BaseHTTPRequestHandler):
    """An answer of thirty megabytes, whatever is asked."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(30 * _MEGABYTE))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(bytes(30 * _MEGABYTE))


def test_who_reads_nothing_fills_no_disk(tmp_path: Path) -> None:
    if program() is None:
        pytest.skip("nginx est absent : installez le paquet « nginx-light » de Debian.")
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), _Long)) as behind, ExitStack() as lines:
        behind.daemon_threads = True
        url = lines.enter_context(nginx_before([behind.server_port], tmp_path, os.environ))
        where = urlsplit(url)
        for _ in range(10):
            line = lines.enter_context(socket.socket())
            line.connect((where.hostname, where.port))
            line.sendall(b"GET /exports/actors.geojson HTTP/1.1\r\nHost: x\r\n\r\n")
            assert line.recv(1_024).startswith(b"HTTP/1.1 200")
        time.sleep(2)
        assert _bytes_open_under(tmp_path / "reponses") == 0


def _bytes_open_under(folder: Path) -> int:
    """Add up the files of a folder that a process holds open, those without a name left too."""
    total = 0
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):  # gone meanwhile
            total += descriptor.stat().st_size * str(descriptor.readlink()).startswith(str(folder))
    return total
