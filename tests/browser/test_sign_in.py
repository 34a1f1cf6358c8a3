"""Two people sign in with a real provider: one proposes, the other decides, history names both."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import PHONE, open_page, settle, visit, way_in
from tests.browser.openid import (
    CONTRIBUTOR,
    COORDINATOR,
    IMPOSTOR,
    sign_in,
    sign_out,
)
from tests.browser.steps import assert_quiet, renew, walk

# The provider's own login form asks for a font, in vain.
PROVIDER_FONTS = ("fonts.googleapis.com",)
PLAIN = "/methode"  # a map would be drawn, then left for the provider's form
CARD = "/catalyseurs?fiche=agir-ensemble-a-charenton"
NAME = "Agir Ensemble à Charenton"
MENU_ENDS = """() => Math.max(...[
  ...document.querySelectorAll('[data-testid="stTopNavLink"], [data-testid="stTopNavSection"]'),
].filter(one => one.offsetParent && getComputedStyle(one.parentElement).opacity !== '0')
 .map(one => one.getBoundingClientRect().right), 0)"""
ATTACK = '<img src=x onerror="window.hacked = 1"> **gras** [lien](javascript:alert(1))'


@pytest.fixture(scope="module")
def people(browser: Browser, signing_url: str) -> Iterator[dict[str, Page]]:
    """Open one browser context for each person, and sign them in."""
    logins = (CONTRIBUTOR, COORDINATOR)
    pages = {login: open_page(browser, signing_url, bypass_csp=True) for login in logins}
    for login, page in pages.items():
        visit(page, PLAIN)
        sign_in(page, login)
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture(scope="module")
def stranger_window(browser: Browser, signing_url: str) -> Iterator[Page]:
    opened = open_page(browser, signing_url)
    yield opened
    opened.context.close()


@pytest.fixture
def stranger(stranger_window: Page) -> Iterator[Page]:
    """Give the window of somebody who is not signed in; it has read the scripts before."""
    yield stranger_window
    forgotten(stranger_window)


@pytest.fixture
def newcomer(reader: Page) -> Iterator[Page]:
    """Give the window of who only reads, which what the test lets in will forget."""
    yield reader
    forgotten(reader)


def forgotten(page: Page) -> None:
    """Make a window as new, the right to do more taken from it."""
    renew(page)
    page.context.clear_cookies()


def correct(page: Page, field: str, value: str, why: str) -> None:
    """Correct one field of the card."""
    walk(page, CARD)
    page.get_by_text("Corriger cette fiche").click()
    page.get_by_label(field, exact=True).fill(value)
    page.get_by_label("Ce que vous corrigez, et pourquoi").fill(why)
    page.get_by_role("button", name="Envoyer la correction").click()
    expect(page.get_by_text("Proposition envoyée, à valider")).to_be_visible()  # it soon fades
    settle(page)


def body(page: Page) -> str:
    return page.get_by_test_id("stMain").inner_text()


def test_a_visitor_reads_even_on_the_machine_itself(stranger: Page) -> None:
    page = stranger
    visit(page, CARD)
    assert NAME in body(page)
    assert "Corriger cette fiche" not in body(page)
    visit(page, "/moderation")
    assert "connectez-vous" in body(page)
    assert "à examiner" not in body(page)
    assert_quiet(page)


@pytest.mark.parametrize("size", [PHONE, (1280, 800), (1000, 800)])
def test_the_way_in_takes_no_line_and_covers_no_menu(
    stranger: Page, signing_url: str, size: tuple[int, int]
) -> None:
    page = stranger
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page)
    door = page.get_by_role("button", name="Se connecter").bounding_box()
    title = page.get_by_role("heading", level=1).bounding_box()
    assert door
    assert title
    assert (door["y"] + door["height"] <= 60, title["y"] <= 90) == (True, True)
    assert page.evaluate(MENU_ENDS) <= door["x"]
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: not address.startswith(signing_url))


def test_a_correction_is_proposed_compared_accepted_and_told(people: dict[str, Page]) -> None:
    camille, colette = people[CONTRIBUTOR], people[COORDINATOR]
    assert "Connecté\u00a0: Camille Contributrice (contribution)" in body(camille)
    assert "Connecté\u00a0: Colette Coordinatrice (coordination)" in body(colette)

    correct(camille, "Description", "Une table ouverte chaque mardi.", "Rencontre avec l’équipe")
    walk(camille, "/moderation")
    assert "1\u00a0proposition à examiner" in body(camille)
    assert camille.get_by_role("button", name="Accepter").count() == 0

    walk(colette, "/moderation")
    row = colette.locator("tr", has=colette.get_by_role("rowheader", name="Description"))
    assert row.locator("td").all_inner_texts() == [
        "vide",
        "Une table ouverte chaque mardi.",
        "Modifié",
    ]
    boxes = [one.bounding_box() for one in colette.get_by_test_id("stForm").all()]
    assert len({round(box["height"]) for box in boxes if box}) == 1
    colette.get_by_role("button", name="Accepter").click()
    settle(colette)
    assert "Aucune proposition à examiner" in body(colette)

    walk(colette, CARD)
    colette.get_by_text("Corriger cette fiche").click()
    expect(colette.get_by_label("Description", exact=True)).to_have_value(
        "Une table ouverte chaque mardi."
    )
    walk(colette, "/historique")
    told = body(colette)
    assert "Colette Coordinatrice" in told
    assert "Camille Contributrice" in told
    assert "Rencontre avec l’équipe" in told
    assert "exemple.test" not in told
    for page in people.values():
        assert_quiet(page, PROVIDER_FONTS)


def test_the_map_fills_what_the_line_of_who_is_signed_in_leaves(people: dict[str, Page]) -> None:
    page = people[CONTRIBUTOR]
    page.set_viewport_size({"width": 1280, "height": 800})
    for path in ("/", "/alliances"):
        walk(page, path)
        box = page.locator(".st-key-cadre_vue iframe").bounding_box()
        line = page.locator(".st-key-qui").bounding_box()
        assert box
        assert line
        assert box["y"] >= line["y"] + line["height"] - 4
        assert box["y"] + box["height"] == pytest.approx(800, abs=2)


def test_what_is_proposed_runs_nothing_and_a_refusal_is_read(people: dict[str, Page]) -> None:
    camille, colette = people[CONTRIBUTOR], people[COORDINATOR]
    correct(camille, "Nom", ATTACK, ATTACK)
    visit(colette, "/moderation")
    assert "onerror" in body(colette)
    assert colette.locator("img[src='x']").count() == 0
    assert colette.evaluate("window.hacked") is None
    colette.get_by_role("button", name="Refuser").click()
    settle(colette)
    assert "Donnez le motif" in body(colette)
    colette.get_by_label("Motif du refus").fill("Ce nom n’en est pas un.")
    colette.get_by_role("button", name="Refuser").click()
    settle(colette)
    assert "Aucune proposition à examiner" in body(colette)
    visit(colette, CARD)
    assert NAME in body(colette)
    visit(camille, "/moderation")
    camille.get_by_role("cell", name="Ce nom n’en est pas un.").wait_for()
    for page in people.values():
        assert_quiet(page, PROVIDER_FONTS)


def test_an_email_nobody_verified_gives_no_role(stranger: Page) -> None:
    page = stranger
    visit(page, PLAIN)
    sign_in(page, IMPOSTOR)
    assert "Ursule Usurpatrice (consultation)" in body(page)
    walk(page, CARD)
    assert "Corriger cette fiche" not in body(page)


def test_who_signs_out_only_reads_in_every_tab_and_with_a_copied_cookie(
    people: dict[str, Page], stranger: Page
) -> None:
    page = people[COORDINATOR]
    walk(page, PLAIN)
    other = page.context.new_page()
    visit(other, "/moderation")
    assert "Colette" in body(other)
    copied = page.context.cookies()
    sign_out(page)
    assert "Colette" not in body(page)
    other.locator("body").press("r")  # Streamlit's own key: the page runs again, in its session
    other.get_by_role("button", name="Se connecter").wait_for()
    assert "Colette" not in body(other)
    visit(page, CARD)
    assert "Corriger cette fiche" not in body(page)
    assert_quiet(page, PROVIDER_FONTS)
    stranger.context.add_cookies(copied)
    visit(stranger, "/moderation")
    assert "connectez-vous" in body(stranger)


# --- without sign-in ----------------------------------------------------------------------


def test_alone_on_the_machine_everything_is_open_and_nothing_is_said(
    newcomer: Page, app_url: str
) -> None:
    page = newcomer
    visit(page, way_in(app_url))
    assert page.url == f"{app_url}/"
    walk(page, CARD)
    assert "Corriger cette fiche" in body(page)
    assert "Consultation seulement" not in body(page)
    assert "Connecté" not in body(page)
    assert "Se connecter" not in body(page)


def test_without_the_printed_address_one_reads_and_is_told_how_to_come_in(
    browser: Browser, newcomer: Page, app_url: str
) -> None:
    used = way_in(app_url)
    open_page(browser, app_url, at_the_machine=True).context.close()
    page = newcomer
    page.goto(used)
    assert "déjà servi" in page.inner_text("main")
    visit(page, CARD)
    assert NAME in body(page)
    assert "l’adresse qui s’affiche au démarrage de l’application" in body(page)
    assert "Corriger cette fiche" not in body(page)


def test_the_operator_may_give_no_right_to_the_machine_itself(tiled: Page) -> None:
    page = tiled
    visit(page, CARD)
    assert NAME in body(page)
    assert "Corriger cette fiche" not in body(page)
    assert "terminal" not in body(page)
