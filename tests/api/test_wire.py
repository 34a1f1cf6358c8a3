"""The running server over a real line: no wait between head and body, heads alone, refusals."""

import http.client
import re
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from starlette.applications import Starlette

from tests.api.asgi import Client
from tests.browser.harness import NO_TILES, serve
from tests.talk import talking

file_util = pytest.importorskip("streamlit.file_util")
STATIC = Path(file_util.get_static_dir())
SCRIPT = next(iter((STATIC / "static" / "js").glob("index.*.js")))
PATH = f"/static/js/{SCRIPT.name}"
FOLIUM = "/component/streamlit_folium.st_folium"
_SCRIPTS = "application/javascript"
DELAYED_S = 0.04  # how long a client may put off an acknowledgement


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the app with a cache of its own, and wait for no form in it."""
    folder = tmp_path_factory.mktemp("cache")
    with serve(environment={**NO_TILES, "CATALYSE_CACHE": str(folder)}) as url:
        yield url


@pytest.fixture
def line(server: str) -> Iterator[http.client.HTTPConnection]:
    parts = urlsplit(server)
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)) as line:
        yield line


def ask(
    line: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    line.request(method, path, headers=headers)
    answer = line.getresponse()
    return answer, answer.read()


def test_a_body_leaves_before_its_head_is_acknowledged(line: http.client.HTTPConnection) -> None:
    def one() -> float:
        begun = time.perf_counter()
        ask(line, "/_stcore/health")
        return time.perf_counter() - begun

    [one() for _ in range(30)]  # a new connection is acknowledged at once
    assert min(one() for _ in range(40)) < DELAYED_S / 2


def test_a_head_says_what_the_answer_would_be(line: http.client.HTTPConnection) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        whole, body = ask(line, PATH, **headers)
        head, nothing = ask(line, PATH, "HEAD", **headers)
        assert nothing == b""
        assert head.getheader("Content-Length") == whole.getheader("Content-Length")
        assert int(whole.getheader("Content-Length") or 0) == len(body)
        assert head.getheader("ETag") == whole.getheader("ETag")


def test_brotli_comes_once_it_is_made_and_gives_the_file_back(
    line: http.client.HTTPConnection,
) -> None:
    until = time.monotonic() + 120
    small = min((STATIC / "static" / "js").glob("*.js"), key=lambda path: path.stat().st_size)
    while True:
        answer, body = ask(line, f"/static/js/{small.name}", **{"Accept-Encoding": "gzip, br"})
        if answer.getheader("Content-Encoding") == "br":
            break
        assert time.monotonic() < until, "the background never made it"
        time.sleep(4)
    assert brotli.decompress(body) == small.read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../index.html",
        "/static/..%2f..%2f..%2fconfig.py",
        "/static/%2e%2e/%2e%2e/config.py",
        f"{FOLIUM}/../__init__.py",
        f"{FOLIUM}/..%2f..%2f__init__.py",
        f"{FOLIUM}/%5c..%5c__init__.py",
        "/static//etc/passwd",
    ],
)
def test_nothing_outside_the_folders_is_sent(line: http.client.HTTPConnection, path: str) -> None:
    answer, body = ask(line, path)
    assert b"import " not in body[:20_000]
    assert b"root:" not in body
    assert answer.status in {200, 301, 307, 400, 404}  # 200: Streamlit's document, for its pages
    assert answer.status != 200 or b"<!DOCTYPE html>" in body[:2000]


def test_a_method_that_writes_is_streamlits_to_refuse(line: http.client.HTTPConnection) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert ask(line, PATH, method)[0].status == 405


def test_files_have_the_type_that_streamlit_gives_them(line: http.client.HTTPConnection) -> None:
    handler = pytest.importorskip("streamlit.web.server.starlette.starlette_static_routes")
    own = Client(Starlette(routes=handler.create_streamlit_static_assets_routes("")))
    suffixes = {path.suffix: path for path in (STATIC / "static").rglob("*.*")}
    assert len(suffixes) >= 4
    for path in suffixes.values():
        name = f"/{path.relative_to(STATIC).as_posix()}"
        theirs, ours = own.get(name).headers, ask(line, name)[0]
        # Streamlit names scripts anew when it starts, which this process has not.
        named = theirs["content-type"].replace("text/javascript; charset=utf-8", _SCRIPTS)
        assert ours.getheader("Content-Type") == named
        assert "immutable" in theirs["cache-control"]
        assert "immutable" in (ours.getheader("Cache-Control") or "")


def test_a_components_document_keeps_its_policy_and_is_asked_again(
    line: http.client.HTTPConnection,
) -> None:
    answer, body = ask(line, f"{FOLIUM}/index.html", **{"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert body
    assert "frame-ancestors 'self'" in answer.getheader("Content-Security-Policy", "")
    assert answer.getheader("Cache-Control") == "no-cache"


def test_no_cache_keeps_the_file_that_a_page_made_for_one_person(
    server: str, line: http.client.HTTPConnection
) -> None:
    with talking(server) as talk:
        sent, _ = talk.run("ecosysteme", "ecosysteme=reseau-des-pionniers")
        answer, body = ask(line, talk.file(re.findall(r'deferred_file_id: "(\w+)"', sent)[0]))
    assert answer.status == 200
    assert body
    assert answer.getheader("Content-Disposition", "").startswith("attachment")
    assert answer.getheader("Cache-Control") == "private, no-store"
