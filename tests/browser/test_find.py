"""Trouver, as a mayor meets it: a commune, a list, a map, a filter, a link to share."""

import pytest
from playwright.sync_api import Page

from geo.analysis.nearest import nearest
from geo.analysis.origin import parse_origin
from geo.directory.directory import directory
from geo.query.selection import Selection
from tests.browser.harness import map_frame, settle, visit
from tests.browser.steps import (
    CHARENTON,
    MARK,
    PLACE,
    POINT_OF,
    assert_quiet,
    chosen,
    headings,
    listed,
    map_of,
    marked,
    open_card,
    press_filter,
    ranked,
    renew,
    search,
    stand,
)

# The base is the node that stands; the layer of marks is another one after a filter.
WATCH = """() => {
  window.mark = 'the same map';
  window.removed = [];
  window.base = document.querySelector('.leaflet-map-pane');
  new MutationObserver(all => all.forEach(one => one.removedNodes.forEach(
    node => window.removed.push(node.className?.baseVal ?? node.className))))
    .observe(document.querySelector('.leaflet-container'), {childList: true, subtree: true});
}"""
MARKED = (
    "name => [...document.querySelectorAll('.catalyseur')].some(m => m.ariaLabel?.includes(name))"
)
KEPT = "[window.mark, window.base === document.querySelector('.leaflet-map-pane')]"


def names_of(selection: Selection = Selection()) -> list[str]:  # noqa: B008
    answer = nearest(directory(), parse_origin("commune:94018"), selection)
    return [str(name) for name in answer.ranked["catalyst_name"]]


def test_a_commune_gives_a_ranked_list_and_its_marks(shared: Page) -> None:
    page = shared
    renew(page)
    visit(page)
    search(page, "charenton le pont")
    assert headings(page)[1] == "Charenton-le-Pont (94)\u00a0: les plus proches"
    assert ranked(page) == names_of()
    marks = marked(map_of(page))
    assert [mark.split(". ")[0] for mark in marks] == [str(rank) for rank in range(1, 11)]
    for mark, name in zip(marks, ranked(page), strict=True):
        assert f". {name}, " in mark
    assert_quiet(page)


def test_going_back_to_the_start_is_possible(shared: Page) -> None:
    page = shared
    if not page.url.endswith("lieu=commune%3A94018"):  # the test before was not run
        visit(page)
        search(page, "charenton le pont")
    page.wait_for_timeout(1000)  # past the pause after which the field speaks a last time
    settle(page)
    page.go_back()
    page.wait_for_function("() => !location.search")
    page.get_by_text("catalyseurs, sans filtre.").wait_for()
    settle(page)
    assert ranked(page) == []
    assert page.get_by_label(PLACE).input_value() == ""
    assert page.url.endswith("/")


def test_a_filter_changes_list_and_marks_on_the_same_map(shared: Page) -> None:
    page = shared
    stand(page, CHARENTON)
    frame = map_of(page)
    before = marked(frame)
    frame.evaluate(WATCH)
    press_filter(page, "Accompagnements")
    kept = names_of(Selection(practices=("accompagnements",)))
    frame.wait_for_function(MARKED, arg=kept[-1])
    assert ranked(page) == kept
    assert marked(frame) != before
    assert len(marked(frame)) == len(ranked(page))
    assert map_frame(page).evaluate(KEPT) == ["the same map", True]
    removed = frame.evaluate("window.removed.map(String)")
    assert removed
    assert [name for name in removed if "pane" in name] == []
    assert_quiet(page)


def test_going_back_gives_the_view_before(shared: Page) -> None:
    page = shared
    if "pratique=accompagnements" not in page.url:  # the test before was not run
        visit(page, CHARENTON)
        press_filter(page, "Accompagnements")
    page.go_back()
    page.wait_for_function("() => !location.search.includes('pratique')")
    settle(page)
    assert chosen(page) == []
    assert ranked(page) == names_of()


def test_a_map_made_again_would_be_seen(shared: Page) -> None:
    page = shared
    stand(page, CHARENTON)
    map_of(page).evaluate(WATCH)
    page.reload()
    settle(page)
    assert map_of(page).evaluate(KEPT) != ["the same map", True]


def test_a_mark_opens_a_card_then_its_page(shared: Page) -> None:
    page = shared
    stand(page, CHARENTON)
    frame = map_of(page)
    frame.wait_for_selector(MARK)
    assert "Agir Ensemble à Charenton" in open_card(frame, "Agir Ensemble à Charenton")
    frame.get_by_role("link", name="Voir la fiche").click()
    page.wait_for_url("**/catalyseurs?fiche=agir-ensemble-a-charenton")
    page.locator("h1", has_text="Agir Ensemble à Charenton").wait_for()
    settle(page)
    page.go_back()
    page.locator("h1", has_text="Trouver").wait_for()
    settle(page)
    assert ranked(page) == names_of()
    assert_quiet(page)


def test_a_shared_link_gives_somebody_else_the_same_view(shared: Page, reader: Page) -> None:
    page = shared
    stand(page, "/")
    search(page, "94220")
    press_filter(page, "Dialogue territorial")
    other = reader
    visit(other, page.url)
    assert other.url == page.url
    assert headings(other) == headings(page)
    assert listed(other) == listed(page) != []
    assert chosen(other) == chosen(page) == ["Dialogue territorial"]
    assert other.get_by_label(PLACE).input_value().startswith("Charenton-le-Pont")
    assert_quiet(other)


def test_a_click_on_the_map_is_a_place(shared: Page) -> None:
    page = shared
    stand(page, "/")
    frame = map_of(page)
    frame.wait_for_selector(".amas")
    x, y = frame.evaluate(POINT_OF, [43.95, 2.75])
    frame.locator(".leaflet-container").click(position={"x": x, "y": y})
    page.wait_for_url("**lieu=**")
    settle(page)
    assert "(12)" in headings(page)[1]
    assert len(ranked(page)) == 10
    assert frame.locator(".origine").count() == 1
    assert_quiet(page)


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    visit(page)
    press_until(page, "document.activeElement.tagName === 'INPUT'")
    page.keyboard.type("charenton le pont")
    page.keyboard.press("Enter")
    page.wait_for_url("**lieu=**")
    settle(page)
    press_until(page, "document.activeElement.textContent.includes('Filtres')")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Dialogue territorial", exact=True).wait_for()
    press_until(page, "document.activeElement.textContent === 'Dialogue territorial'")
    press_until(page, "document.activeElement.textContent === 'Accompagnements'", "ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_url("**pratique=accompagnements**")
    settle(page)
    assert ranked(page) == names_of(Selection(practices=("accompagnements",)))


def press_until(page: Page, reached: str, key: str = "Tab", at_most: int = 40) -> None:
    """Press a key until the focus is where it should be."""
    for _ in range(at_most):
        page.keyboard.press(key)
        if page.evaluate(reached):
            return
    raise AssertionError(f"{at_most} times {key} did not reach {reached}")


IN_SIGHT = """() => {
  const frame = document.querySelector('.leaflet-container').getBoundingClientRect();
  const inside = one => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return left > frame.left && top > frame.top && right < frame.right && bottom < frame.bottom;
  };
  const marks = [...document.querySelectorAll('.leaflet-marker-icon')].filter(inside);
  return marks.length > 1 && marks.includes(document.activeElement);
}"""


@pytest.mark.parametrize("link", [CHARENTON, "/carte?centre=46.8,4.5&zoom=8"])
def test_the_keyboard_reaches_a_far_mark_in_sight_and_not_alone(shared: Page, link: str) -> None:
    page = shared
    stand(page, link)
    frame = map_of(page)
    frame.locator(".leaflet-marker-icon[tabindex='0']").focus()
    for way in ("Right", "Down", "Left", "Up"):
        for _ in range(3):
            page.keyboard.press(f"Arrow{way}")
            frame.wait_for_function(IN_SIGHT)
    assert_quiet(page)


def test_no_result_offers_a_reset_that_works(shared: Page) -> None:
    page = shared
    stand(page, "/?pratique=gestion_lieu&profil=entreprise&texte=introuvable")
    main = page.get_by_test_id("stMain")
    said = main.inner_text()
    assert "Aucun catalyseur (" in said
    assert "introuvable" in said
    main.get_by_role("button", name="Enlever les filtres").click()
    page.wait_for_function("() => location.search === ''")
    settle(page)
    assert "catalyseurs, sans filtre." in main.inner_text()
