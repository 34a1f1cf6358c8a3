"""Words that Streamlit says itself are read in French."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import settle, visit

ENGLISH: Final = re.compile(
    r"No results|No options|Select all|not allowed|Drag and drop|Browse files|per file|Clear |"
    r"Press |Sort |Autosize|[Cc]olumn|Type to|\d results?|Choose "
)
NAMED: Final = re.compile(
    r"(Search|Open|file upload|Next Result|Close Search)$|"
    r"(Clear|Fullscreen|Download as|Choose |Navigate|Dataframe|Copy column)"
)
NAMES: Final = """[...document.querySelectorAll('[aria-label], [title], [placeholder]')]
.flatMap(one => [one.ariaLabel ?? '', one.title, one.placeholder ?? ''])"""


def test_a_choice_that_finds_nothing_says_so_in_french(page: Page) -> None:
    visit(page, "/catalyseurs")
    box = page.get_by_label("Ouvrir une fiche")
    box.click()
    box.press_sequentially("xyzzyx")
    expect(page.get_by_text("Aucun résultat")).to_be_visible()
    assert ENGLISH.findall(page.inner_text("body")) == []


def test_a_file_chosen_is_told_of_in_french(page: Page) -> None:
    visit(page, "/contribuer")
    field = page.locator('input[type="file"]')
    field.first.set_input_files(
        {"name": "programme.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}
    )
    settle(page)
    expect(page.get_by_text(re.compile("^2,0\u00a0o$"))).to_be_visible()
    assert ENGLISH.findall(page.inner_text("body")) == []


def test_a_form_being_filled_says_in_french_which_key_sends_it(page: Page) -> None:
    visit(page, "/etre_mis_en_lien?lieu=commune:94018")
    for label, keys in (
        ("Votre besoin, en une phrase", "Ctrl+Entrée pour envoyer"),
        ("Votre nom", "Entrée pour envoyer"),
    ):
        page.get_by_label(label).press_sequentially("abc")
        expect(page.get_by_text(keys, exact=True)).to_be_visible()
        assert ENGLISH.findall(page.inner_text("body")) == []
        assert read_aloud(page) == []


def test_a_table_is_sorted_and_searched_in_french(page: Page) -> None:
    visit(page, "/acteurs")
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box is not None
    menu = page.get_by_test_id("stDataFrameColumnMenu")
    for x in range(150, 300, 10):  # the button of the menu is drawn, not an element
        page.mouse.click(box["x"] + x, box["y"] + 18)
        page.wait_for_timeout(200)
        if menu.count():
            break
    expect(menu.get_by_text("Trier du plus petit au plus grand")).to_be_visible()
    assert ENGLISH.findall(page.inner_text("body")) == []
    assert read_aloud(page) == []
    page.keyboard.press("Escape")
    page.mouse.click(box["x"] + 300, box["y"] + 100)
    page.keyboard.press("Control+f")
    expect(page.get_by_text("Tapez ce que vous cherchez")).to_be_visible()
    page.keyboard.type("fondation")
    expect(page.get_by_test_id("search-result-area")).to_have_text(re.compile("résultats?$"))
    assert read_aloud(page) == []


@pytest.mark.parametrize("path", ["/", "/catalyseurs", "/acteurs", "/ressources", "/couverture"])
def test_no_name_read_aloud_is_english(page: Page, path: str) -> None:
    visit(page, path)
    assert read_aloud(page) == []


def read_aloud(page: Page) -> list[str]:
    """List the English names and hints of what a page holds."""
    return [text for text in page.evaluate(NAMES) if NAMED.match(text)]
