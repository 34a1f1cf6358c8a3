"""Words that Streamlit says itself are read in French."""

import re
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.harness import PHONE, settle, visit
from tests.browser.steps import read_aloud, stand

ENGLISH: Final = re.compile(
    r"No results|No options|Select all|not allowed|Drag and drop|Browse files|per file|Clear |"
    r"Press |Sort |Autosize|[Cc]olumn|Type to|\d results?|Choose "
)
UNSEEN: Final = """() => {
  const one = document.activeElement;
  if (!one.matches('a, button, summary, input, textarea')) return [];
  const around = '[data-testid$="RootElement"], [role="group"]:has(input), label';
  const framed = one.closest(around) ?? one;
  const { outlineStyle, boxShadow } = getComputedStyle(framed);
  return outlineStyle === 'none' && boxShadow === 'none' ? [one.textContent.trim()] : [];
}"""


def test_a_choice_that_finds_nothing_says_so_in_french(shared: Page) -> None:
    page = shared
    stand(page, "/catalyseurs")
    box = page.get_by_label("Ouvrir une fiche")
    box.click()
    box.press_sequentially("xyzzyx")
    expect(page.get_by_text("Aucun résultat")).to_be_visible()
    assert ENGLISH.findall(page.inner_text("body")) == []


def test_a_menu_too_long_for_its_window_says_so_in_french(shared: Page) -> None:
    page = shared
    stand(page, "/carte", (1024, 768))
    rest = page.get_by_test_id("stTopNav").get_by_text(re.compile(r"^\d+ autres$"))
    expect(rest).to_be_visible()
    assert "more" not in page.get_by_test_id("stTopNav").inner_text()


def test_a_file_chosen_is_told_of_in_french(shared: Page) -> None:
    page = shared
    stand(page, "/contribuer")
    field = page.locator('input[type="file"]')
    field.first.set_input_files(
        {"name": "programme.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}
    )
    settle(page)
    expect(page.get_by_text(re.compile("^2,0\u00a0o$"))).to_be_visible()
    assert ENGLISH.findall(page.inner_text("body")) == []


def test_no_name_read_aloud_is_english(shared: Page) -> None:
    """What every page says with its menu folded is read in `test_every_page`."""
    page = shared
    stand(page, "/alliances?vue=graphe")
    assert read_aloud(page) == []
    stand(page, "/acteurs", PHONE)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNav").wait_for()
    assert read_aloud(page) == []


def test_what_the_keyboard_is_on_is_framed(page: Page) -> None:
    visit(page, "/ecosysteme")
    page.evaluate("document.activeElement.blur()")
    unseen: list[str] = []
    for _ in range(26):
        page.keyboard.press("Tab")
        unseen += page.evaluate(UNSEEN)
    assert unseen == []


def test_a_form_being_filled_says_in_french_which_key_sends_it(shared: Page) -> None:
    page = shared
    stand(page, "/etre_mis_en_lien?lieu=commune:94018")
    for label, keys in (
        ("Votre besoin, en une phrase", "Ctrl+Entrée pour envoyer"),
        ("Votre nom", "Entrée pour envoyer"),
    ):
        page.get_by_label(label).press_sequentially("abc")
        expect(page.get_by_text(keys, exact=True)).to_be_visible()
        assert ENGLISH.findall(page.inner_text("body")) == []
        assert read_aloud(page) == []


def test_a_file_asked_for_beside_too_many_others_is_refused_in_french(shared: Page) -> None:
    page = shared
    stand(page, "/territoire?territoire=region:84")
    files = page.get_by_test_id("stDownloadButton").get_by_role("button")
    expect(files.nth(2)).to_be_attached()
    files.evaluate_all("all => all.forEach(one => one.click())")
    refused = page.get_by_test_id("stDownloadButtonError").first
    expect(refused).to_have_text("Fichier indisponible\u00a0: redemandez-le dans un instant.")


def test_a_table_is_sorted_and_searched_in_french(shared: Page) -> None:
    page = shared
    stand(page, "/carte?contours=crte")  # of a crowd, a canvas
    page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box is not None
    menu = page.get_by_test_id("stDataFrameColumnMenu")
    for x in range(150, 600, 20):  # the button of the menu is drawn, not an element
        page.mouse.click(box["x"] + x, box["y"] + 18)
        page.wait_for_timeout(200)
        if menu.count():
            break
    expect(menu.get_by_text("Trier du plus petit au plus grand")).to_be_visible()
    assert ENGLISH.findall(page.inner_text("body")) == []
    assert read_aloud(page) == []
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    hint = page.get_by_text("Tapez ce que vous cherchez")
    for _ in range(20):  # a click while the menu goes may only close it, as a person sees
        page.mouse.click(box["x"] + 300, box["y"] + 100)
        page.keyboard.press("Control+f")
        page.wait_for_timeout(200)
        if hint.count():
            break
    expect(hint).to_be_visible()
    page.keyboard.type("ardèche")
    expect(page.get_by_test_id("search-result-area")).to_have_text(re.compile("résultats?$"))
    assert read_aloud(page) == []
