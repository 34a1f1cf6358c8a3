"""The map of a painted page: live before Streamlit is, and the live page goes on from it."""

import re

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.browser.harness import (
    assert_no_console_error,
    axe,
    map_frame,
    open_page,
    serve,
    settle,
)
from tests.browser.steps import CHARENTON
from tests.browser.test_every_page import RULES
from tests.browser.test_first_screen import WIDE, box_of, painted, sized

LONGITUDE = r",-?[\d.]+"
MARK = ".leaflet-marker-icon:not(.amas)"
SHAPE = ".leaflet-surfaces-pane path.leaflet-interactive"


@pytest.fixture
def wide(reader: Page) -> Page:
    return sized(reader, WIDE)


def painted_map(page: Page) -> Frame:
    """Return the frame of the painted page's map, once its marks are drawn."""
    frame = page.wait_for_selector("#premier iframe.prete").content_frame()
    assert frame
    frame.wait_for_selector(MARK)
    return frame


def test_the_painted_map_is_live_and_the_live_one_goes_on_from_it(wide: Page) -> None:
    with painted(wide, "/") as held:
        early = painted_map(wide)
        assert axe(early, runOnly=RULES) == []
        early.get_by_role("button", name="Zoomer", exact=True).click()
        wide.wait_for_url("**zoom=**", wait_until="commit")
        early.locator(MARK).first.click()
        card = early.locator(".leaflet-popup h3, .leaflet-popup strong").first.inner_text()
        wide.wait_for_url("**choix=**", wait_until="commit")
        wide.wait_for_timeout(500)  # the card comes in sight, and the map moves for it
        where = wide.url
        held.let_go()
        settle(wide)
        live = map_frame(wide)
        assert card in live.locator(".leaflet-popup").inner_text()
        # An open card stands clear of the legend, which the live page adds: it may come by a step.
        assert re.sub(LONGITUDE, "", wide.url) == re.sub(LONGITUDE, "", where)
        assert_no_console_error(wide)


@pytest.mark.parametrize(
    "path", ["/carte?contours=departement", "/territoire?territoire=departement:07"]
)
def test_the_map_of_other_pages_is_live_before_them_too(wide: Page, path: str) -> None:
    with painted(wide, path) as held:
        early = painted_map(wide)
        assert axe(early, runOnly=RULES) == []
        early.wait_for_selector(SHAPE)
        early.get_by_role("button", name="Zoomer", exact=True).click()
        wide.wait_for_url("**zoom=**", wait_until="commit")
        where, before = wide.url, box_of(wide, "#premier iframe")
        held.let_go()
        settle(wide)
        map_frame(wide).wait_for_selector(MARK)
        assert wide.url == where
        assert box_of(wide, ".st-key-cadre_vue iframe") == pytest.approx(before, abs=1)
        assert_no_console_error(wide)


def test_a_shape_of_the_painted_map_leads_to_its_territory(wide: Page) -> None:
    with painted(wide, "/territoire"):
        frame = painted_map(wide)
        frame.wait_for_selector(SHAPE)
        frame.locator(SHAPE).first.dispatch_event("click", {"bubbles": True})
        frame.locator(".leaflet-popup a.fiche").first.click()
        wide.wait_for_url("**/territoire?territoire=departement:**", wait_until="commit")


def test_a_click_on_the_painted_map_says_where_to_start_from(wide: Page) -> None:
    with painted(wide, "/?pratique=accompagnements&centre=48,2&zoom=7"):
        frame = painted_map(wide)
        frame.locator(".leaflet-container").click(position={"x": 300, "y": 300})
        wide.wait_for_url("**lieu=**", wait_until="commit")
        assert "pratique=accompagnements" in wide.url
        assert "centre=" not in wide.url
        assert wide.locator("#premier h2").first.inner_text().endswith("les plus proches")


def test_a_link_of_the_painted_map_leads_there(wide: Page) -> None:
    with painted(wide, "/"):
        frame = painted_map(wide)
        frame.locator(MARK).first.click()
        frame.locator(".leaflet-popup a.fiche").first.click()
        wide.wait_for_url("**/catalyseurs?fiche=**", wait_until="commit")


def test_a_page_opened_as_the_server_starts_asks_for_its_answer(browser: Browser) -> None:
    with serve() as url:
        page = open_page(browser, url, WIDE)
        with painted(page, CHARENTON):
            page.locator("#premier li.fiche").first.wait_for()
            painted_map(page)
            assert page.locator("#premier-champ").input_value() == "Charenton-le-Pont (94)"
            assert_no_console_error(page)
        page.context.close()


def test_the_painted_map_has_its_towns_where_the_live_page_is_slow(wide: Page) -> None:
    with painted(wide, "/"):
        painted_map(wide).wait_for_selector(".leaflet-noms-pane canvas", state="attached")
