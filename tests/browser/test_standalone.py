"""The map in one file, opened from the disk with no network at all."""

import re
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from geo.output.exports import FORMATS
from tests.browser.harness import (
    PHONE,
    assert_no_console_error,
    assert_no_outside_request,
    axe,
    open_page,
    traffic,
)
from tests.output.exports.drawn import HOSTILE, drawn_export, hostile_export

pytestmark = pytest.mark.browser
STOPS = """() => [...document.querySelectorAll("#carte :is(a[href], button, [tabindex])")]
  .filter(one => one.tabIndex >= 0).length"""


def test_a_map_in_one_file_filters_and_runs_no_name(browser: Browser, tmp_path: Path) -> None:
    export = hostile_export()
    path = tmp_path / export.file_name("html")
    path.write_bytes(FORMATS["html"].content(export))
    assert path.name == "fictif-acteurs.html"
    page = open_page(browser, "http://127.0.0.1:1", offline=True)
    page.goto(path.as_uri())
    page.on("dialog", lambda _: pytest.fail("a name ran as a script"))
    assert page.locator(".leaflet-marker-pane svg").count() == 4
    assert page.locator(".leaflet-overlay-pane path").count() > 20
    assert "Données fictives" in page.locator("header").inner_text()
    assert page.locator(".listes section").first.locator("li").count() == len(HOSTILE)
    assert page.locator("summary").nth(2).inner_text() == HOSTILE[2]
    page.get_by_label("Profil").select_option("entreprise")
    assert page.locator(".leaflet-marker-pane svg").count() == 1
    assert page.locator(".listes section").first.locator("li:visible").count() == 1
    page.get_by_role("button", name="Tout montrer").click()
    page.get_by_label("Mots").fill("GRAS œuvre")
    assert page.locator(".listes section").first.locator("li:visible").count() == 1
    page.get_by_label("Mots").fill("")
    page.get_by_role("button", name="Voir sur la carte").first.press("Enter")
    assert page.locator(".leaflet-popup").inner_text().startswith(HOSTILE[0])
    assert axe(page) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert_no_outside_request(page)
    assert_no_console_error(page)
    assert [one for one in traffic(page).requests if not one.startswith(("file:", "data:"))] == []


BOXES = """() => ["#carte .nom span", "#carte .leaflet-marker-pane svg"].map(found =>
  [...document.querySelectorAll(found)].map(one => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return [left + 3, top + 3, right - 3, bottom - 3];
  }))"""


def test_towns_are_named_none_over_another_or_over_a_mark(browser: Browser, tmp_path: Path) -> None:
    lons, lats = [2.35, 4.84, -1.55, 5.4, 7.75], [48.85, 45.76, 47.22, 43.3, 48.57]
    page = opened(browser, tmp_path, lons, lats)
    for _ in range(2):
        named, marks = page.evaluate(BOXES)
        assert len(named) > 10
        assert [pair for pair in combinations(named + marks, 2) if _meet(*pair)] == []
        page.get_by_role("button", name="Agrandir").click()
        page.wait_for_timeout(600)
    assert page.locator(".nom").first.evaluate("one => !!one.closest('[aria-hidden=true]')")


def _meet(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_the_policy_of_the_file_stops_what_it_does_not_name(
    browser: Browser, tmp_path: Path
) -> None:
    text = FORMATS["html"].content(hostile_export()).decode()
    spoilt = text.replace("</header>", "<script>window.ran = true</script></header>")
    path = tmp_path / "abime.html"
    path.write_text(spoilt, encoding="utf-8")
    page = open_page(browser, "http://127.0.0.1:1")
    page.goto(path.as_uri())
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in one for one in traffic(page).errors)


def opened(browser: Browser, folder: Path, lons: list[float], lats: list[float]) -> Page:
    """Open the drawn book with its actors elsewhere."""
    path = folder / "carte.html"
    export = drawn_export(longitude=lons, latitude=lats)
    path.write_bytes(FORMATS["html"].content(export))
    page = open_page(browser, "http://127.0.0.1:1", offline=True)
    page.goto(path.as_uri())
    return page


def middles(page: Page) -> list[tuple[float, float]]:
    """Say where the signs are on the screen."""
    boxes = [one.bounding_box() for one in page.locator(".leaflet-marker-pane > *").all()]
    return [(one["x"] + one["width"] / 2, one["y"] + one["height"] / 2) for one in boxes if one]


def test_a_far_island_does_not_shrink_the_rest(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, [2.4, -1.5, 5.4, 4.8, 55.45], [48.8, 47.2, 43.3, 45.7, -20.9])
    frame = page.locator("#carte").bounding_box()
    assert frame
    inside = [
        at
        for at in middles(page)
        if 0 < at[0] - frame["x"] < frame["width"] and 0 < at[1] - frame["y"] < frame["height"]
    ]
    assert len(inside) == 4
    assert max(y for _, y in inside) - min(y for _, y in inside) > frame["height"] / 4
    island = page.get_by_role("button", name="La Réunion")
    assert page.locator("#sauts button").all_inner_texts() == [
        "France métropolitaine",
        "La Réunion",
    ]
    island.press("Enter")
    x, y = middles(page)[4]
    assert 0 < x - frame["x"] < frame["width"]
    assert 0 < y - frame["y"] < frame["height"]
    assert axe(page) == []
    assert_no_console_error(page)


def test_actors_of_one_town_hall_stand_side_by_side(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, [2.4] * 5, [48.8] * 5)
    assert not page.locator("#sauts").is_visible()
    for _ in range(2):
        at = middles(page)
        apart = [dist(one, two) for one, two in combinations(at, 2)]
        assert len(at) == 5
        assert min(apart) > 26
        assert max(apart) < 80
        page.locator(".leaflet-control-zoom-out").click()
        page.wait_for_timeout(500)
    assert page.evaluate(STOPS) == 2  # the marks, the buttons
    first = page.locator(".leaflet-marker-icon[tabindex='0']")
    named = first.get_attribute("title")
    first.press("ArrowLeft")
    assert page.evaluate("document.activeElement.title") not in {named, ""}
    page.locator(".leaflet-marker-icon[title='Asso E']").press("Enter")
    assert page.locator(".leaflet-popup").inner_text().startswith("Asso E")
    assert_no_console_error(page)


def test_each_layer_counts_its_own_rows(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, [2.4] * 5, [48.8] * 5)
    count = page.locator("#compte")
    assert count.inner_text() == "Acteurs\u00a0: 5 sur 5 dans la liste, 5 sur la carte."
    headings = page.locator(".listes h2")
    assert headings.nth(2).inner_text() == "Liens 4"
    links = page.locator(".listes section").nth(2).locator("summary")
    assert links.first.inner_text() == "Asso A – Boîte B (Un lieu commun)"
    page.get_by_label("Profil").select_option("entreprise")
    assert count.inner_text() == "Acteurs\u00a0: 1 sur 5 dans la liste, 1 sur la carte."
    assert headings.nth(2).inner_text() == "Liens 3 sur 4"
    assert re.search(r"Extrait le \d\d/\d\d/\d{4}\.", page.locator("header").inner_text())
    assert page.get_by_label("Pratique").locator("option").first.inner_text() == "Toutes"
