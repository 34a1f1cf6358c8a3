"""Debian's nginx as ``catalyse nginx`` writes it, without the processes behind it."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.browser.harness import free_port
from tests.cli.nginx import nginx_before, program


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if program() is None:
        why = "nginx est absent : installez le paquet « nginx-light » de Debian."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)
    folder = tmp_path_factory.mktemp("nginx")
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
