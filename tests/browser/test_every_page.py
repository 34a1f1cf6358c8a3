"""What every page owes a visitor, seen in a real browser with the network off."""

import json
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import PHONE, axe, map_frame, settle, traffic, visit
from tests.browser.steps import drawer, read_aloud, renew, show_map, stand

PAGES: Final = (
    *("/", "/carte", "/territoire", "/catalyseurs", "/methode", "/integrer"),
    *("/ecosysteme", "/acteurs", "/alliances", "/projets"),
    *("/contribuer", "/verifier", "/doublons", "/historique", "/moderation", "/completer"),
    *("/ressources", "/reperes", "/couverture"),
    *("/etre_mis_en_lien", "/etre_mis_en_lien?lieu=commune:94018", "/demandes"),
)
SITED: Final = "/couverture?lieux=3&territoire=region:84"
FULL: Final = (
    "/?lieu=commune:94018&pratique=accompagnements",
    "/carte?contours=departement&indicateur=nombre",
    "/territoire?territoire=departement:94",
    "/catalyseurs?fiche=agir-ensemble-a-charenton",
    "/acteurs?fiche=agir-ensemble-a-charenton",
    SITED,
)
WORDED: Final = (
    "/ressources?pratique=gestion_lieu&etape=01",
    "/integrer?territoire=commune:35238",
)
ALIVE: Final = (
    "/ecosysteme?ecosysteme=reseau-des-pionniers",
    "/alliances?contrats=crte",
    "/alliances?vue=matrice",
    "/alliances?vue=tableau",
    "/historique?etat=2",
    "/historique?fiche=actor:agir-ensemble-a-charenton",
    "/territoire?territoire=epci:240100750&contrats=crte",
)
BEGUN: Final = {"/ecosysteme", "/alliances", "/projets", "/acteurs"}
WITH_MAP: Final = {"/", "/carte"}
ON_A_PHONE: Final = {
    *("/ressources", "/reperes", SITED, "/catalyseurs", "/territoire?territoire=departement:94"),
    *WORDED,
    *BEGUN,
}
TABLED: Final = {"/methode", "/historique?etat=2", "/couverture", "/ressources"}
# Streamlit's main area scrolls by itself: what runs off there does not widen the document.
OVERFLOW: Final = """() => Math.max(...[
  document.scrollingElement, ...document.querySelectorAll('[data-testid="stMain"]'),
].map(area => area.scrollWidth - area.clientWidth))"""
LARGE_TEXT: Final = "document.documentElement.style.fontSize = '200%'"
CUT: Final = """() => [...document.querySelectorAll('.tableau')]
  .filter(one => one.offsetParent && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.ariaLabel)"""
UNFOLD: Final = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
NORMAL_TEXT: Final = "document.documentElement.style.fontSize = ''"
# A frame is part of its page: landmarks and headings are the page's to give.
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def faults_seen(page: Page) -> dict[str, Any]:
    """Look at a page as it stands; name what is wrong with it."""
    titles = page.locator("h1").count()
    found = {
        "titles": "" if titles == 1 else f"{titles} h1",
        "exceptions": page.get_by_test_id("stException").all_inner_texts(),
        "language": page.evaluate("document.documentElement.lang").removeprefix("fr"),
        "tab": page.title() if "Streamlit" in page.title() else "",
        "access": axe(page),
        "English": read_aloud(page),
        "sideways": max(0, page.evaluate(OVERFLOW)),
    }
    return {name: fault for name, fault in found.items() if fault}


def faults_in_map(page: Page) -> dict[str, Any]:
    """Look into the map's frame; name what is wrong with it."""
    frame = map_frame(page)
    frame.wait_for_selector("canvas, .leaflet-container path", state="attached")
    scripts = [url for url in traffic(page).requests if "leaflet" in url]
    found = {
        "access in the map": axe(frame, runOnly=RULES),
        "Leaflet from elsewhere": [
            url for url in scripts or ["nowhere"] if not url.startswith("http://127.0.0.1:")
        ],
    }
    return {name: fault for name, fault in found.items() if fault}


def faults_of_size(page: Page, path: str) -> dict[str, Any]:
    """Double the text, then shrink the screen; name what then runs off sideways, or is wrong.

    A page made as narrow as a phone is, to the element, the one that a phone opens.
    """
    page.evaluate(LARGE_TEXT)
    settle(page)
    doubled = page.evaluate(OVERFLOW)
    page.evaluate(NORMAL_TEXT)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    settle(page)
    found = {
        "sideways at 200 %": max(0, doubled),
        "sideways at 390 px": max(0, page.evaluate(OVERFLOW)),
        "on a phone": faults_seen(page) if path in ON_A_PHONE else {},
    }
    if path in TABLED:
        page.evaluate(UNFOLD)
        page.locator(".tableau").first.wait_for()
        found["tables cut at 390 px"] = page.evaluate(CUT)
    return {name: fault for name, fault in found.items() if fault}


def faults_of_traffic(page: Page) -> dict[str, Any]:
    """Say what the page asked of others, and what it complained about."""
    seen = traffic(page)
    found = {"outside": seen.outside, "console": seen.errors}
    return {name: fault for name, fault in found.items() if fault}


@pytest.mark.parametrize("path", [*PAGES, *FULL, *WORDED, *ALIVE])
def test_a_page_is_whole(shared: Page, path: str) -> None:
    """Open each page as a new visitor does, and walk from there to what else its address can ask.

    What the server paints of such an address, and what follows it, is `test_first_screen`'s.
    """
    page = shared
    if path in PAGES:
        if page.url != "about:blank":
            renew(page)
        visit(page, path)
    else:
        stand(page, path)
    if path in BEGUN:  # a first visit begins with something alive
        expect(page.get_by_text("Votre écosystème, en trois étapes")).to_be_visible()
    faults = faults_seen(page)
    faults |= faults_in_map(page) if path in {*WITH_MAP, *FULL} else {}
    faults |= faults_of_size(page, path)
    faults |= faults_of_traffic(page)
    assert not faults, json.dumps(faults, ensure_ascii=False, indent=2)


def test_a_poor_page_is_caught(page: Page) -> None:
    page.goto("/api/health")
    page.set_content(
        '<html><title>Streamlit</title><img src="http://tuiles.invalid/1.png">'
        '<p style="width: 2000px">Trop large</p></html>'
    )
    page.wait_for_function("document.images[0].complete")
    page.evaluate("document.documentElement.lang = 'en'")
    assert set(faults_seen(page)) == {"titles", "language", "tab", "access", "sideways"}
    assert set(faults_of_traffic(page)) == {"outside", "console"}


def test_health_counts_the_data(page: Page) -> None:
    answer = page.request.get("/api/health")
    said = answer.json()
    assert (answer.status, said["status"]) == (200, "ok")
    assert {"version", "vintage", "counts"} <= set(said)
    assert said["counts"]["commune"] == 34_875


def test_a_filter_leaves_the_map_in_place(page: Page) -> None:
    visit(page)
    map_frame(page).evaluate("window.mark = 'the same map'")
    with drawer(page) as inside:
        inside.get_by_test_id("stButtonGroup").locator("button").first.click()
        page.wait_for_url("**/*=*")
        settle(page)
    assert page.get_by_role("button", name="Enlever les filtres").is_visible()
    assert map_frame(page).evaluate("window.mark") == "the same map"


def test_the_matrix_of_profiles_is_seen_whole(page: Page) -> None:
    visit(page, "/alliances?vue=matrice")
    for width, height in ((1280, 800), PHONE):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        show_map(page)
        page.locator(".tableau:visible").first.wait_for()
        assert page.evaluate(CUT) == [], width
        edge = page.locator(".st-key-cadre_vue .tableau thead th").last.bounding_box()
        assert edge
        assert edge["x"] + edge["width"] <= width
