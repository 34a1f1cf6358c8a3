"""A visitor sends the messages of widgets that only a coordinator is shown: nothing is written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from geo.directory.store import history
from geo.directory.store.store import Store
from tests.api.test_rights import ask
from tests.browser.harness import NO_TILES, serve, way_in
from tests.talk import Talk, Widget, talking

CARD: Final = "agir-ensemble-a-charenton"
PAGES: Final = (
    *(("catalyseurs", f"fiche={CARD}"), ("acteurs", f"fiche={CARD}"), ("alliances", "")),
    *(("projets", ""), ("ecosysteme", ""), ("contribuer", ""), ("verifier", "")),
    *(("doublons", ""), ("historique", "etat=1"), ("moderation", ""), ("demandes", "")),
    *(("ressources", ""), ("territoire", "territoire=departement:94")),
)
_TYPED: Final = {"text_input", "text_area"}
_PRESSED: Final = {"button", "download_button"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("base")


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with serve(environment={**NO_TILES, "CATALYSE_STORE": str(folder)}) as address:
        yield address


@pytest.fixture(scope="module")
def cookie(url: str) -> dict[str, str]:
    return {"Cookie": str(ask(way_in(url)).headers["Set-Cookie"]).partition(";")[0]}


def states(folder: Path) -> list[str]:
    store = Store.create(folder)
    told = [f"{one.author}: {one.message}" for one in history.entries(store)]
    store.connection.close()
    return told


def press_all(talk: Talk, page: str, query: str, widgets: list[Widget]) -> None:
    """Type in every field and press every button of a page, in one message."""
    talk.states |= {one.id: "Écrit en cachette." for one in widgets if one.kind in _TYPED}
    talk.states |= {one.id: True for one in widgets if one.kind == "checkbox"}
    talk.run(page, query, press=[one.id for one in widgets if one.kind in _PRESSED])


def test_a_visitor_writes_nothing_by_the_widgets_of_a_coordinator(
    url: str, folder: Path, cookie: dict[str, str]
) -> None:
    shown: dict[str, list[Widget]] = {}
    hidden = 0
    with talking(url, cookie) as coordinator, talking(url) as visitor:
        for page, query in PAGES:
            shown[page] = coordinator.run(page, query)[1]
            own = {one.id for one in visitor.run(page, query)[1]}
            hidden += len({one.id for one in shown[page]} - own)
        before = states(folder)
        for page, query in PAGES:
            visitor.states = {}
            visitor.run(page, query)
            press_all(visitor, page, query, shown[page])
    assert hidden > len(PAGES)
    assert states(folder) == before


def test_the_same_messages_write_when_a_coordinator_sends_them(
    url: str, folder: Path, cookie: dict[str, str]
) -> None:
    before = states(folder)
    with talking(url, cookie) as talk:
        page, query = PAGES[0]
        press_all(talk, page, query, talk.run(page, query)[1])
    assert len(states(folder)) > len(before)
