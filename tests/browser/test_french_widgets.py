"""Words that Streamlit says itself are read in French."""

import re
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.harness import settle, visit

ENGLISH: Final = re.compile(
    r"No results|No options|Select all|not allowed|Drag and drop|Browse files|per file|Clear "
)


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


def test_no_name_read_aloud_is_english(page: Page) -> None:
    for path in ("/catalyseurs", "/acteurs"):
        visit(page, path)
        named = page.evaluate(
            "[...document.querySelectorAll('[aria-label], [title]')]"
            ".flatMap(one => [one.ariaLabel ?? '', one.title])"
        )
        assert [
            text for text in named if re.match(r"Search$|Clear|Fullscreen|Download as", text)
        ] == []
