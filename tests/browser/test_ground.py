"""The map's own base: readable without tiles, absent under them, its marks and buttons clear."""

import base64
from itertools import combinations
from typing import Final

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.harness import map_frame, settle, traffic, visit
from tests.browser.steps import show_map

CHARENTON: Final = "/?lieu=commune:94018"
AREA: Final = ".leaflet-surfaces-pane path.large"
PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
INKED: Final = """() => {
  const canvas = document.querySelector('.leaflet-noms-pane canvas');
  if (!canvas || canvas.hidden || !canvas.width) return 0;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, index) => index % 4 === 3 && value > 0).length;
}"""
BOX: Final = """one => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return [left, top, right, bottom];
}"""

Box = tuple[float, float, float, float]


def boxes(frame: Frame, selector: str) -> list[Box]:
    return [tuple(one.evaluate(BOX)) for one in frame.locator(selector).all()]


def meet(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def asked(page: Page) -> list[str]:
    """Name the layers and scripts of the map that the page asked for, in order."""
    paths = [url.partition("?")[0] for url in traffic(page).requests]
    return [path.rpartition("/")[2] for path in paths if "/layers/" in path or "/assets/" in path]


def named(frame: Frame) -> None:
    """Wait until names are drawn."""
    frame.wait_for_function(f"({INKED})() > 500")


def test_without_tiles_places_are_named_after_the_first_paint(page: Page) -> None:
    visit(page, CHARENTON)
    named(map_frame(page))
    order = asked(page)
    assert order.index("region_1000.geojson") < order.index("basemap.js") < order.index("noms.json")
    assert "94.json" in order
    assert "departement_500.geojson" not in order
    assert [url for url in traffic(page).requests if "/layers/sol/11/" in url]


MAP_BYTES: Final = 300_000  # compressed, without scripts: what one map may ask a phone to fetch
WEIGHED: Final = """() => {
  const fetched = performance.getEntriesByType('resource');
  const layers = fetched.filter(one => one.name.includes('/layers/'));
  return layers.reduce((sum, one) => sum + one.encodedBodySize, 0);
}"""


@pytest.mark.parametrize(
    "place", ["/carte?centre=50.4,2.9&zoom=9", "/carte?centre=48.85,2.35&zoom=12", CHARENTON]
)
def test_a_close_map_draws_its_communes_and_stays_light(page: Page, place: str) -> None:
    visit(page, place)
    frame = map_frame(page)
    named(frame)
    frame.wait_for_selector(".leaflet-traits-pane canvas", state="attached")
    asked_for = [url for url in traffic(page).requests if "/layers/sol/9/" in url]
    assert 1 <= len(set(asked_for)) <= 30
    assert frame.evaluate(WEIGHED) < MAP_BYTES


def test_from_afar_only_the_towns_are_fetched(page: Page) -> None:
    visit(page, "/carte")
    named(map_frame(page))
    assert not any(name.startswith("departement") for name in asked(page))
    assert "75.json" not in asked(page)


def squares(page: Page) -> list[str]:
    """Name the squares of borders that the page asked for."""
    return [url for url in traffic(page).requests if "/layers/borders/" in url]


def test_borders_are_fetched_close_by_only_and_hide_those_drawn_from_afar(page: Page) -> None:
    visit(page, "/carte?contours=epci")
    frame = map_frame(page)
    frame.wait_for_selector(AREA)
    assert squares(page) == []
    assert frame.locator(".precis").count() == 0
    visit(page, "/carte?contours=epci&centre=48.11,-1.68&zoom=12")
    frame = map_frame(page)
    frame.wait_for_selector(".precis .leaflet-bords-pane canvas")
    assert any("/borders/epci/" in url for url in squares(page))
    opacity = f"getComputedStyle(document.querySelector('{AREA}')).strokeOpacity"
    assert frame.evaluate(opacity) == "0"


def test_under_tiles_no_name_is_drawn_nor_fetched(tiled: Page) -> None:
    page = tiled
    page.route(
        "https://data.geopf.fr/**",
        lambda route: route.fulfill(body=PIXEL, content_type="image/png"),
    )
    visit(page, "/carte")
    frame = map_frame(page)
    frame.wait_for_selector(".leaflet-tile-loaded", state="attached")
    page.wait_for_timeout(2_000)  # longer than the patience of the base map
    assert not {"basemap.js", "noms.json"} & set(asked(page))
    choose(frame, "Fond simple")
    named(frame)
    choose(frame, "Plan IGN")
    frame.wait_for_function(f"({INKED})() === 0")


def choose(frame: Frame, base: str) -> None:
    frame.locator(".leaflet-control-layers").hover()
    frame.get_by_label(base).check()


def test_buttons_and_credits_never_overlap(reader: Page) -> None:
    visit(reader, "/carte")
    for width in (1280, 680, 560, 430, 374):
        reader.set_viewport_size({"width": width, "height": 900})
        settle(reader)
        frame = map_frame(reader)
        credit = boxes(frame, ".leaflet-control-attribution")[0]
        buttons = boxes(frame, ".sauts button")
        inside = frame.evaluate("innerWidth")
        assert len(buttons) == 6
        assert not any(meet(one, credit) for one in buttons), width
        assert all(left >= 0 and right <= inside for left, _, right, _ in [*buttons, credit]), width


@pytest.mark.parametrize("width", [390, 1280])
def test_ranked_marks_are_whole_and_apart(reader: Page, width: int) -> None:
    reader.set_viewport_size({"width": width, "height": 900})
    visit(reader, CHARENTON)
    show_map(reader)
    frame = map_frame(reader)
    frame.wait_for_selector(".leaflet-marker-pane .marque")
    right, bottom = frame.evaluate("[innerWidth, innerHeight]")
    marks = boxes(frame, ".leaflet-marker-pane .marque")
    edge = (0.0, 0.0, right, bottom)
    seen = [box for box in marks if meet(box, edge)]
    assert len(seen) >= 5
    assert all(min(box) >= 0 and box[2] <= right and box[3] <= bottom for box in seen)
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) > 16 for a, b in combinations(seen, 2))
