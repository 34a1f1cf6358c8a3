"""The map in one file, opened from the disk with no network at all."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from geo.output.exports import FORMATS
from tests.browser.harness import (
    PHONE,
    assert_no_console_error,
    assert_no_outside_request,
    axe,
    open_page,
    traffic,
)
from tests.output.exports.drawn import HOSTILE, hostile_export

pytestmark = pytest.mark.browser


def test_a_map_in_one_file_filters_and_runs_no_name(browser: Browser, tmp_path: Path) -> None:
    export = hostile_export()
    path = tmp_path / export.file_name("html")
    path.write_bytes(FORMATS["html"].content(export))
    assert path.name == "fictif-acteurs.html"
    page = open_page(browser, "http://127.0.0.1:1", offline=True)
    page.goto(path.as_uri())
    page.on("dialog", lambda _: pytest.fail("a name ran as a script"))
    assert page.locator(".leaflet-marker-pane svg").count() == 4
    assert page.locator(".leaflet-overlay-pane path").count() > 20
    assert "Données fictives" in page.locator("header").inner_text()
    assert page.locator(".listes section").first.locator("li").count() == len(HOSTILE)
    assert page.locator("summary").nth(2).inner_text() == HOSTILE[2]
    page.get_by_label("Profil").select_option("entreprise")
    assert page.locator(".leaflet-marker-pane svg").count() == 1
    assert page.locator(".listes section").first.locator("li:visible").count() == 1
    page.get_by_role("button", name="Tout montrer").click()
    page.get_by_label("Mots").fill("GRAS œuvre")
    assert page.locator(".listes section").first.locator("li:visible").count() == 1
    page.get_by_label("Mots").fill("")
    page.get_by_role("button", name="Voir sur la carte").first.press("Enter")
    assert page.locator(".leaflet-popup").inner_text().startswith(HOSTILE[0])
    assert axe(page) == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert_no_outside_request(page)
    assert_no_console_error(page)
    assert [one for one in traffic(page).requests if not one.startswith(("file:", "data:"))] == []


def test_the_policy_of_the_file_stops_what_it_does_not_name(
    browser: Browser, tmp_path: Path
) -> None:
    text = FORMATS["html"].content(hostile_export()).decode()
    spoilt = text.replace("</header>", "<script>window.ran = true</script></header>")
    path = tmp_path / "abime.html"
    path.write_text(spoilt, encoding="utf-8")
    page = open_page(browser, "http://127.0.0.1:1")
    page.goto(path.as_uri())
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in one for one in traffic(page).errors)
