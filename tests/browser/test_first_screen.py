"""What a visitor sees before scrolling: the map from the top, the best answer under the field.

Golden positions, in CSS pixels, at the two widths the house promises; then the page that the server
paints, with no script and before it gives way to the live one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.harness import PHONE, axe, open_page, settle, visit
from tests.browser.pictures import VIEWS, assert_as_accepted
from tests.browser.steps import CHARENTON, PLACE, TERRITORY

WIDE = (1280, 800)
HEADER = 64
HIGHEST_ANSWER = 450
PLACELESS = ("/", "/carte", "/territoire")
ANSWERED = (CHARENTON, "/?lieu=commune:97411&pratique=gestion_lieu")
FRAMED = (*PLACELESS, *ANSWERED, "/territoire?territoire=commune:35238")
NETWORK = "/ecosysteme?ecosysteme=reseau-des-pionniers"
HOME = "/ecosysteme?ecosysteme=exemple-paris-est-marne-bois"
DRAWN = (*PLACELESS, CHARENTON, "/alliances", HOME)
UNFRAMED = ("/methode", "/reperes", "/projets", "/acteurs", "/ressources")
MADE_LIVE = {*FRAMED, *DRAWN, *UNFRAMED}
LOOKED_AT = (
    *("/", CHARENTON, "/carte", "/territoire?territoire=commune:35238", "/catalyseurs"),
    *("/alliances", HOME, NETWORK, "/projets", "/methode"),
)
STEADY = ("/carte", "/catalyseurs", "/methode", "/territoire?territoire=commune:35238")
ANSWER = "#premier main :is(.compte, .methode, .portes)"
STILL_PX = 14  # a line is 24: nothing changes lines under a finger
LIVE_SCRIPTS = "**/static/js/*.js"
STYLED = """() => {
  const painted = document.querySelector('#premier main');
  return painted && getComputedStyle(painted.parentElement).position === 'fixed';
}"""
WORDS = """within => {
  const named = ':is(h1, h2, h3, dt, label, summary, nav a, .st-key-onglets a)';
  const words = [...document.querySelectorAll(`${within} ${named}`)]
    .filter(one => one.checkVisibility())
    .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
    .filter(([text, box]) => text && box.top > 60 && box.top < innerHeight);
  return words.map(([text, box]) => [text, box.top + box.height / 2]);
}"""
SMALL_TARGETS = """() => ['a', 'button', 'summary']
  .flatMap(tag => [...document.querySelectorAll(`#premier ${tag}`)])
  .filter(one => one.offsetParent && !one.closest('p, dd, td, .source'))
  .map(one => [one.innerText, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""


@pytest.fixture
def scriptless(browser: Browser, app_url: str) -> Iterator[Page]:
    """Open a window of somebody whose browser runs no script."""
    page = open_page(browser, app_url, java_script_enabled=False)
    yield page
    page.context.close()


def sized(page: Page, size: tuple[int, int]) -> Page:
    """Give a window the size of a screen before it loads anything."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    return page


def box_of(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).first.bounding_box()
    assert box, f"{selector} is not on the screen"
    return dict(box)


def assert_fills_the_window(box: dict[str, float]) -> None:
    assert box["y"] <= HEADER
    assert box["y"] + box["height"] == pytest.approx(WIDE[1], abs=2)
    assert box["width"] > WIDE[0] / 2


@dataclass
class Held:
    """What a page waits for: Streamlit's scripts, kept from arriving until they are let go."""

    page: Page
    routes: list[Route] = field(default_factory=list)

    def keep(self, route: Route) -> None:
        self.routes.append(route)

    def let_go(self, but: str = "") -> None:
        """Let them arrive, but those whose name has a word: they come with the next call."""
        self.page.unroute(LIVE_SCRIPTS)
        if but:
            self.page.route(f"**/static/js/{but}*.js", self.keep)
        waiting, self.routes = self.routes, []
        for route in waiting:
            if but and but in route.request.url:
                self.routes.append(route)
            else:
                route.fallback()


@contextmanager
def painted(page: Page, path: str) -> Iterator[Held]:
    """Open a page and hold it as the server painted it; in the end nothing waits any more.

    A window that has read pages before stands for a new one: routes turn the browser's cache off.
    """
    held = Held(page)
    page.route(LIVE_SCRIPTS, held.keep)
    page.goto(path, wait_until="commit")
    page.wait_for_function(STYLED)
    yield held
    page.unroute_all(behavior="ignoreErrors")
    page.goto("about:blank")


# --- the painted page ---------------------------------------------------------------------


def assert_painted_well(page: Page, path: str) -> None:
    """Look at a painted page as two screens show it; leave it wide."""
    if path in ANSWERED:
        assert box_of(sized(page, PHONE), "#premier li.fiche")["y"] < HIGHEST_ANSWER
    for size in (PHONE, WIDE):
        sized(page, size)
        if path in LOOKED_AT:
            assert axe(page) == [], size
            assert page.evaluate(SMALL_TARGETS) == [], size
            assert page.evaluate("document.scrollingElement.scrollWidth") <= size[0]


def assert_live_well(page: Page, path: str) -> None:
    """Look for the map and the best answer in what two screens show of a live page."""
    frame = box_of(page, ".st-key-cadre_vue iframe")
    assert_fills_the_window(frame)
    if path == CHARENTON:
        first = box_of(page, "[data-testid=stMain] li.fiche")
        assert first["y"] < HIGHEST_ANSWER
        assert first["x"] + first["width"] <= frame["x"]
    settle(sized(page, PHONE))
    if path in ANSWERED:
        assert box_of(page, "[data-testid=stMain] li.fiche")["y"] < HIGHEST_ANSWER
    if path in PLACELESS:
        box = box_of(page, ".st-key-cadre_vue iframe")
        assert box["y"] < PHONE[1] * 0.6
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE[0]


@pytest.mark.parametrize("path", dict.fromkeys([*FRAMED, *DRAWN, *UNFRAMED, *LOOKED_AT]))
def test_a_first_screen_is_painted_whole_and_the_live_one_takes_its_place(
    reader: Page, path: str
) -> None:
    page = sized(reader, WIDE)
    with painted(page, path) as held:
        assert_painted_well(page, path)
        title = box_of(page, "#premier h1")
        before = box_of(page, "#premier .dessin") if path in DRAWN else {}
        if path not in MADE_LIVE:
            return
        held.let_go()
        settle(page)
        live = box_of(page, "[data-testid=stMain] h1")
        if path in {*DRAWN, *UNFRAMED}:
            assert live["y"] == pytest.approx(title["y"], abs=4)
        if path in UNFRAMED:
            assert live["x"] == pytest.approx(title["x"], abs=4)
        if path in DRAWN:
            assert_fills_the_window(before)
            after = box_of(page, ".st-key-cadre_vue iframe")
            assert after["x"] == pytest.approx(before["x"], abs=2)
            assert after["y"] == pytest.approx(before["y"], abs=2)
        if path in FRAMED:
            assert_live_well(page, path)
        for view in (name for name, pictured in VIEWS.items() if pictured == path):
            assert_as_accepted(page, view)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", STEADY)
def test_words_stay_where_they_were_painted(reader: Page, path: str, size: tuple[int, int]) -> None:
    page = sized(reader, size)
    with painted(page, path) as held:
        page.locator(ANSWER).first.wait_for(state="attached")  # a server may have just started
        before = page.evaluate(WORDS, "#premier main")
        held.let_go()
        settle(page)
        after = page.evaluate(WORDS, "[data-testid=stMain]")
    moved = {
        text: [round(there - y) for word, there in after if word == text]
        for text, y in before
        if all(abs(there - y) > STILL_PX for word, there in after if word == text)
        and any(word == text for word, _ in after)
    }
    assert moved == {}
    assert {text for text, _ in before} & {text for text, _ in after}


def test_a_catalyst_is_found_and_opened_with_no_script(scriptless: Page) -> None:
    page = sized(scriptless, WIDE)
    page.goto("/catalyseurs")
    page.get_by_label("Nom, commune ou note").fill("charenton")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**texte=charenton**")
    page.get_by_label("Ouvrir une fiche").select_option(label="Agir Ensemble à Charenton")
    page.get_by_role("button", name="Ouvrir").click()
    page.wait_for_url("**fiche=**")
    assert page.locator("#premier h1").inner_text() == "Agir Ensemble à Charenton"


def test_the_name_that_folds_the_page_one_is_on_is_lit(shared_reader: Page) -> None:
    page = sized(shared_reader, WIDE)
    for path, name in (("/alliances", "Faire alliance"), ("/historique", "Gérer")):
        visit(page, path)
        lit = page.locator("[data-testid=stTopNavSection][data-ici]")
        expect(lit).to_have_text(name)
    visit(page, "/methode")
    expect(page.locator("[data-testid=stTopNavSection][data-ici]")).to_have_count(0)


def test_what_is_typed_in_the_painted_page_goes_on_in_the_live_one(reader: Page) -> None:
    page = sized(reader, WIDE)
    with painted(page, "/") as held:
        page.locator("#premier-champ").fill("charenton le pont")
        held.let_go()
        settle(page)
        assert page.locator("#premier").count() == 0
        live = page.get_by_label(PLACE)
        expect(live).to_have_value("charenton le pont")
        expect(live).to_be_focused()


def test_a_field_whose_script_comes_last_takes_what_was_typed(reader: Page) -> None:
    page = sized(reader, WIDE)
    with painted(page, "/") as held:
        page.locator("#premier-champ").fill("charenton le pont")
        held.let_go(but="TextInput")
        page.locator("[data-testid=stMain] h1").wait_for(state="attached")
        page.wait_for_timeout(500)  # the page is there, but for its field
        page.keyboard.type(" 94")
        held.let_go()
        settle(page)
        expect(page.get_by_label(PLACE)).to_have_value("charenton le pont 94")


def test_a_search_with_no_script_leads_to_a_place(scriptless: Page) -> None:
    page = sized(scriptless, WIDE)
    page.goto("/")
    page.get_by_label(PLACE).fill("charenton le pont")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**lieu=commune:94018**")
    assert "Charenton-le-Pont" in page.locator("#premier h2").first.inner_text()
    page.locator("#premier li.fiche h3 a").first.click()
    page.wait_for_url("**/catalyseurs?fiche=**")
    assert page.locator("#premier h1").inner_text()


def test_a_territory_is_found_with_no_script(scriptless: Page) -> None:
    page = sized(scriptless, PHONE)
    page.goto("/territoire")
    page.get_by_label(TERRITORY).fill("rennes")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**territoire=commune:35238**")
    assert "Rennes" in page.locator("#premier").inner_text()
