"""What one would not show to a mayor: a coast hidden, a heading alone, a word cut in two."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.harness import PHONE, map_frame, settle, visit
from tests.browser.steps import POINT_OF, on_paper, stand
from tests.output.sheet.drawn import told

WIDE = {"width": 1280, "height": 800}
NARROW = {"width": PHONE[0], "height": PHONE[1]}
COASTS = {"Brest": (48.39, -4.49), "Penmarc’h": (47.81, -4.36), "Le Conquet": (48.36, -4.77)}
BROKEN_WORDS = r"""() => [...document.querySelectorAll('.tableau td')].flatMap(cell => {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), cut = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const word of node.data.matchAll(/[\p{L}]{3,14}/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1)
        cut.push(word[0]);
    }
  }
  return cut;
})"""


def box(page: Page, selector: str) -> dict[str, Any]:
    found = page.locator(selector).first.bounding_box()
    assert found, f"{selector} is not on the screen"
    return dict(found)


def test_the_legend_of_alliances_leaves_every_coast_in_sight(reader: Page) -> None:
    reader.set_viewport_size(WIDE)
    visit(reader, "/alliances")
    frame = map_frame(reader)
    left, top = (box(reader, ".st-key-cadre_vue iframe")[side] for side in ("x", "y"))
    legend = box(reader, ".st-key-legende")
    for name, at in COASTS.items():
        x, y = frame.evaluate(POINT_OF, at)
        across = legend["x"] <= left + x <= legend["x"] + legend["width"]
        down = legend["y"] <= top + y <= legend["y"] + legend["height"]
        assert not (across and down), f"the legend hides {name}"


def test_a_phone_offers_a_new_alliance_above_its_list(page: Page) -> None:
    page.set_viewport_size(NARROW)
    visit(page, "/alliances")
    button = page.get_by_role("button", name="Nouvelle alliance").bounding_box()
    assert button
    assert button["y"] + button["height"] <= box(page, ".bascule")["y"] <= 450


def test_a_printed_heading_is_on_the_sheet_of_what_it_names(shared: Page, tmp_path: Path) -> None:
    page = shared
    stand(page, "/couverture")
    pages = told(page.pdf(format="A4"), tmp_path).split("\f")
    for heading, named in (
        ("Les territoires les moins desservis", "Guadeloupe"),
        ("Les habitants selon leur distance", "Les territoires les moins desservis"),
        ("Méthode et limites", "Guadeloupe"),
    ):
        [sheet] = [one for one in pages if heading in one]
        assert named in sheet, f"« {heading} » stands alone at the foot of a sheet"


@pytest.mark.parametrize("path", ["/couverture", "/territoire?territoire=departement:94"])
def test_no_word_is_cut_in_two_on_paper(shared: Page, path: str) -> None:
    page = shared
    stand(page, path)
    page.set_viewport_size({"width": 718, "height": 1000})
    with on_paper(page):
        assert page.evaluate(BROKEN_WORDS) == []


@pytest.mark.parametrize("path", ["/etre_mis_en_lien", "/integrer"])
def test_a_page_open_to_all_does_not_say_that_one_may_only_read(
    shared_reader: Page, path: str
) -> None:
    stand(shared_reader, path)
    assert "Consultation seulement" not in shared_reader.inner_text("[data-testid=stMain]")


def test_a_territory_hides_the_rougher_lines_of_the_ground_below_it(shared_reader: Page) -> None:
    stand(shared_reader, "/territoire?territoire=crte:crte-84-07-3")
    frame = map_frame(shared_reader)
    below = frame.locator(".leaflet-dessous-pane path")
    below.wait_for(state="attached")
    assert (below.count(), below.get_attribute("fill-opacity")) == (1, "1")
    heights = [
        int(frame.locator(f".leaflet-{pane}-pane").evaluate("pane => pane.style.zIndex"))
        for pane in ("socle", "dessous", "eaux", "surfaces")
    ]
    assert heights == sorted(heights)


def test_the_five_doors_of_a_place_are_in_sight_on_a_phone(shared_reader: Page) -> None:
    stand(shared_reader, "/territoire?territoire=crte:crte-84-07-3", PHONE)
    doors = shared_reader.locator(".st-key-onglets a")
    boxes = [one.bounding_box() for one in doors.all()]
    ends = [one["x"] + one["width"] for one in boxes if one]
    assert len(ends) == 5
    assert max(ends) <= PHONE[0]


def test_lines_of_alliances_do_not_cross_names_out(reader: Page) -> None:
    visit(reader, "/alliances")
    z = "pane => Number(getComputedStyle(pane).zIndex)"
    lines, names, marks = (
        map_frame(reader).locator(f".leaflet-{one}-pane").evaluate(z)
        for one in ("overlay", "noms", "marker")
    )
    assert lines < names < marks


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_scale_and_every_button_of_a_map_stand_apart(reader: Page, size: Any) -> None:
    reader.set_viewport_size(size)
    visit(reader, "/couverture")
    frame = map_frame(reader)
    assert "km" in frame.locator(".leaflet-control-scale-line").inner_text()
    boxes = [one.bounding_box() for one in frame.locator(".leaflet-control:visible").all()]
    legend = reader.locator(".st-key-legende").bounding_box()
    assert len(boxes) >= 4
    for one, two in combinations([*boxes, legend], 2):
        assert one
        assert two
        across = one["x"] < two["x"] + two["width"] and two["x"] < one["x"] + one["width"]
        down = one["y"] < two["y"] + two["height"] and two["y"] < one["y"] + one["height"]
        assert not (across and down)


def test_darker_communes_are_explained_where_they_are_drawn(reader: Page) -> None:
    for path, shown in (("/carte", False), ("/territoire?territoire=commune:94018", True)):
        visit(reader, path)
        assert map_frame(reader).locator(".cle").is_visible() is shown


def test_a_graph_explains_the_numbers_that_it_bears_and_no_other(shared_reader: Page) -> None:
    page = shared_reader
    stand(page, "/ecosysteme")
    names = page.locator(".numeros li")
    names.first.wait_for()
    few = names.filter(visible=True).count()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    settle(page)
    assert 0 < few < names.filter(visible=True).count() == names.count()
