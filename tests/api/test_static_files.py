"""Static files over the wire: the same bytes in each form, parts, what is held or refused."""

import gzip
import os
import threading
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo.api.content_coding import CODINGS, accepted_codings, held_tag
from geo.api.precompressed import Precompressed
from geo.api.static_files import ServeCompressed, compress_ahead, files_of
from tests.api.asgi import Answer, Client
from tests.api.waiting import until

SCRIPT = b"export const a = 1;\n" * 2_000
FONT = os.urandom(5_000)
HASHED, NAMED, FONT_PATH = "/static/js/index.DormvYxC.js", "/static/plain.css", "/static/a.woff2"
BOTH = {"accept-encoding": "gzip, deflate, br, zstd"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "static"
    (root / "js").mkdir(parents=True)
    (root / "js" / "index.DormvYxC.js").write_bytes(SCRIPT)
    (root / "plain.css").write_bytes(b"body { margin: 0 }\n" * 100)
    (root / "a.woff2").write_bytes(FONT)
    (tmp_path / "secret.js").write_bytes(b"secret")
    (root / "link.js").symlink_to(tmp_path / "secret.js")
    return root


@pytest.fixture
def forms(tmp_path: Path) -> Precompressed:
    return Precompressed(lambda: tmp_path / "cache", quiet_s=0)


@pytest.fixture
def client(folder: Path, forms: Precompressed) -> Client:
    return client_of(folder, forms)


def client_of(folder: Path, forms: Precompressed) -> Client:
    rest = Route("/{rest:path}", lambda _: PlainTextResponse("the app's own answer"))
    served = Middleware(ServeCompressed, {"/static/": folder, "/component/map/": folder}, forms)
    return Client(Starlette(routes=[rest], middleware=[served]))


def in_brotli(client: Client, path: str = HASHED) -> Answer | None:
    answer = client.get(path, BOTH)
    return answer if answer.headers.get("content-encoding") == "br" else None


# --- the forms ----------------------------------------------------------------------------


def test_who_asks_first_gets_gzip_and_later_ones_brotli_of_the_same_bytes(client: Client) -> None:
    first = client.get(HASHED, BOTH)
    assert first.headers["content-encoding"] == "gzip"
    assert gzip.decompress(first.body) == SCRIPT
    best = until(lambda: in_brotli(client))
    assert brotli.decompress(best.body) == SCRIPT
    assert best.headers["etag"] != first.headers["etag"]
    for answer in (first, best):
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("gzip, deflate, br, zstd", ("br", "gzip")),
        ("GZIP", ("gzip",)),
        ("br;q=0, gzip;q=0.1", ("gzip",)),
        ("gzip;q=0.000, br ; q=0", ()),
        ("br;q=0.5", ("br",)),
        ("identity", ()),
        ("", ()),
        ("gzip2, xbr, ;;,", ()),
    ],
)
def test_a_client_gets_only_what_it_says_it_reads(header: str, codings: tuple[str, ...]) -> None:
    assert accepted_codings(header) == codings


def test_who_takes_no_compression_gets_the_file(client: Client) -> None:
    for headers in ({}, {"accept-encoding": "gzip;q=0"}):
        answer = client.get(HASHED, headers)
        assert "content-encoding" not in answer.headers
        assert answer.body == SCRIPT


def test_a_font_is_sent_as_it_is(client: Client) -> None:
    answer = client.get(FONT_PATH, BOTH)
    assert answer.body == FONT
    assert answer.headers["content-type"] == "font/woff2"
    assert "content-encoding" not in answer.headers


def test_a_name_without_a_digest_is_asked_again(client: Client) -> None:
    assert client.get(NAMED, BOTH).headers["cache-control"] == "no-cache"


# --- what a browser holds, parts ----------------------------------------------------------


def test_what_a_browser_holds_in_any_form_is_not_sent_again(client: Client) -> None:
    quick = client.get(HASHED, BOTH).headers["etag"]
    best = until(lambda: in_brotli(client)).headers["etag"]
    for tag in (quick, best, f"W/{best}", f'"other", {quick}', "*"):
        again = client.get(HASHED, {**BOTH, "if-none-match": tag})
        assert (again.status_code, again.body) == (304, b"")
        assert again.headers["vary"] == "Accept-Encoding"
    assert client.get(HASHED, {**BOTH, "if-none-match": '"other"'}).status_code == 200


def test_a_held_form_is_named_by_its_own_tag() -> None:
    assert held_tag('W/"ab-br"', "ab") == '"ab-br"'
    assert held_tag('"abc", "ac-gzip"', "ab") is None


@pytest.mark.parametrize(
    ("span", "part"),
    [("bytes=0-9", SCRIPT[:10]), ("bytes=100-", SCRIPT[100:]), ("bytes=-7", SCRIPT[-7:])],
)
def test_parts_are_parts_of_the_plain_file(client: Client, span: str, part: bytes) -> None:
    answer = client.get(HASHED, {**BOTH, "range": span})
    assert answer.status_code == 206
    assert answer.body == part
    assert answer.headers["content-range"].endswith(f"/{len(SCRIPT)}")
    assert "content-encoding" not in answer.headers


def test_a_part_of_another_form_is_not_given(client: Client) -> None:
    plain, packed = client.get(HASHED), client.get(HASHED, BOTH)
    wanted = {**BOTH, "range": "bytes=0-9"}
    assert client.get(HASHED, {**wanted, "if-range": plain.headers["etag"]}).status_code == 206
    whole = client.get(HASHED, {**wanted, "if-range": packed.headers["etag"]})
    assert (whole.status_code, whole.body) == (200, SCRIPT)


def test_a_part_beyond_the_end_is_refused(client: Client) -> None:
    assert client.get(HASHED, {"range": "bytes=9999999-"}).status_code == 416


# --- what is not served -------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.js",
        "/static/%2e%2e/secret.js",
        "/static/js/..%2f..%2f..%2fsecret.js",
        "/static//js/index.DormvYxC.js",
        "/static/js",
        "/static/",
        "/static/link.js",
        "/static/..\\secret.js",
        "//static/plain.css",
        "/static/plain.css\x00",
    ],
)
def test_only_files_found_at_start_are_served(client: Client, path: str) -> None:
    assert client.get(path, BOTH).text == "the app's own answer"


def test_another_sites_question_about_a_component_is_the_apps_to_answer(client: Client) -> None:
    path, origin = "/component/map/plain.css", {**BOTH, "origin": "https://maville.fr"}
    assert client.get(path, BOTH).headers["content-encoding"] == "gzip"
    assert client.get(path, origin).text == "the app's own answer"
    # A browser sends its origin with every script of a page's own modules.
    assert client.get(HASHED, origin).headers["content-encoding"] in CODINGS


def test_a_file_that_went_away_is_the_apps_to_answer(client: Client, folder: Path) -> None:
    (folder / "plain.css").unlink()
    assert client.get(NAMED, BOTH).text == "the app's own answer"


def test_every_file_of_streamlit_that_is_served_keeps_its_name_for_its_content() -> None:
    file_util = pytest.importorskip("streamlit.file_util")
    files = files_of({"/static/": Path(file_util.get_static_dir()) / "static"})
    assert len(files) > 100
    assert {file.caching for file in files.values()} == {"public, max-age=31536000, immutable"}


# --- made once -------------------------------------------------------------------------------


def test_a_restarted_server_finds_what_was_compressed(folder: Path, tmp_path: Path) -> None:
    forms = [Precompressed(lambda: tmp_path / "cache", quiet_s=0) for _ in range(2)]
    before = client_of(folder, forms[0])
    until(lambda: in_brotli(before))
    until(lambda: [*(tmp_path / "cache").glob("*.br")])
    assert in_brotli(client_of(folder, forms[1])), "the first answer after a restart"
    assert {path.suffix for path in (tmp_path / "cache").iterdir()} == {".br"}, "nothing half done"


def test_many_at_once_get_the_same_bytes_while_the_best_form_is_made(client: Client) -> None:
    answers: list[Answer] = []

    def ask() -> None:
        answers.extend(client.get(HASHED, BOTH) for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened = {"br": brotli.decompress, "gzip": gzip.decompress}
    assert len(answers) == 40
    assert {opened[one.headers["content-encoding"]](one.body) for one in answers} == {SCRIPT}


def test_what_a_document_names_is_compressed_before_it_is_asked_for(
    folder: Path, forms: Precompressed, tmp_path: Path
) -> None:
    addresses = [
        "./static/js/index.DormvYxC.js",
        FONT_PATH,
        "./static/gone.js",
        "https://a.fr/b.js",
    ]
    compress_ahead({"/static/": folder}, addresses, forms)
    until(lambda: [*(tmp_path / "cache").glob("*.br")])
    assert in_brotli(client_of(folder, forms)), "the first visitor's first answer"
    until(lambda: len([*(tmp_path / "cache").iterdir()]) == 1)  # what it was written as is gone
