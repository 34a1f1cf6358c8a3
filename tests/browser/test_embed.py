"""The view in the address, and the app shown by another site: two ports are two origins."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.browser.harness import (
    DESKTOP,
    HOME_HOST,
    PHONE,
    axe,
    map_frame,
    open_page,
    settle,
    visit,
)
from tests.browser.steps import MARK, TERRITORY, assert_quiet, press_filter, renew, search
from tests.browser.test_every_page import OVERFLOW
from tests.serving import serving

PLACE = "/territoire?territoire=departement:94"
# By the map that reads the address first, which may be that of the painted page; it soon fades.
SAID = """() => [...document.querySelectorAll('iframe')].some(one =>
  one.contentDocument?.querySelector('.indice.visible')
    ?.textContent.includes('n’est pas sur cette carte'))"""
VIEW = "centre=48.79000,2.46000&zoom=12.5"
WHERE = """() => {
  const map = Object.values(window).find((one) => one instanceof L.Map);
  return [map.getCenter().lat, map.getCenter().lng, map.getZoom()];
}"""
TILE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    b"\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x03\x00\x08\xfc\x02\xfe\xa7\x9a\xa0\xa0"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def said(page: Page, name: str) -> str:
    return next(iter(parse_qs(urlsplit(page.url).query).get(name, [])), "")


def where(page: Page) -> list[float]:
    return [round(one, 3) for one in map_frame(page).evaluate(WHERE)]


def moved(page: Page) -> list[float]:
    """Zoom in once, as a visitor does, and wait for the address to say so."""
    map_frame(page).locator(".leaflet-control-zoom-in").click()
    page.wait_for_url("**centre=**")
    return where(page)


# --- the view in the address --------------------------------------------------------------


def test_a_moved_map_is_in_the_address_and_comes_back_with_it(page: Page) -> None:
    visit(page, PLACE)
    map_frame(page)
    assert "centre" not in page.url
    seen = moved(page)
    page.reload()
    settle(page)
    assert where(page) == pytest.approx(seen, abs=0.002)
    assert said(page, "territoire") == "departement:94"
    assert_quiet(page)


def test_a_filter_keeps_the_view_and_its_own_choice(page: Page) -> None:
    visit(page, "/carte")
    seen = moved(page)
    map_frame(page).evaluate("window.mark = 'the same map'")
    press_filter(page, "Accompagnements")
    assert page.get_by_role("button", name="Enlever les filtres").is_visible()
    assert map_frame(page).evaluate("window.mark") == "the same map"
    assert (said(page, "pratique"), said(page, "centre") != "") == ("accompagnements", True)
    assert where(page) == seen
    press_filter(page, "Gestion d’un lieu")
    assert page.url.count("pratique=") == 2
    assert said(page, "zoom") == str(round(seen[2]))


def test_another_place_and_another_page_start_anew(page: Page) -> None:
    visit(page, f"{PLACE}&{VIEW}")
    assert where(page) == [48.79, 2.46, 12.5]
    search(page, "Ardèche", TERRITORY, "territoire")
    page.wait_for_url(lambda address: "departement%3A07" in address)
    settle(page)
    assert where(page)[0] < 46
    assert "centre" not in page.url
    page.go_back()
    page.wait_for_url("**centre=**")
    settle(page)
    assert where(page) == [48.79, 2.46, 12.5]
    page.get_by_role("link", name="Carte", exact=True).click()
    page.wait_for_url("**/carte**")
    settle(page)
    assert "centre" not in page.url


def test_an_open_card_is_in_the_address_even_from_a_cluster(page: Page) -> None:
    visit(page, f"{PLACE}&centre=48.81,2.46&zoom=11&choix=club-gravelle-entreprendre")
    frame = map_frame(page)
    assert "Club Gravelle" in frame.locator(".carton").inner_text()
    frame.locator(".leaflet-popup-close-button").click()
    page.wait_for_url(lambda address: "choix" not in address)
    # While it fades it hides the mark: Playwright would scroll the map to get round it.
    frame.locator(".leaflet-popup").wait_for(state="detached")
    frame.locator(f'{MARK}[aria-label*="RAMEAU"]').click()
    page.wait_for_url("**choix=**")
    assert_quiet(page)


def test_a_view_that_cannot_be_is_left_out_and_said(page: Page) -> None:
    page.goto(f"{PLACE}&centre=nord&choix=personne", wait_until="commit")
    page.wait_for_function(SAID, polling=50)
    settle(page)
    assert "nord" in page.get_by_test_id("stAlert").inner_text()
    assert "choix" not in page.url
    assert 48 < where(page)[0] < 49


def test_the_base_layer_chosen_stays_on_the_next_page(tiled: Page) -> None:
    page = tiled
    page.route(
        re.compile("data.geopf.fr|openstreetmap"),
        lambda route: route.fulfill(body=TILE, content_type="image/png"),
    )
    visit(page, "/carte")
    frame = map_frame(page)
    frame.locator(".leaflet-control-layers").hover()
    frame.get_by_text("Fond simple").click()
    page.wait_for_url("**fond=simple**")
    page.get_by_role("link", name="Trouver", exact=True).click()
    page.wait_for_url(lambda address: "/carte" not in address and "fond=simple" in address)
    assert map_frame(page).locator(".leaflet-tile-pane img").count() == 0
    visit(page, "/carte?fond=osm")
    assert "openstreetmap" in str(
        map_frame(page).locator(".leaflet-tile-pane img").first.get_attribute("src")
    )


# --- in another site's page ---------------------------------------------------------------


@contextmanager
def other_site() -> Iterator[str]:
    """Serve a page that frames the address it is asked for; give where it is."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown = parse_qs(urlsplit(self.path).query).get("cadre", [""])[0]
            body = f'<html lang="fr"><title>Ma ville</title><iframe src="{shown}" title="Carte" '
            body += 'width="390" height="800"></iframe></html>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.replace("&", "&amp;").encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with serving(ThreadingHTTPServer((HOME_HOST, 0), Site)) as server:
        yield f"http://{HOME_HOST}:{server.server_port}"


@pytest.fixture(scope="module")
def town_window(browser: Browser) -> Iterator[Page]:
    with other_site() as url:
        page = open_page(browser, url)
        yield page
        page.context.close()


@pytest.fixture
def town(town_window: Page) -> Iterator[Page]:
    yield town_window
    renew(town_window)


def framed(town: Page, address: str) -> Frame:
    town.goto(f"/?cadre={quote(address, safe='')}")
    handle = town.locator("iframe").element_handle()
    frame = handle.content_frame() if handle else None
    assert frame is not None
    return frame


def refused(town: Page, address: str) -> Frame:
    """Frame an address, until the browser says that its policy forbids it."""
    with town.expect_console_message(lambda said: "frame-ancestors" in said.text):
        return framed(town, address)


def test_another_site_shows_the_map_and_its_list(town: Page, app_url: str) -> None:
    frame = framed(town, f"{app_url}{PLACE}&embed=true&pratique=accompagnements")
    frame.locator(".ouvrir a").wait_for()
    map_holder = frame.locator('iframe[src*="streamlit_folium"]').element_handle()
    inner = map_holder.content_frame() if map_holder else None
    assert inner is not None
    inner.locator(".leaflet-control-zoom-in").wait_for()
    assert frame.locator("li.fiche h3").first.inner_text()
    assert frame.get_by_role("link", name="Contribuer").count() == 0
    with town.context.expect_page() as opened:
        frame.locator("li.fiche h3 a").first.click()
    assert "/catalyseurs?fiche=" in opened.value.url
    assert frame.url.startswith(app_url)


@pytest.mark.parametrize("path", ["/carte", "/", "/contribuer?embed=true", "/acteurs/?embed=true"])
def test_no_other_page_is_shown_by_another_site(town: Page, app_url: str, path: str) -> None:
    frame = refused(town, f"{app_url}{path}")
    assert frame.url.startswith("chrome-error") or frame.locator("#root").count() == 0


def test_the_operator_says_which_sites(town: Page, tiled_url: str) -> None:
    address = f"{tiled_url}{PLACE}&embed=true"
    frame = refused(town, address)
    assert frame.url.startswith("chrome-error") or frame.locator("#root").count() == 0
    with urlopen(address) as answer:  # noqa: S310
        policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith("; frame-ancestors 'self' https://maville.fr")


def test_the_way_out_leads_where_the_map_looks(page: Page) -> None:
    visit(page, f"{PLACE}&{VIEW}&embed=true")
    assert where(page) == [48.79, 2.46, 12.5]
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Ouvrir dans Catalyse").click()
    there = opened.value
    there.wait_for_url("**/territoire?**")
    assert (said(there, "territoire"), said(there, "embed")) == ("departement:94", "")
    assert [float(one) for one in said(there, "centre").split(",")] == pytest.approx([48.79, 2.46])
    assert said(there, "zoom") == "12.5"


@pytest.mark.parametrize(("path", "jumps"), [(f"{PLACE}&embed=true", 0), ("/carte?embed=true", 6)])
def test_an_embedded_view_is_whole_and_a_narrow_one_shows_its_way_out_and_its_list_at_once(
    page: Page, path: str, jumps: int
) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": 900})
    visit(page, path)
    assert map_frame(page).locator(".sauts button").count() == jumps
    assert "IGN" in page.locator(".bande .muet").inner_text()
    assert "IGN" not in map_frame(page).locator(".leaflet-control-attribution").inner_text()
    tops = [
        page.locator(one).first.bounding_box()
        for one in (".ouvrir a", ".bande .muet", 'iframe[src*="streamlit_folium"]', "li.fiche")
    ]
    ys = [box["y"] for box in tops if box]
    assert ys == sorted(ys)
    assert len(ys) == 4
    assert ys[1] < 120
    assert ys[3] < 900
    assert page.evaluate(OVERFLOW) <= 0
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    settle(page)
    map_frame(page)
    assert axe(page) == []
    assert page.locator("h1").count() == 1
    assert_quiet(page)
