"""A file of catalysts nobody vouches for: fictitious, hostile, then broken; tile servers chosen."""

import csv
import io
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from geo.directory.demo import demo_csv
from geo.directory.resources import checked_resource
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from tests.browser.harness import (
    HOME_HOST,
    NO_TILES,
    PHONE,
    is_outside,
    open_page,
    serve,
    settle,
    traffic,
    visit,
)
from tests.browser.steps import MARK, TILE_HOSTS, assert_quiet, map_of, ranked, renew
from tests.serving import serving

ATTACK = "<img src=x onerror=window.hacked=1>"
NAME = f"{ATTACK} ![y](http://ailleurs.invalid/y.png) $x$ :red[rouge]"
HOSTILE = {
    "catalyst_id": "fictif-hostile",
    "catalyst_name": NAME,
    "town": ATTACK,
    "commune_code": "94018",
    "website": "javascript:window.hacked=1",
    "source_title": ATTACK,
    "source_url": "javascript:window.hacked=1",
    "note": f"=1+1 {ATTACK}",
}
ENDLESS = "W" * 250
PATHS = ("/", "/carte", "/territoire", "/catalyseurs", "/methode")
# One transparent point: what a tile server answers.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def hostile_csv() -> str:
    """Write twelve made-up catalysts, the first one hostile in every text."""
    first, *others = csv.DictReader(io.StringIO(demo_csv(12, 1)))
    out = io.StringIO()
    writer = csv.DictWriter(out, first)
    writer.writeheader()
    writer.writerows([first | HOSTILE, *others])
    return out.getvalue()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("untrusted") / "catalyseurs.csv"


@pytest.fixture(scope="module")
def url(browser: Browser, file: Path) -> Iterator[str]:
    """Serve the untrusted file, with the tile servers that ship."""
    assert browser.is_connected()
    file.write_text(hostile_csv(), encoding="utf-8", newline="")
    with serve(environment={"CATALYSE_CATALYSTS": str(file)}) as address:
        yield address


@pytest.fixture(scope="module")
def window(browser: Browser, url: str) -> Iterator[Page]:
    opened = open_page(browser, url, bypass_csp=True)
    yield opened
    opened.context.close()


@pytest.fixture
def page(window: Page, file: Path) -> Iterator[Page]:
    if file.read_bytes() != hostile_csv().encode():
        file.write_text(hostile_csv(), encoding="utf-8", newline="")
    yield window
    renew(window)


def hacked(page: Page) -> bool:
    """Return whether a text ran as a script, in the page or in one of its frames."""
    return any(frame.evaluate("window.hacked === 1") for frame in page.frames)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_says_that_the_data_are_fictitious(page: Page, path: str) -> None:
    visit(page, path)
    assert page.get_by_text("Données fictives : ces catalyseurs sont inventés").is_visible()
    assert not hacked(page)
    assert_quiet(page, TILE_HOSTS)


def test_a_name_runs_nothing_in_list_card_tooltip_or_page(page: Page) -> None:
    visit(page, "/?lieu=commune:94018")
    assert ranked(page)[0] == f"Fictif {NAME}" or ranked(page)[0].endswith(NAME)
    frame = map_of(page)
    mark = frame.locator(f"{MARK}[aria-label^='1. ']")
    mark.hover()
    assert ATTACK in frame.locator(".leaflet-tooltip", has_text="onerror").inner_text()
    mark.click()
    card = frame.locator(".carton")
    assert ATTACK in card.inner_text()
    assert card.get_by_role("link").all_inner_texts() == ["Voir la fiche"]
    assert not hacked(page)
    card.get_by_role("link", name="Voir la fiche").click()
    page.locator("h1", has_text="onerror").wait_for()
    settle(page)
    assert page.locator("h1").inner_text() == NAME
    assert page.locator('a[href^="javascript:"]').count() == 0
    assert not hacked(page)
    assert_quiet(page, TILE_HOSTS)


def test_a_link_runs_nothing_either(page: Page) -> None:
    visit(page, f"/catalyseurs?texte={NAME}&pratique={NAME}&fiche={NAME}")
    said = page.get_by_test_id("stMain").inner_text()
    assert "onerror" in said
    assert not hacked(page)
    assert_quiet(page, TILE_HOSTS)


def test_a_word_wider_than_a_phone_slides_no_page_sideways(
    browser: Browser, tmp_path: Path
) -> None:
    texts = dict.fromkeys(("resource_name", "publisher", "note", "source_title"), ENDLESS)
    record = checked_resource({"resource_id": "sans-fin", **texts})
    with serve(environment={**NO_TILES, "CATALYSE_STORE": str(tmp_path)}) as address:
        store = Store.create(tmp_path)
        store.write(Changes.one("resource", record), author="essai", message="Sans fin")
        store.connection.close()
        phone = open_page(browser, address, PHONE)
        visit(phone, "/ressources")
        main = phone.get_by_test_id("stMain")
        assert ENDLESS in (main.text_content() or "")
        width, shown = main.evaluate("main => [main.scrollWidth, main.clientWidth]")
        phone.context.close()
    assert width <= shown


def test_a_script_that_ran_would_be_seen(page: Page) -> None:
    visit(page, "/methode")
    page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", ATTACK)
    page.wait_for_function("window.hacked === 1")
    assert hacked(page)


def test_only_the_tile_servers_are_asked(page: Page) -> None:
    asked = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=PNG, content_type="image/png")

    page.route(is_outside, answer)
    visit(page)
    frame = map_of(page)
    frame.wait_for_selector(".leaflet-tile-loaded", state="attached")
    everybody = [*asked, *traffic(page).outside]  # a tile no longer wanted is not waited for
    assert {urlsplit(url).hostname for url in everybody} <= set(TILE_HOSTS)
    assert any("geopf" in url for url in asked)
    assert "© IGN" in frame.locator(".leaflet-control-attribution").inner_text()


HOSTILE_TILES = (
    {
        "content_type": "image/svg+xml",
        "body": "<svg xmlns='http://www.w3.org/2000/svg' onload='parent.hacked=1;top.hacked=1'>"
        "<script>parent.hacked=1;top.hacked=1</script>"
        "<image href='http://ailleurs.invalid/y.png'/></svg>",
    },
    {"content_type": "text/html", "body": f"<script>top.hacked=1</script>{ATTACK}"},
    {"status": 500, "content_type": "text/html", "body": ATTACK},
)


def test_a_tile_server_turned_bad_runs_nothing_and_learns_no_place(
    browser: Browser, url: str, file: Path
) -> None:
    file.write_text(hostile_csv(), encoding="utf-8", newline="")
    guarded = open_page(browser, url)  # under the app's own policy
    referrers: list[str] = []

    def answer(route: Route) -> None:
        route.fulfill(**HOSTILE_TILES[len(referrers) % len(HOSTILE_TILES)])
        referrers.append(route.request.headers.get("referer", ""))

    guarded.route(is_outside, answer)
    visit(guarded, "/?lieu=commune:94018")
    map_of(guarded).wait_for_selector(".leaflet-socle-pane path", state="attached")
    settle(guarded)
    assert len(referrers) >= len(HOSTILE_TILES)
    assert not hacked(guarded)
    assert {urlsplit(one).hostname for one in traffic(guarded).outside} <= {*TILE_HOSTS}
    assert not any("94018" in one for one in referrers)
    guarded.context.close()


class Stranger(ThreadingHTTPServer):
    """A host that nobody allowed, and what reached it."""

    def __init__(self) -> None:
        super().__init__((HOME_HOST, 0), BaseHTTPRequestHandler)
        self.reached = 0

    def finish_request(self, request: Any, client_address: Any) -> None:
        self.reached += 1
        super().finish_request(request, client_address)


@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded", "twin"])
def test_a_tile_server_that_sends_elsewhere_is_not_followed(
    browser: Browser, url: str, file: Path, *, is_guarded: bool
) -> None:
    file.write_text(hostile_csv(), encoding="utf-8", newline="")
    sent: list[str] = []
    with serving(Stranger()) as stranger:
        window = open_page(browser, url, bypass_csp=not is_guarded)

        def answer(route: Route) -> None:
            sent.append(f"/{len(sent)}.png")
            where = f"http://{HOME_HOST}:{stranger.server_port}{sent[-1]}"
            route.fulfill(status=302, headers={"location": where})

        window.route(is_outside, answer)
        visit(window, "/?lieu=commune:94018")
        map_of(window).wait_for_selector(".leaflet-socle-pane path", state="attached")
        settle(window)
        window.context.close()
        assert sent
        assert (stranger.reached == 0) == is_guarded


def test_a_silent_tile_server_leaves_the_own_outline(page: Page) -> None:
    visit(page)
    frame = map_of(page)
    frame.wait_for_selector(".leaflet-socle-pane path", state="attached")
    assert frame.locator(".leaflet-tile").count() == 0
    assert {urlsplit(url).hostname for url in traffic(page).outside} <= set(TILE_HOSTS)
    assert len(traffic(page).outside) <= len(TILE_HOSTS)


def test_a_file_that_breaks_is_one_sentence_in_french(page: Page, file: Path) -> None:
    file.write_text(hostile_csv().replace("94018", "00000"), encoding="utf-8", newline="")
    visit(page, "/carte")
    said = page.get_by_role("alert").all_inner_texts()
    assert len(said) == 1
    assert "refusé" in said[0]
    assert "« 00000 »".replace(" ", "\u00a0") in said[0]
    assert page.get_by_test_id("stException").count() == 0
    assert_quiet(page, TILE_HOSTS)
