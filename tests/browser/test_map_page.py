"""Carte and the exports: shaded territories, then the page of one of them, then its files."""

import csv
import io
import json
import re
from pathlib import Path

from playwright.sync_api import Page

from geo.analysis.coverage import coverage
from geo.directory.directory import directory
from geo.query.selection import Selection
from tests.browser.harness import map_frame, settle, visit
from tests.browser.steps import (
    CHARENTON,
    POINT_OF,
    assert_quiet,
    chosen,
    download,
    drawer,
    listed,
    map_of,
    pick,
    press_filter,
    stand,
)

SHADED = "/carte?contours=departement&indicateur=nombre"
AREA = ".leaflet-surfaces-pane path.leaflet-interactive"
BASE = ".leaflet-socle-pane path"
KEPT = "[window.mark, window.base.isConnected]"


def choose(page: Page, label: str, option: str) -> None:
    """Choose one value of a drop-down list."""
    pick(page, page.get_by_label(label).first, option, exact=True)


def test_an_indicator_has_a_legend_that_counts_every_territory(shared: Page) -> None:
    page = shared
    stand(page, "/carte")
    with drawer(page):
        choose(page, "Territoires", "départements")
        choose(page, "Couleur des territoires", "Nombre de catalyseurs")
    page.wait_for_url("**contours=departement&indicateur=nombre")
    legend = page.locator("figure.legende", has_text="Nombre de catalyseurs")
    counts = [int(n) for n in re.findall(r"\((\d+)\)", legend.inner_text())]
    assert len(counts) >= 3
    assert sum(counts) == 101
    frame = map_of(page)
    frame.wait_for_selector(AREA)
    assert frame.locator(AREA).count() == 101
    assert_quiet(page)


def test_a_click_on_an_area_opens_its_territory(shared: Page) -> None:
    page = shared
    stand(page, SHADED)
    frame = map_of(page)
    frame.wait_for_selector(AREA)
    x, y = frame.evaluate(POINT_OF, [44.75, 4.4])
    frame.locator(".leaflet-container").click(position={"x": x, "y": y})
    inside = int(
        coverage(directory(), "departement", Selection()).frame.loc["07", "catalyst_count"]
    )
    assert re.search(rf"Ardèche\s*: {inside} catalyseur", frame.locator(".carton").inner_text())
    frame.get_by_role("link", name="Ouvrir ce territoire").click()
    page.wait_for_url("**/territoire?territoire=departement:07")
    page.get_by_role("heading", name="Ardèche (07)").wait_for()
    settle(page)
    assert page.get_by_role("heading", name="Ce qui manque ici").is_visible()
    assert_quiet(page)


def test_filters_follow_to_the_map_and_spare_it(page: Page) -> None:
    visit(page, "/?pratique=accompagnements")
    page.get_by_role("link", name="Carte").first.click()
    page.wait_for_url("**/carte?pratique=accompagnements")
    settle(page)
    assert chosen(page) == ["Accompagnements"]
    frame = map_of(page)
    frame.wait_for_selector(BASE, state="attached")
    frame.evaluate(
        "window.mark = 1, window.base = document.querySelector(BASE)".replace("BASE", repr(BASE))
    )
    press_filter(page, "Dialogue territorial")
    assert map_frame(page).evaluate(KEPT) == [1, True]
    assert_quiet(page)


def read_csv(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_files_hold_what_the_sentence_counts(shared: Page, tmp_path: Path) -> None:
    page = shared
    stand(page, "/catalyseurs?pratique=accompagnements")
    [said] = re.findall(r"(\d+)\scatalyseurs \(", page.get_by_test_id("stMain").inner_text())
    rows = read_csv(download(page, "CSV (tableur)", tmp_path))
    placed = [row for row in rows if row["longitude"]]
    assert len(rows) == int(said) > len(placed) > 0
    assert all("accompagnements" in row["practices"].split(";") for row in rows)
    document = json.loads(download(page, "GeoJSON (carte)", tmp_path).read_text("utf-8"))
    assert (document["count"], document["placed_count"]) == (len(rows), len(placed))
    assert document["filters"] == "pratique\u00a0: Accompagnements"
    assert {"date", "sources", "licence", "attribution", "fictive"} <= set(document)
    assert "crs" not in document
    points = {one["id"]: one["geometry"]["coordinates"] for one in document["features"]}
    assert points == {
        row["catalyst_id"]: [float(row["longitude"]), float(row["latitude"])] for row in placed
    }
    page.get_by_text("Écrire aussi les").click()
    settle(page)
    whole = json.loads(download(page, "GeoJSON (carte)", tmp_path).read_text("utf-8"))
    assert len(whole["features"]) == len(rows)
    assert sum(one["geometry"] is None for one in whole["features"]) == len(rows) - len(placed)
    assert_quiet(page)


def test_the_nearest_are_exported_as_listed(shared: Page, tmp_path: Path) -> None:
    page = shared
    stand(page, CHARENTON)
    rows = read_csv(download(page, "CSV (tableur)", tmp_path))
    assert [row["catalyst_name"] for row in rows] == listed(page)
    metres = [float(row["distance_m"]) for row in rows if row["distance_m"]]
    assert metres == sorted(metres)


def test_a_territory_page_gives_its_perimeter(shared: Page, tmp_path: Path) -> None:
    page = shared
    stand(page, "/territoire?territoire=departement:94")
    [button] = [
        text
        for text in page.get_by_test_id("stDownloadButton").all_inner_texts()
        if "érimètre" in text
    ]
    label = button.splitlines()[-1]
    document = json.loads(download(page, label, tmp_path).read_text("utf-8"))
    [feature] = document["features"]
    assert feature["id"] == "departement:94"
    assert feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}
    assert_quiet(page)
