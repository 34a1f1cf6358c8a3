"""A whole request, as three people: sent by a mayor, kept from a contributor, seen to its end."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.harness import PHONE, axe, open_page, settle, terminal, visit
from tests.browser.openid import CONTRIBUTOR, COORDINATOR, SECRETARIAT, sign_in
from tests.browser.steps import assert_quiet, listed, search, walk
from tests.browser.test_every_page import OVERFLOW
from tests.directory.requests.drawn import MAYOR, SECRETS
from tests.smtp import Postman

PROVIDER_FONTS = ("fonts.googleapis.com",)
DIRECT = "accueil@catalyseur.invalid"
LINK = re.compile(r"http\S+effacer=\S+")


def body(page: Page) -> str:
    return page.get_by_test_id("stMain").inner_text()


def ask(page: Page) -> None:
    """Type a commune on Trouver, follow the first card's link, and send one sentence."""
    visit(page)
    search(page, "Charenton-le-Pont")
    first = listed(page)[0]
    page.get_by_role("link", name=f"Être mis en lien avec {first}").click()
    page.wait_for_url("**/etre_mis_en_lien**")
    settle(page)
    expect(page.get_by_label("Votre commune, code postal ou territoire")).to_have_value(
        re.compile("Charenton-le-Pont")
    )
    assert page.evaluate(OVERFLOW) <= 0
    assert axe(page) == []
    assert not page.get_by_label("Laissez ce champ vide").is_visible()
    page.get_by_label("Votre besoin, en une phrase").fill(MAYOR["need"])
    page.get_by_label("Votre nom").fill(MAYOR["name"])
    page.get_by_label("Courriel").fill(MAYOR["email"])
    page.get_by_text("J’accepte que ma demande").click()
    page.wait_for_timeout(4_000)  # nobody reads it in less
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.get_by_text("est enregistrée").wait_for()
    settle(page)


def move(page: Page, verb: str) -> None:
    page.get_by_role("button", name=verb, exact=True).click()
    settle(page)


def said_nothing_of(page: Page, secrets: tuple[str, ...]) -> None:
    told = page.content()
    assert [one for one in secrets if one in told] == []


def read_by_a_contributor(browser: Browser, url: str) -> None:
    """Look for the request where nobody but the coordination finds it, the socket listened to."""
    frames: list[str] = []
    page = open_page(browser, url)
    page.on("websocket", lambda one: one.on("framereceived", lambda data: frames.append(str(data))))
    for path in ("/demandes", "/historique"):
        visit(page, path)
        said_nothing_of(page, SECRETS)
    sign_in(page, CONTRIBUTOR)
    own = ("/historique", "/historique?etat=2", "/territoire?territoire=departement:94")
    for path in ("/demandes", *own):
        visit(page, path)
        said_nothing_of(page, SECRETS)
    assert page.get_by_role("link", name="Demandes").count() == 0
    assert frames
    assert not any(secret in frame for frame in frames for secret in SECRETS)
    assert_quiet(page, PROVIDER_FONTS)
    page.context.close()


def pass_on(page: Page) -> None:
    """Send the request to a catalyst whose mail nobody publishes."""
    page.get_by_role("textbox", name="Courriel du destinataire").fill(DIRECT)
    page.get_by_role("button", name="Transmettre par courriel").click()
    expect(page.get_by_text("Demande de mise en lien\u00a0: transmise")).to_be_visible()
    settle(page)


def follow(page: Page) -> None:
    """Lead the request to its end, as the coordination does."""
    visit(page, "/methode")
    sign_in(page, COORDINATOR)
    walk(page, "/demandes")
    assert MAYOR["need"] in body(page)
    assert axe(page) == []
    pass_on(page)
    for verb in ("Marquer répondue", "Marquer la rencontre faite"):
        move(page, verb)
    page.get_by_text("Mise en lien faite", exact=True).click()
    settle(page)
    move(page, "Clore")
    expect(page.get_by_role("button", name="Rouvrir")).to_be_visible()
    walk(page, "/historique")
    assert "Demande de mise en lien reçue" in body(page)
    said_nothing_of(page, SECRETS)


def test_from_a_commune_typed_to_a_request_closed_and_erased(
    browser: Browser, signing_url: str, postman: Postman
) -> None:
    url = signing_url
    mayor, colette = open_page(browser, url, PHONE, has_touch=True), open_page(browser, url)
    ask(mayor)
    assert "secrétariat du réseau" in body(mayor)
    assert axe(mayor) == []
    [told] = postman.to(SECRETARIAT)
    assert MAYOR["need"] in told.get_content()
    assert told["Reply-To"] == MAYOR["email"]
    [confirmed] = postman.to(MAYOR["email"])
    link = LINK.findall(confirmed.get_content())[0]
    assert link in mayor.locator("code").inner_text().replace("\n", "")

    read_by_a_contributor(browser, url)
    follow(colette)
    [passed] = postman.to(DIRECT)
    assert MAYOR["need"] in passed.get_content()
    assert passed["Reply-To"] == MAYOR["email"]

    visit(mayor, link.removeprefix(url))
    assert MAYOR["need"] not in body(mayor)
    move(mayor, "Effacer ma demande")
    expect(mayor.get_by_text("sont effacées")).to_be_visible()
    walk(colette, "/demandes")
    assert MAYOR["need"] not in body(colette)

    assert not any(secret in terminal(url) for secret in (*SECRETS, DIRECT))
    for page in (mayor, colette):
        assert_quiet(page, PROVIDER_FONTS)
        page.context.close()
