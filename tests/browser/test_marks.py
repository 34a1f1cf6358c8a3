"""Marks of a map: what groups say, the keyboard's two stops, cards and marks that answer."""

import re
from typing import Final

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.browser.harness import PHONE, map_frame, open_page, traffic, visit
from tests.browser.steps import show_map, stand

CHARENTON: Final = "/?lieu=commune:94018"
VAL_DE_MARNE: Final = "/territoire?territoire=departement:94"
STOPS: Final = """() => [...document.querySelectorAll('*')]
  .filter(one => one.tabIndex >= 0 && one.getClientRects().length)
  .map(one => one.className)"""
# At once: the map soon makes of its buttons one stop again.
ONE_MORE: Final = f"""() => {{
  for (const one of document.querySelectorAll('.leaflet-control-zoom a')) one.tabIndex = 0;
  return ({STOPS})();
}}"""
FOCUSED: Final = "() => document.activeElement.ariaLabel ?? document.activeElement.textContent"
IN_VIEW: Final = """() => [...document.querySelectorAll('.leaflet-marker-icon')].filter(one => {
  const { left, right, top, bottom } = one.getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
}).length"""
PRESSED: Final = """where => {
  const at = { bubbles: true, clientX: innerWidth / 2, clientY: 60 };
  document.querySelector(where).dispatchEvent(new PointerEvent('pointerdown', at));
  document.querySelector('.leaflet-container').dispatchEvent(new MouseEvent('click', at));
}"""
LIT: Final = ".leaflet-marker-icon.vedette"


def stops(frame: Frame) -> list[str]:
    """Name what the tabulation key meets in a map."""
    return list(frame.evaluate(STOPS))


def map_at(page: Page, path: str) -> Frame:
    """Open a page, unless it is open, and wait for the marks of its map."""
    stand(page, path)
    frame = map_frame(page)
    frame.wait_for_selector(".leaflet-marker-icon[tabindex='0']")
    return frame


def test_the_map_says_in_french_how_to_go_through_it(shared: Page) -> None:
    frame = map_at(shared, "/carte")
    said = frame.get_by_role("group", name="Signes de la carte").get_attribute("aria-label") or ""
    assert "Flèches\u00a0: d’un signe à l’autre" in said
    assert frame.locator("svg:not([aria-hidden=true]) path.leaflet-interactive").count() == 0


def test_a_group_says_how_many_of_what(shared: Page) -> None:
    frame = map_at(shared, "/carte")
    groups = frame.locator(".amas")
    assert groups.count() > 0
    for one in groups.all():
        said = one.get_attribute("aria-label") or ""
        count, _, parts = said.partition(" catalyseurs\u00a0: ")
        numbers = [int(found) for found in re.findall(r"(\d+) [a-z]", parts)]
        assert sum(numbers) == int(count) == int(one.inner_text())
        assert one.locator("circle").count() == len(numbers)


@pytest.mark.parametrize("path", ["/carte", CHARENTON, VAL_DE_MARNE])
def test_the_tabulation_key_meets_the_marks_then_the_buttons(shared: Page, path: str) -> None:
    frame = map_at(shared, path)
    assert len(stops(frame)) == 2, stops(frame)
    assert "leaflet-marker-icon" in stops(frame)[0]
    frame.locator(".leaflet-marker-icon[tabindex='0']").focus()
    shared.keyboard.press("Tab")
    assert frame.evaluate(FOCUSED) == "Zoomer"
    shared.keyboard.press("ArrowRight")
    assert frame.evaluate(FOCUSED) == "Dézoomer"
    assert len(stops(frame)) == 2
    assert len(frame.evaluate(ONE_MORE)) == 3  # the count can fail


def test_arrows_go_from_mark_to_mark_and_never_empty_the_map(shared: Page) -> None:
    frame = map_at(shared, CHARENTON)
    frame.locator(".leaflet-marker-icon[tabindex='0']").focus()
    met = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowLeft"):
        shared.keyboard.press(key)
        met.append(frame.evaluate(FOCUSED))
        assert frame.evaluate(IN_VIEW) > 0
        assert len(stops(frame)) == 2
    assert len({*met}) > 2
    assert all(name for name in met)
    shared.keyboard.press("Enter")
    frame.wait_for_selector(".carton")
    shared.keyboard.press("Escape")
    frame.wait_for_selector(".carton", state="detached")
    assert frame.evaluate(FOCUSED) == met[-1]


def test_a_card_lights_its_mark_and_a_mark_its_card(page: Page) -> None:
    frame = map_at(page, CHARENTON)
    card = page.locator("[data-fiche]").nth(1)
    name = card.locator("h3").inner_text()
    card.hover()
    assert name in (frame.locator(LIT).get_attribute("aria-label") or "")
    assert page.locator(".fiche.vedette h3").all_inner_texts() == [name]
    page.mouse.move(5, 5)
    frame.wait_for_selector(LIT, state="detached")
    last = page.locator("[data-fiche]").nth(9)
    name = last.locator("h3").inner_text()
    frame.locator(f'.catalyseur[aria-label*="{name}"]').click()
    page.locator(".fiche.vedette").wait_for()
    assert page.locator(".fiche.vedette h3").inner_text() == name
    last.scroll_into_view_if_needed()
    assert not traffic(page).errors


def test_a_press_on_a_mark_drawn_anew_before_its_release_is_no_place(page: Page) -> None:
    frame = map_at(page, CHARENTON)
    frame.evaluate(PRESSED, ".catalyseur")
    page.wait_for_timeout(4000)  # a click that counts is in the address after two seconds
    assert page.url.endswith(CHARENTON)
    frame.evaluate(PRESSED, ".leaflet-container")
    page.wait_for_url(re.compile(r"lieu=-?\d+\.\d+,"))


def test_a_card_brings_a_mark_that_is_out_of_sight_and_no_page_run(page: Page) -> None:
    frame = map_at(page, CHARENTON)
    for _ in range(3):
        frame.get_by_role("button", name="Zoomer", exact=True).click()
        page.wait_for_timeout(300)
    seen = frame.evaluate(IN_VIEW)
    page.locator("[data-fiche] h3 a").nth(8).focus()
    page.keyboard.press("Tab")  # the keyboard is what focuses from now on
    frame.wait_for_selector(LIT)
    frame.wait_for_function(f"before => ({IN_VIEW})() > before", arg=seen)


def test_the_legend_hides_no_ranked_mark(page: Page) -> None:
    visit(page, "/?lieu=commune:38185")
    frame = map_frame(page)
    frame.wait_for_selector(".rang")
    legend = page.locator(".st-key-legende details").bounding_box()
    assert legend
    for one in frame.locator(".catalyseur").all():
        box = one.bounding_box()
        assert box
        clear = box["x"] > legend["x"] + legend["width"] or box["y"] + 32 < legend["y"]
        assert clear, one.get_attribute("aria-label")


EXPLAINED: Final = """() => [...document.querySelectorAll('.st-key-legende li')]
  .filter(one => one.getClientRects().length).map(one => one.innerText.trim())"""
IN_FRAME: Final = """() => {
  const { left, top, right, bottom } = document.documentElement.getBoundingClientRect();
  return [...document.querySelectorAll('.leaflet-marker-icon')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.right > left && box.left < innerWidth && box.bottom > top && box.top < innerHeight;
  }).map(one => one.ariaLabel);
}"""


def test_the_legend_explains_what_the_frame_shows(page: Page) -> None:
    visit(page, "/territoire?territoire=crte:crte-84-07-3")
    frame = map_frame(page)
    frame.wait_for_selector(".leaflet-marker-pane", state="attached")
    page.wait_for_function(f"() => !({EXPLAINED})().length")
    assert frame.evaluate(IN_FRAME) == []
    assert not page.locator(".st-key-legende").is_visible()
    for _ in range(3):
        frame.get_by_role("button", name="Dézoomer", exact=True).click()
        page.wait_for_timeout(300)
    page.wait_for_function(f"() => ({EXPLAINED})().length > 0")
    assert frame.evaluate(IN_FRAME)
    visit(page, "/carte")
    frame = map_frame(page)
    page.wait_for_function(f"() => ({EXPLAINED})().length > 4")
    frame.get_by_role("button", name="Guyane", exact=True).click()
    page.wait_for_function(f"() => !({EXPLAINED})().length")


def test_a_finger_finds_buttons_of_44_pixels(browser: Browser, app_url: str) -> None:
    page = open_page(browser, app_url, PHONE, has_touch=True, is_mobile=True)
    visit(page, CHARENTON)
    show_map(page)
    frame = map_frame(page)
    sizes = frame.locator(".leaflet-bar a, .sauts button, .localiser").evaluate_all(
        "all => all.map(({ className, offsetWidth, offsetHeight, textContent }) =>"
        " [className + textContent, offsetWidth, offsetHeight])"
    )
    assert len(sizes) > 3
    assert [one for one in sizes if min(one[1:]) < 44] == []
    page.context.close()
