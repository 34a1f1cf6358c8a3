"""A first visit in a real browser: the network's ecosystem, then a fictitious territory, tried."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import (
    DESKTOP,
    NO_TILES,
    PHONE,
    assert_no_console_error,
    assert_no_outside_request,
    axe,
    map_frame,
    open_page,
    serve,
    settle,
    visit,
)
from tests.browser.steps import renew

FICTITIOUS = "territoire-fictif"
NOTICE = "Données fictives"
VIEWS = (
    f"/ecosysteme?ecosysteme={FICTITIOUS}",
    f"/alliances?ecosysteme={FICTITIOUS}",
    f"/alliances?ecosysteme={FICTITIOUS}&vue=graphe",
    f"/projets?ecosysteme={FICTITIOUS}",
    f"/acteurs?fiche={FICTITIOUS}-actor-09",
)
EMPTY = ("/ecosysteme", "/alliances", "/projets", "/acteurs")


@pytest.fixture(scope="module")
def first_start(browser: Browser) -> Iterator[str]:
    """Run the app over a new base of its own."""
    assert browser.is_connected()
    with serve(environment=NO_TILES) as url:
        yield url


@pytest.fixture(scope="module")
def window(browser: Browser, first_start: str) -> Iterator[Page]:
    opened = open_page(browser, first_start, at_the_machine=True)
    yield opened
    opened.context.close()


@pytest.fixture
def visitor(window: Page) -> Iterator[Page]:
    yield window
    renew(window)


def accessible(page: Page) -> None:
    """Look at a page as it stands with axe, on a desk and on a phone."""
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        faults = axe(page)
        assert not faults, json.dumps(faults, ensure_ascii=False, indent=2)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


@pytest.mark.parametrize("path", EMPTY)
def test_a_first_visit_begins_with_something_alive(visitor: Page, path: str) -> None:
    visit(visitor, path)
    expect(visitor.get_by_text("Votre écosystème, en trois étapes")).to_be_visible()
    accessible(visitor)


def test_a_fictitious_territory_is_tried_marked_and_taken_away(visitor: Page) -> None:
    visit(visitor, "/ecosysteme")
    visitor.get_by_role("button", name="Essayer sur un territoire fictif").click()
    visitor.wait_for_url(f"**/ecosysteme?ecosysteme={FICTITIOUS}")
    for path in VIEWS:
        visit(visitor, path)
        expect(visitor.get_by_text(NOTICE).first).to_be_visible()
        accessible(visitor)
    visit(visitor, VIEWS[0])
    assert map_frame(visitor).locator("path.lien").count() > 50
    legend = visitor.locator(".st-key-legende").locator("..").bounding_box()
    frame = map_frame(visitor)
    assert legend
    for mark in frame.locator(".leaflet-marker-icon").all():
        seen = mark.bounding_box()
        assert seen
        assert seen["x"] + seen["width"] / 2 > legend["x"] + legend["width"]
    visit(visitor, "/?lieu=commune:36093")
    assert visitor.get_by_text("fictif").count() == 0
    visit(visitor, VIEWS[0])
    visitor.get_by_role("button", name="Retirer le territoire fictif").click()
    settle(visitor)
    expect(visitor.get_by_text("Votre écosystème, en trois étapes")).to_be_visible()
    visit(visitor, "/alliances")
    assert visitor.get_by_text(NOTICE).count() == 0
    assert_no_outside_request(visitor)
    assert_no_console_error(visitor)
