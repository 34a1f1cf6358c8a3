"""A territory's team at work in a real browser: alliances, projects, an ecosystem."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.directory.ecosystems import checked_alliance, checked_project
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.seed import seed
from geo.directory.store.store import Store
from geo.settings import settings
from tests.browser.harness import (
    DESKTOP,
    NO_TILES,
    PHONE,
    assert_no_console_error,
    assert_no_outside_request,
    axe,
    map_frame,
    open_page,
    serve,
    settle,
    visit,
)
from tests.browser.steps import pick, stand

SPITEFUL = '<img src=x onerror="top.hacked=1">'
MARNE = "94052"
ARCS = "path.lien"


def filled(folder: Path) -> Store:
    """Write a store with two spiteful actors that an alliance and a project join."""
    store = Store.create(folder)
    seed(store, settings().catalysts_file)
    blank = KINDS["actor"].blank() | {"status": "publiee"}
    actors = [
        blank | {"actor_id": "s1", "actor_name": SPITEFUL, "profile": "entreprise"}
        | {"commune_code": MARNE, "longitude": 2.483, "latitude": 48.837},
        blank | {"actor_id": "s2", "actor_name": f"Deux {SPITEFUL}", "profile": "fondation"}
        | {"commune_code": "94080", "longitude": 2.44, "latitude": 48.848},
    ]  # fmt: skip
    store.write(Changes.one("actor", *actors), author="essai", message="acteurs")
    alliance = checked_alliance(
        {
            "alliance_id": "al",
            "alliance_name": f"Alliance {SPITEFUL}",
            "partnership_kind": "mecenat",
            "member_ids": ["s1", "s2"],
            "member_roles": [SPITEFUL, ""],
            "note": SPITEFUL,
        },
        ["s1", "s2"],
    )
    store.write(Changes.one("alliance", alliance), author="essai", message="alliance")
    book = {kind: store.read(kind) for kind in KINDS}
    projects = [
        checked_project(
            {"project_id": one, "project_name": name, "step": "01", "actor_ids": ["s1"]}, book
        )
        for one, name in (("p1", f"Projet {SPITEFUL}"), ("p2", "Jardin"))
    ]
    store.write(Changes.one("project", *projects), author="essai", message="projets")
    return store


@pytest.fixture(scope="module")
def team(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    """Run the app over a filled store; give its address and the store."""
    assert browser.is_connected()
    folder = tmp_path_factory.mktemp("base")
    store = filled(folder)
    with serve(environment={**NO_TILES, "CATALYSE_STORE": str(folder)}) as url:
        yield url, store


@pytest.fixture(scope="module")
def window(browser: Browser, team: tuple[str, Store]) -> Iterator[Page]:
    opened = open_page(browser, team[0], at_the_machine=True, bypass_csp=True)
    yield opened
    opened.context.close()


@pytest.fixture
def desk(window: Page) -> Page:
    """Give the window of the team with the page that the test before left in it."""
    return window


@pytest.fixture(scope="module")
def reading_window(browser: Browser, team: tuple[str, Store]) -> Iterator[Page]:
    opened = open_page(browser, team[0], bypass_csp=True)
    yield opened
    opened.context.close()


def hacked(page: Page) -> Any:
    return page.evaluate("window.hacked ?? null")


def choose(page: Page, label: str, option: str) -> None:
    pick(page, page.get_by_role("combobox", name=label, exact=True), option, typed=True)


VIEWS = [
    "/ecosysteme",
    "/ecosysteme?ecosysteme=exemple-paris-est-marne-bois",
    "/alliances",
    "/alliances?vue=graphe&acteur=s1",
    "/alliances?vue=matrice&alliance=al",
    "/alliances?vue=tableau",
    "/projets?projet=p1",
]


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_is_accessible_calls_nobody_and_runs_no_name(reader: Page, path: str) -> None:
    page = reader
    visit(page, path)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        settle(page)
        page.wait_for_timeout(500)
        assert axe(page) == [], size
        assert hacked(page) is None, size
        assert page.locator('img[src="x"]').count() == 0, size
    if "vue=matrice" in path:
        expect(page.locator("label[for='voir-carte']")).to_have_text("Matrice")
    assert_no_outside_request(page)
    assert_no_console_error(page)


def test_an_arc_joins_the_members_and_its_card_is_text(desk: Page) -> None:
    stand(desk, "/alliances")
    frame = map_frame(desk)
    frame.wait_for_selector(ARCS, state="attached")
    assert frame.locator(ARCS).count() == 1
    # Its middle: a curve's box is not the curve.
    frame.evaluate(
        """selector => {
          const path = document.querySelector(selector);
          const at = path.getPointAtLength(path.getTotalLength() / 2)
            .matrixTransform(path.getScreenCTM());
          for (const type of ['mousedown', 'mouseup', 'click'])
            path.dispatchEvent(new MouseEvent(type,
              {bubbles: true, clientX: at.x, clientY: at.y, view: window}));
        }""",
        ARCS,
    )
    card = frame.locator(".carton")
    expect(card).to_contain_text(f"Alliance {SPITEFUL}")
    expect(card).to_contain_text("Mécénat")
    assert frame.locator('img[src="x"]').count() == 0
    assert hacked(desk) is None


def test_the_graph_shows_a_spiteful_name_as_text(desk: Page) -> None:
    stand(desk, "/alliances?vue=graphe")
    chart = desk.get_by_test_id("stEChartsChart")
    box = chart.bounding_box()
    assert box
    # Over the whole chart, so over every node and link: each tooltip opens.
    for row in range(6, 30, 2):
        for column in range(4, 60, 2):
            desk.mouse.move(
                box["x"] + box["width"] * column / 64, box["y"] + box["height"] * row / 36
            )
    desk.wait_for_timeout(300)
    assert chart.locator("canvas").count() >= 1
    assert desk.locator('img[src="x"]').count() == 0
    assert hacked(desk) is None
    assert_no_console_error(desk)


def test_the_graph_fits_a_phone_whose_switch_names_it(reader: Page) -> None:
    page = reader
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visit(page, "/alliances?vue=graphe")
    expect(page.locator("label[for='voir-carte']")).to_have_text("Graphe")
    chart = page.get_by_test_id("stEChartsChart")
    chart.locator("canvas").first.wait_for()
    box = chart.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    assert box["height"] < PHONE[1] / 2
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE[0]
    expect(page.get_by_text("Qui relie les autres", exact=True)).to_be_visible()


def columns(page: Page) -> list[list[str]]:
    """Name the cards of each step of the board."""
    page.wait_for_selector(".tableau-projets section")
    return [
        section.locator("h3").all_inner_texts()
        for section in page.locator(".tableau-projets section").all()
    ]


def step_of(store: Store, project_id: str) -> str:
    return str(store.record("project", project_id)["step"])


def test_a_card_moves_by_hand_and_by_keyboard(desk: Page, team: tuple[str, Store]) -> None:
    stand(desk, "/projets")
    assert columns(desk)[0] == [f"Projet {SPITEFUL}", "Jardin"] or len(columns(desk)[0]) == 2
    card = desk.locator(".carte-projet", has_text="Jardin")
    card.drag_to(desk.locator(".tableau-projets section").nth(1))
    settle(desk)
    assert columns(desk)[1] == ["Jardin"]
    assert step_of(team[1], "p2") == "02"
    desk.get_by_role("button", name="Déplacer « Jardin » vers l’étape Dispositif").focus()
    desk.keyboard.press("Enter")
    settle(desk)
    assert columns(desk)[2] == ["Jardin"]
    assert step_of(team[1], "p2") == "03"
    said = desk.evaluate(
        "() => [...document.querySelectorAll('*')].map(e => e.shadowRoot?.activeElement?.innerText)"
        ".find(Boolean) ?? document.activeElement.innerText"
    )
    assert said in {"Jardin", "← Co-construction"}
    assert hacked(desk) is None


def test_an_alliance_is_made_and_an_actor_says_what_it_is_part_of(
    desk: Page, team: tuple[str, Store]
) -> None:
    stand(desk, "/alliances")
    desk.get_by_role("button", name="Nouvelle alliance").click()
    settle(desk)
    desk.get_by_role("button", name="Enregistrer l’alliance").click()
    settle(desk)
    expect(desk.get_by_text("une alliance joint au moins 2 acteurs différents")).to_be_visible()
    desk.get_by_label("Nom de l’alliance").fill("Ateliers du port")
    choose(desk, "Type", "Héberge")
    for name in ("Vitawin", "Le RAMEAU"):
        choose(desk, "Membres (au moins deux)", name)
    desk.get_by_label("Depuis").fill("2024-05")
    desk.get_by_label("Depuis").press("Enter")
    settle(desk)
    desk.get_by_role("button", name="Enregistrer l’alliance").click()
    settle(desk)
    made = team[1].read("alliance")
    [row] = made[made["alliance_name"] == "Ateliers du port"].to_dict("records")
    assert row["member_ids"] == ["vitawin", "le-rameau"]
    assert row["since"] == "2024-05"
    stand(desk, "/alliances?acteur=vitawin")
    desk.get_by_text("Supprimer cet acteur…").click()
    expect(desk.get_by_text("n’aurait plus deux membres")).to_be_visible()
    assert_no_console_error(desk)


def test_a_phone_shows_the_form_that_its_map_would_hide(desk: Page) -> None:
    desk.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visit(desk, "/alliances")
    expect(desk.locator("#voir-carte")).to_be_checked()
    desk.get_by_role("button", name="Nouvelle alliance").click()
    expect(desk.get_by_label("Nom de l’alliance")).to_be_visible()
    desk.get_by_role("button", name="Annuler").click()
    expect(desk.locator("#voir-carte")).to_be_checked()
    settle(desk)


def test_a_perimeter_is_drawn_by_touching_its_corners(desk: Page, team: tuple[str, Store]) -> None:
    stand(desk, "/ecosysteme")
    desk.get_by_role("button", name="Créer un écosystème").click()
    settle(desk)
    desk.get_by_label("Nom de l’écosystème").fill("Autour du bois")
    desk.get_by_text("Un périmètre dessiné").click()
    settle(desk)
    frame = map_frame(desk)
    size = frame.evaluate("[innerWidth, innerHeight]")
    for x, y in ((0.4, 0.3), (0.6, 0.3), (0.6, 0.6), (0.4, 0.6)):
        frame.locator(".leaflet-container").click(
            position={"x": size[0] * x, "y": size[1] * y}, force=True
        )
        settle(desk)
    expect(desk.get_by_text("4\u00a0coins", exact=True)).to_be_visible()
    desk.get_by_role("button", name="Enregistrer l’écosystème").click()
    settle(desk)
    shape = team[1].read("perimeter")["geojson"].iloc[0]
    assert len(json.loads(shape)["coordinates"][0]) == 5
    expect(desk.get_by_role("heading", name="Autour du bois")).to_be_visible()
    expect(desk.get_by_text("périmètre dessiné").first).to_be_visible()
