"""A first visit in a real browser: the network's ecosystem, then a fictitious territory, tried."""

import json

from playwright.sync_api import Page, expect

from tests.browser.harness import (
    DESKTOP,
    PHONE,
    assert_no_console_error,
    assert_no_outside_request,
    axe,
    map_frame,
    settle,
    visit,
)
from tests.browser.steps import walk

FICTITIOUS = "territoire-fictif"
NOTICE = "Données fictives"
VIEWS = (
    f"/ecosysteme?ecosysteme={FICTITIOUS}",
    f"/alliances?ecosysteme={FICTITIOUS}",
    f"/alliances?ecosysteme={FICTITIOUS}&vue=graphe",
    f"/projets?ecosysteme={FICTITIOUS}",
    f"/acteurs?fiche={FICTITIOUS}-actor-09",
)


def accessible(page: Page) -> None:
    """Look at a page with axe on a desk and on a phone, first on the one where it is open."""
    for width, height in sorted((DESKTOP, PHONE), key=lambda size: size != size_of(page)):
        if (width, height) != size_of(page):
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
        faults = axe(page)
        assert not faults, json.dumps(faults, ensure_ascii=False, indent=2)


def size_of(page: Page) -> tuple[int, int]:
    size = page.viewport_size
    return (size["width"], size["height"]) if size else DESKTOP


def test_a_fictitious_territory_is_tried_marked_and_taken_away(page: Page) -> None:
    visit(page, "/ecosysteme")
    page.get_by_role("button", name="Essayer sur un territoire fictif").click()
    page.wait_for_url(f"**/ecosysteme?ecosysteme={FICTITIOUS}")
    expect(page.get_by_role("alertdialog", name="Message")).to_be_visible()
    for path in VIEWS:
        walk(page, path)
        expect(page.get_by_text(NOTICE).first).to_be_visible()
        accessible(page)
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    walk(page, VIEWS[0])
    assert map_frame(page).locator("path.lien").count() > 50
    legend = page.locator(".st-key-legende").locator("..").bounding_box()
    frame = map_frame(page)
    assert legend
    for mark in frame.locator(".leaflet-marker-icon").all():
        seen = mark.bounding_box()
        assert seen
        assert seen["x"] + seen["width"] / 2 > legend["x"] + legend["width"]
    walk(page, "/?lieu=commune:36093")
    assert page.get_by_text("fictif").count() == 0
    walk(page, VIEWS[0])
    page.get_by_role("button", name="Retirer le territoire fictif").click()
    settle(page)
    expect(page.get_by_text("Votre écosystème, en trois étapes")).to_be_visible()
    walk(page, "/alliances")
    assert page.get_by_text(NOTICE).count() == 0
    assert_no_outside_request(page)
    assert_no_console_error(page)
