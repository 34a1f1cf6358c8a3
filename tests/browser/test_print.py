"""A page printed by the browser: the answer and its map, no button, no field, every row."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf
from playwright.sync_api import Page

from geo.directory.directory import directory
from geo.directory.reading import readable_book
from geo.directory.store.open import open_store
from tests.browser.harness import map_frame
from tests.browser.steps import CHARENTON, listed, on_paper, stand
from tests.output.sheet.drawn import told

BUTTONS = (
    *("Partager cette vue", "Imprimer", "Télécharger", "Enlever les filtres", "Filtres", "Menu"),
    *("Être mis en lien avec", "Ouvrir une fiche", "Voir son réseau", "La carte en image"),
)


def printed(page: Page) -> str:
    """Print a page on A4 sheets as its visitor would, and read the words left on paper."""
    with Pdf.open(BytesIO(page.pdf(format="A4"))) as sheets:
        assert 1 <= len(sheets.pages) <= 30
    with on_paper(page):
        return str(page.evaluate("document.body.innerText"))


def seen_in(text: str, names: list[str]) -> list[str]:
    """List the names that stand in a text, whatever its spaces and hyphens at line ends."""
    packed = re.sub(r"[\s\u00ad-]+", "", text)
    return [one for one in names if re.sub(r"[\s\u00ad-]+", "", one) in packed]


@pytest.mark.parametrize("path", ["/territoire?territoire=departement:94", CHARENTON])
def test_the_answer_is_printed_and_not_the_buttons(shared: Page, path: str) -> None:
    page = shared
    stand(page, path)
    names = listed(page)
    text = printed(page)
    assert names
    assert seen_in(text, names) == names
    assert seen_in(text, list(BUTTONS)) == []


SIZE = """() => {
  const { width, height } = document.querySelector(".leaflet-container").getBoundingClientRect();
  return [width, height];
}"""


@pytest.mark.parametrize("path", [CHARENTON, "/"])
def test_a_map_is_printed_whole_and_is_as_before_after(shared: Page, path: str) -> None:
    page = shared
    stand(page, path)
    frame = map_frame(page)
    before = frame.evaluate(SIZE)
    frame.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    width, height = frame.evaluate(SIZE)
    assert (width <= 695, height <= 567) == (True, True)  # 18.4 by 15 cm
    assert width / height == pytest.approx(before[0] / before[1], rel=0.01)
    frame.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert frame.evaluate(SIZE) == before


def test_a_table_is_printed_whole_though_the_screen_shows_its_first_rows(shared: Page) -> None:
    page = shared
    names = [str(one) for one in readable_book(open_store())["alliance"]["alliance_name"]]
    stand(page, "/alliances?vue=tableau")
    text = printed(page)
    assert seen_in(text, names) == names
    assert seen_in(text, list(BUTTONS)) == []
    stand(page, "/catalyseurs")
    every = [str(one) for one in directory().frame["catalyst_name"]]
    assert seen_in(printed(page), every) == every


def test_the_titles_of_a_table_stand_above_its_rows_on_each_sheet(
    shared: Page, tmp_path: Path
) -> None:
    stand(shared, "/alliances?vue=tableau")
    second = told(shared.pdf(format="A4"), tmp_path, "-f", "2", "-l", "2")
    assert second.split()[:2] == ["Alliance", "Type"]


@pytest.mark.parametrize("path", ["/catalyseurs", "/acteurs", "/carte", "/carte?contours=crte"])
def test_a_printed_table_is_no_wider_than_its_sheet(shared: Page, path: str) -> None:
    page = shared
    stand(page, path)
    page.set_viewport_size({"width": 718, "height": 1000})
    with on_paper(page):
        widths = page.eval_on_selector_all(
            ".en-texte table", "all => all.map(one => one.getBoundingClientRect().right)"
        )
        heights = page.eval_on_selector_all(
            '[data-testid="stElementContainer"]:has([data-testid="stDataFrame"])',
            "all => all.map(one => one.getBoundingClientRect().height)",
        )
    assert widths
    assert max(widths) <= 720
    assert bool(heights) is ("crte" in path)
    assert max(heights, default=0) == 0  # the table of the screen leaves no blank page before it


def test_the_history_is_printed_without_the_ways_back(shared: Page) -> None:
    page = shared
    for path, answer, way in (
        ("/historique", "Création de la base", "Annuler celui"),
        ("/historique?etat=2", "Agir Ensemble à Charenton", "Défaire cet"),
    ):
        stand(page, path)
        assert way in page.inner_text("[data-testid=stMain]").replace("\u00a0", " ")
        text = printed(page)
        assert seen_in(text, [answer, way, "Revenir"]) == [answer]


def test_a_button_that_is_printed_is_caught(shared: Page) -> None:
    page = shared
    stand(page, CHARENTON)
    page.evaluate("document.querySelector('[data-testid=stMain]').append('Télécharger')")
    assert seen_in(printed(page), list(BUTTONS)) == ["Télécharger"]
