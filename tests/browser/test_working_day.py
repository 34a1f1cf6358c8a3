"""A team's day with its own file: bring it, put a point right, merge twins, go back, erase."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from geo.directory.store.network import network_records
from geo.directory.store.store import Store
from tests.browser.harness import (
    NO_TILES,
    assert_no_console_error,
    assert_no_outside_request,
    axe,
    map_frame,
    open_page,
    serve,
    settle,
    visit,
)
from tests.browser.steps import renew
from tests.directory.importing.files import sample

SPITEFUL: Final = "<img src=x onerror=window.hacked=1>"
HEADER: Final = "Nom;Adresse;Code postal;Commune;Site;Responsable;Courriel du responsable"
ROWS: Final = (
    f"{SPITEFUL};1 rue de Paris;94220;Charenton-le-Pont;javascript:window.hacked=1;;",
    (
        "Maison des projets;3 rue de Paris;94220;Charenton-le-Pont;https://projets.example;"
        "Zoé Inconnue;zoe.inconnue@projets.example"
    ),
    "La Maison des Projets;3 rue de Paris;94220;Charenton-le-Pont;https://projets.example;;",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journee")


@pytest.fixture(scope="module")
def url(browser: Browser, folder: Path) -> Iterator[str]:
    """Serve a base of its own, without a geocoder: nothing leaves the machine."""
    assert browser.is_connected()
    own = {**NO_TILES, "CATALYSE_STORE": str(folder / "base"), "CATALYSE_GEOCODER": ""}
    with serve(environment=own) as address:
        yield address


@pytest.fixture(scope="module")
def window(browser: Browser, url: str) -> Iterator[Page]:
    opened = open_page(browser, url, at_the_machine=True, bypass_csp=True)
    yield opened
    opened.context.close()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    yield window
    assert window.evaluate("window.hacked ?? null") is None
    assert_no_outside_request(window)
    assert_no_console_error(window)
    renew(window)


@pytest.fixture(scope="module")
def store(url: str, folder: Path) -> Store:
    assert url
    opened = Store.create(folder / "base")
    while opened.is_new():  # the app fills it as it starts
        time.sleep(0.1)
    return opened


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_timeout(500)
    settle(page, 60_000)


def bring(page: Page, path: Path) -> None:
    """Bring a file up to its verification; nothing is written yet."""
    visit(page, "/contribuer")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Vérifier le fichier").wait_for()
    settle(page)
    press(page, "Vérifier le fichier")
    page.get_by_text("La vérification").wait_for()


def names(store: Store) -> set[str]:
    return {str(name) for name in store.read("actor")["actor_name"]}


@pytest.mark.parametrize("name", ["anct_fabt_2024.geojson"])
def test_a_real_file_is_written_once_and_only_when_confirmed(
    page: Page, store: Store, name: str
) -> None:
    before = len(store.read("actor"))
    bring(page, sample(name))
    # Two of them are known already, by their name and commune.
    page.get_by_text("340 nouvelles fiches, 2 fiches modifiées").first.wait_for()
    assert len(store.read("actor")) == before
    assert map_frame(page).locator(".leaflet-marker-icon").count() > 0
    press(page, "Écrire dans la base")
    page.get_by_text("Import fait").wait_for()
    assert len(store.read("actor")) == before + 340
    bring(page, sample(name))
    page.get_by_text("Rien à écrire").wait_for()
    assert axe(page) == []


def test_a_flagged_point_is_dragged_home(page: Page, store: Store, folder: Path) -> None:
    lines = sample("mairies_2026.csv").read_text(encoding="utf-8").splitlines()
    file = folder / "mairies.csv"
    file.write_text("\n".join([lines[0], *lines[1::120]]), encoding="utf-8")
    bring(page, file)
    press(page, "Écrire dans la base")
    page.get_by_text("Import fait").wait_for()
    actors = store.read("actor")
    doubtful = actors[actors["location_check"] != ""]
    assert len(doubtful) > 0
    visit(page, "/verifier")
    frame = map_frame(page)
    pin = frame.locator(".origine").first.bounding_box()
    assert pin is not None
    page.mouse.move(pin["x"] + 22, pin["y"] + 22)
    page.mouse.down()
    page.mouse.move(pin["x"] + 60, pin["y"] - 20, steps=8)
    page.mouse.up()
    page.wait_for_timeout(500)
    settle(page)
    press(page, "Enregistrer ce point")
    after = store.read("actor")
    moved = after[after["location_source"] == "vérifié"]
    assert len(moved) == 1
    was = actors.loc[moved.index[0]]
    assert moved.iloc[0]["longitude"] > was["longitude"]
    assert moved.iloc[0]["latitude"] > was["latitude"]


def test_twins_are_merged_then_taken_apart(page: Page, store: Store, folder: Path) -> None:
    file = folder / "acteurs.csv"
    file.write_text("\n".join([HEADER, *ROWS]), encoding="cp1252")
    bring(page, file)
    press(page, "Écrire dans la base")
    page.get_by_text("Import fait").wait_for()
    assert {SPITEFUL, "Maison des projets", "La Maison des Projets"} <= names(store)
    assert store.read("actor")["website"].str.contains("javascript").sum() == 0
    visit(page, "/doublons")
    press(page, "Comparer la paire 1")
    press(page, "Fusionner")
    assert len({"Maison des projets", "La Maison des Projets"} & names(store)) == 1
    press(page, "Annuler la décision 1")
    assert {"Maison des projets", "La Maison des Projets"} <= names(store)


def test_a_contact_is_kept_published_by_consent_then_erased(
    page: Page, browser: Browser, url: str, store: Store, folder: Path
) -> None:
    actors = store.read("actor")
    actor_id = str(actors.index[actors["actor_name"] == "Maison des projets"][0])
    assert len(store.read("contact")) == 1
    stranger = open_page(browser, url)
    stranger.set_extra_http_headers({"X-Forwarded-For": "192.0.2.1"})
    visit(stranger, f"/acteurs?fiche={actor_id}")
    assert "Zoé" not in stranger.content()
    stranger.context.close()
    visit(page, f"/acteurs?fiche={actor_id}")
    page.get_by_text("1 contact", exact=True).click()
    page.get_by_role("heading", name="Zoé Inconnue").wait_for()
    page.get_by_text("Effacer définitivement").click()
    settle(page)
    press(page, "Effacer cette personne")
    assert len(store.read("contact")) == 0
    files = (path for path in (folder / "base").rglob("*") if path.is_file())
    assert not any("Zoé Inconnue".encode() in path.read_bytes() for path in files)


def test_the_day_is_told_and_undone(page: Page, store: Store) -> None:
    visit(page, "/historique")
    told = page.get_by_test_id("stMain").inner_text()
    assert "Import de acteurs.csv" in told
    assert "Création de la base" in told
    visit(page, "/historique?etat=2")
    press(page, "Remettre toute la base")
    press(page, "Confirmer le retour")
    assert len(store.read("actor")) == 85 + len(network_records()["actor"])
    assert SPITEFUL not in names(store)
