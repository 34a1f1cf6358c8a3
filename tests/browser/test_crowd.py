"""A map of thousands of marks: groups from afar, marks close by, two stops of the keyboard."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from bench import made_up
from tests.browser.harness import (
    NO_TILES,
    assert_no_console_error,
    map_frame,
    open_page,
    serve,
    traffic,
    visit,
)

QUANTITY: Final = 4_000
FOCUSED: Final = "() => document.activeElement.ariaLabel ?? document.activeElement.textContent"
STOPS: Final = """() => [...document.querySelectorAll('*')]
  .filter(one => one.tabIndex >= 0 && one.getClientRects().length).length"""
SAID: Final = "() => [...document.querySelectorAll('.amas')].map(one => one.ariaLabel)"
MARKS: Final = "/layers/marks/"


@pytest.fixture(scope="module")
def crowded_url(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("foule") / "base"
    made_up.write(folder, QUANTITY)
    assert browser.is_connected()
    with serve(environment={**NO_TILES, "CATALYSE_STORE": str(folder)}) as url:
        yield url


def views(page: Page) -> list[str]:
    """List the views of marks that a page asked for."""
    return [url for url in traffic(page).requests if MARKS in url]


def test_a_crowd_is_met_by_the_keyboard_and_a_group_opens_into_marks(
    browser: Browser, crowded_url: str
) -> None:
    page = open_page(browser, crowded_url)
    visit(page, "/carte")
    frame = map_frame(page)
    frame.wait_for_selector(".amas[tabindex='0']")
    # One for each map: that of the painted page, then the live one, whose legend moves its view.
    assert 1 <= len(views(page)) <= 2
    assert frame.evaluate(STOPS) == 2
    numbers = (one.split("catalyseurs")[0] for one in frame.evaluate(SAID))
    counts = [int("".join(filter(str.isdigit, one))) for one in numbers]
    assert sum(counts) > QUANTITY / 2
    frame.locator(".amas[tabindex='0']").focus()
    for _ in range(4):
        if not frame.locator(".amas:focus").count():
            break
        asked = len(views(page))
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
        frame = map_frame(page)
        assert len(views(page)) > asked
        assert frame.evaluate("() => document.activeElement.matches('.leaflet-marker-icon')")
        assert frame.evaluate(STOPS) == 2
    page.keyboard.press("Enter")
    frame.wait_for_selector(".leaflet-popup .carton")
    assert frame.locator(".carton").inner_text().strip()
    assert_no_console_error(page)
    page.context.close()
