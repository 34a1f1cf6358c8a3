"""Tables are sorted by a real click and by a phone's list: days as days, words as in French."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.harness import PHONE, axe, settle, visit
from tests.browser.steps import read_aloud
from tests.browser.test_looks import BROKEN_WORDS

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
ZOOMED = (640, 400)  # 1280 pixels at 200 %
WORD = r"[\p{L}]{3,14}"
WHOLE_WORD = r"(?<=^|\s)[\p{L}]{3,16}(?=[\s,;]|$)"  # not a part of an address
CUT = """() => [...document.querySelectorAll('.en-texte :is(th, td, button)')]
  .filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
  .map(one => one.textContent)"""
SIDEWAYS = """() => [...document.querySelectorAll('.en-texte .tableau')]
  .map(one => one.scrollWidth - one.clientWidth)"""


def column(page: Page, title: str) -> list[str]:
    """Read the cells of a column as a visitor does, from the top."""
    table = page.locator(".en-texte table").first
    titles = [one.strip() for one in table.locator("thead th").all_text_contents()]
    cells = table.locator(f"tbody tr > :nth-child({titles.index(title) + 1})")
    return [one.replace("\u00a0", " ").strip() for one in cells.all_text_contents()]


def day(text: str) -> str:
    """Turn « 8 septembre 2022 » back into 2022-09-08."""
    *rest, year = text.split()
    month = [f"{MONTHS.index(rest[-1]) + 1:02}"] if rest else []
    return "-".join([year, *month, *(f"{int(one):02}" for one in rest[:-1])])


def days(page: Page) -> list[str]:
    """Read the dates of the actors; check that those without one are last."""
    shown = column(page, "Vérifiée")
    filled = [one for one in shown if one]
    assert shown[: len(filled)] == filled
    assert len(filled) > 20
    return [day(one) for one in filled]


def test_a_click_on_a_title_sorts_days_as_days_and_words_as_in_french(reader: Page) -> None:
    visit(reader, "/acteurs")
    title = reader.get_by_role("button", name="Vérifiée")
    title.click()
    assert days(reader) == sorted(days(reader))
    assert len({one[:4] for one in days(reader)}) > 2
    title.click()
    assert days(reader) == sorted(days(reader), reverse=True)
    heading = reader.get_by_role("columnheader", name="Vérifiée")
    assert heading.get_attribute("aria-sort") == "descending"
    reader.get_by_role("button", name="Profil").press("Enter")
    profiles = list(dict.fromkeys(column(reader, "Profil")))
    assert profiles.index("État") < profiles.index("Fondations")  # an É is not after Z
    assert heading.get_attribute("aria-sort") is None


def test_a_phone_sorts_by_a_list(reader: Page) -> None:
    reader.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visit(reader, "/acteurs")
    reader.get_by_label("Trier par").select_option("Vérifiée")
    assert days(reader) == sorted(days(reader))
    reader.get_by_role("button", name="Inverser").click()
    assert days(reader) == sorted(days(reader), reverse=True)


@pytest.mark.parametrize("size", [(1280, 800), PHONE])
def test_a_sort_stays_when_a_filter_writes_the_table_anew(
    reader: Page, size: tuple[int, int]
) -> None:
    page = reader
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, "/acteurs")
    if size == PHONE:
        page.get_by_label("Trier par").select_option("Ville")
        page.get_by_role("button", name="Inverser").click()
    else:
        page.get_by_role("button", name="Ville").dblclick()
    before = towns(page)
    assert before[0] > "T" > before[-1]
    page.get_by_label("Nom ou ville").fill("association")
    page.get_by_label("Nom ou ville").press("Enter")
    settle(page)
    after = towns(page)
    assert 1 < len(after) < len(before)
    places = [before.index(one) for one in after]
    assert places == sorted(places)
    assert page.get_by_label("Trier par").evaluate("list => list.selectedOptions[0].text") == (
        "Ville"
    )


def towns(page: Page) -> list[str]:
    return [one for one in column(page, "Ville") if one]


def test_numbers_sort_as_numbers(page: Page) -> None:
    visit(page, "/alliances?vue=tableau")
    page.get_by_role("button", name="Nombre de membres").click()
    found = [int(one) for one in column(page, "Nombre de membres")]
    assert found == sorted(found)
    assert max(found) > 9 or len(set(found)) > 2


@pytest.mark.parametrize("path", ["/acteurs", "/alliances?vue=tableau", "/catalyseurs"])
@pytest.mark.parametrize("size", [(1280, 800), ZOOMED, PHONE])
def test_no_cell_of_a_table_is_cut(page: Page, path: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, path)
    page.locator(".en-texte table").first.wait_for()
    assert page.evaluate(CUT) == []
    assert page.evaluate(BROKEN_WORDS.replace(WORD, WHOLE_WORD)) == []
    assert max(page.evaluate(SIDEWAYS)) <= 0


def test_a_file_too_large_is_refused_in_words_that_are_seen(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "enorme.csv"
    file.write_bytes(b"Nom;Commune\n" * 4_500_000)
    for width in (1280, PHONE[0]):
        page.set_viewport_size({"width": width, "height": 844})
        visit(page, "/contribuer")
        page.locator("input[type=file]").set_input_files(file)
        why = page.get_by_test_id("stFileChip").get_by_role("alert")
        why.get_by_text("Ce fichier dépasse 50\u00a0Mo").wait_for()
        box = why.bounding_box()
        assert box
        assert box["height"] >= 16
        assert box["width"] >= 150
        assert box["x"] + box["width"] <= width
        assert read_aloud(page) == []


def test_what_a_column_becomes_is_chosen_on_a_phone(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "acteurs.csv"
    file.write_text("Nom;Zzz\nMaison commune;https://exemple.fr\n", encoding="utf-8")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visit(page, "/contribuer")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("heading", name="Les colonnes").wait_for()
    choice = page.get_by_role("combobox", name="La colonne «\u00a0Nom\u00a0» devient")
    choice.wait_for()
    box = choice.bounding_box()
    assert box
    assert box["x"] + box["width"] <= PHONE[0]
    assert page.get_by_test_id("stDataFrame").count() == 0
    assert axe(page) == []
