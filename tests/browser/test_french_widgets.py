"""Words that Streamlit says itself are read in French."""

import re
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.harness import DESKTOP, PHONE, settle, visit

ENGLISH: Final = re.compile(
    r"No results|No options|Select all|not allowed|Drag and drop|Browse files|per file|Clear "
)

READ_ALOUD: Final = re.compile(
    r"\b(Search|Clear|Fullscreen|Download|Navigate|App|Open|Sidebar|Expand|Collapse|Help|Close|Show)\b"
)
UNSEEN: Final = """() => {
  const one = document.activeElement;
  if (!one.matches('a, button, summary')) return [];
  const { outlineStyle, boxShadow } = getComputedStyle(one);
  return outlineStyle === 'none' && boxShadow === 'none' ? [one.textContent.trim()] : [];
}"""


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
    for path, size in (
        ("/catalyseurs", DESKTOP),
        ("/acteurs", PHONE),
        ("/ecosysteme", DESKTOP),
        ("/alliances?vue=graphe", DESKTOP),
    ):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        visit(page, path)
        if size == PHONE:
            page.get_by_test_id("stExpandSidebarButton").click()
            page.get_by_test_id("stSidebarNav").wait_for()
        names = page.evaluate(
            "[...document.querySelectorAll('[aria-label], [title]')]"
            ".flatMap(one => [one.ariaLabel ?? '', one.title])"
        )
        assert [name for name in names if READ_ALOUD.search(name)] == []
        assert [name for name in names if "\\" in name] == []


def test_what_the_keyboard_is_on_is_framed(page: Page) -> None:
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    visit(page, "/ecosysteme")
    page.evaluate("document.activeElement.blur()")
    unseen: list[str] = []
    for _ in range(26):
        page.keyboard.press("Tab")
        unseen += page.evaluate(UNSEEN)
    assert unseen == []
