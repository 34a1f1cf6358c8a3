"""What leaves the app on paper: names that are read, headings with what they name, maps first."""

from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page

from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader
from geo.directory.ecosystems import Book
from geo.directory.reading import readable_book
from geo.directory.store.open import open_store
from geo.output.sheet.blocks import Front
from geo.output.sheet.ecosystem import ecosystem_document
from tests.browser.harness import visit

EXAMPLE = "exemple-paris-est-marne-bois"
NAMES = """() => [...document.querySelectorAll('.ville text')].map(one => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return [left, top + 2, right, bottom - 2, one.textContent];
})"""


def book() -> Book:
    return readable_book(open_store(), fictitious=True)


def crossing(page: Page, drawing: str) -> list[tuple[str, str]]:
    """List the names of a drawing that stand on each other, once a browser has written them."""
    page.set_viewport_size({"width": 1000, "height": 900})
    page.set_content(f'<body style="font-family: Libertinus Serif, serif">{drawing}</body>')
    boxes: list[Any] = page.evaluate(NAMES)
    assert len(boxes) > 1
    return [
        (one[4], two[4])
        for one, two in combinations(boxes, 2)
        if one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
    ]


@pytest.fixture
def printed_map() -> str:
    document = ecosystem_document(Reader(open_store(), book()), EXAMPLE, PastQuestion())
    [front] = [one for one in document.blocks if isinstance(one, Front)]
    return front.picture.svg


def test_no_name_of_a_printed_network_stands_on_another(page: Page, printed_map: str) -> None:
    assert "km</text>" in printed_map
    assert crossing(page, printed_map) == []


def test_names_anchored_otherwise_than_they_were_placed_are_caught(
    page: Page, printed_map: str
) -> None:
    moved = printed_map.replace("</style>", ".ville text{text-anchor:middle}</style>")
    assert crossing(page, moved) != []


SHEET = {"width": 718, "height": 1047}  # CSS pixels of an A4 sheet inside margins of 1 cm
PARTS = """() => {
  const box = selector => document.querySelector(selector)?.getBoundingClientRect();
  const view = document.querySelector('.st-key-cadre_vue :is(iframe, canvas)');
  const drawn = view.getBoundingClientRect(), list = box('.st-key-vue_liste');
  return { title: box('h1').top, top: drawn.top, bottom: drawn.bottom, list: list.top };
}"""


@pytest.mark.parametrize(
    "path",
    [
        "/territoire?territoire=crte:crte-84-07-3",
        "/couverture",
        "/ecosysteme",
        f"/ecosysteme?ecosysteme={EXAMPLE}",
        "/?lieu=commune:94018",
    ],
)
def test_the_map_is_whole_on_the_first_sheet_under_its_title(page: Page, path: str) -> None:
    visit(page, path)
    page.set_viewport_size({"width": SHEET["width"], "height": SHEET["height"]})
    page.emulate_media(media="print")
    at = page.evaluate(PARTS)
    page.emulate_media(media="screen")
    assert at["title"] < 40
    assert at["title"] < at["top"] < at["bottom"] <= min(at["list"], SHEET["height"])


def test_a_heading_whose_answer_was_not_asked_is_not_printed(page: Page) -> None:
    for path, printed in (("/couverture", False), ("/couverture?lieux=3", True)):
        visit(page, path)
        page.emulate_media(media="print")
        assert (
            page.get_by_role("heading", name="Où aider ensuite", exact=True).is_visible() is printed
        )
        page.emulate_media(media="screen")


def test_what_invites_to_begin_is_not_printed(page: Page) -> None:
    visit(page, "/")
    page.emulate_media(media="print")
    assert "Écrivez le nom" not in page.inner_text("[data-testid=stMain]")
    page.emulate_media(media="screen")
