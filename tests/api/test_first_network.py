"""The painted pages of ecosystems, alliances, actors and projects, and those that explain."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from markupsafe import escape
from starlette.applications import Starlette

from geo.analysis.ecosystem import ecosystem
from geo.analysis.network import members_of
from geo.api import html_shell
from geo.directory.ecosystems import EXAMPLE_ID, fictitious_changes
from geo.directory.reading import readable_book, whole_book
from geo.directory.store.network import NETWORK
from geo.directory.store.open import open_store
from geo.directory.store.worlds import FICTITIOUS
from geo.french import typeset
from geo.output.ecosystem_figures import key_figures
from geo.output.first import answers
from geo.output.html import figures
from geo.output.maps.actors import located_only
from geo.output.maps.arcs import alliance_arcs
from tests.api.asgi import Client
from tests.api.painted_marks import marked
from tests.api.test_first_view import FOLDER, INDEX, PAGES, painted

assert answers.READY


@pytest.fixture
def client() -> Client:
    return Client(Starlette(routes=html_shell.routes(INDEX, PAGES)))


def test_the_actors_are_listed_each_with_its_page(client: Client) -> None:
    book = readable_book(open_store())
    text = painted(client, "/acteurs")
    assert text.count('<li class="fiche">') == min(len(book["actor"]), 100)
    assert f"{len(book['actor'])}\u00a0acteurs sur {len(book['actor'])}." in text
    one = painted(client, f"/acteurs?fiche={FOLDER}")
    assert "<h1>Agir Ensemble à Charenton</h1>" in one
    assert f"/alliances?acteur={FOLDER}" in one
    assert one.count('<svg xmlns="http://www.w3.org/2000/svg" role="img"') == 1


def test_the_alliances_are_linked_counted_and_drawn_as_on_the_live_map(client: Client) -> None:
    book = readable_book(open_store())
    rows, actors = book["alliance"], book["actor"]
    text = painted(client, "/alliances")
    joined = members_of(rows, actors)
    assert f"{len(rows)}\u00a0alliances, {len(joined)}\u00a0acteurs (sans filtre)." in text
    for alliance_id in rows.index:
        assert f'href="/alliances?alliance={quote(alliance_id)}"' in text
    arcs = alliance_arcs(rows, actors)
    assert text.count('stroke-opacity="0.75"') == arcs.line_count > 0
    assert marked(text) == len(located_only(joined))
    assert escape(typeset(arcs.sentence())) in text
    kept = painted(client, "/alliances?type=heberge&vue=tableau")
    assert kept.count('href="/alliances?alliance=') == (rows["partnership_kind"] == "heberge").sum()


def test_an_ecosystem_says_the_figures_of_the_live_page(client: Client) -> None:
    book = readable_book(open_store())
    assert '<a href="/ecosysteme?ecosysteme=' in painted(client, "/ecosysteme")
    for one in (NETWORK, EXAMPLE_ID):
        found = ecosystem(one, book)
        text = painted(client, f"/ecosysteme?ecosysteme={one}")
        assert figures(key_figures(found)) in text
        assert text.count('class="perimetre"') == (not found.area.is_empty)
        assert text.count('href="/alliances?alliance=') == len(found.alliances)


def test_the_board_holds_the_projects_of_its_ecosystem(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path))
    store = open_store()
    store.write(fictitious_changes(whole_book(store)), author="essai", message="Essai")
    text = painted(client, f"/projets?ecosysteme={FICTITIOUS}")
    assert text.count('<a href="/projets?projet=') == text.count("Fictif</span>") == 8
    one = re.findall(r'href="(/projets\?projet=[^"]+)"', text)[0]
    assert "<dt>Avancement</dt>" in painted(client, one)
    assert '<a href="/projets?projet=' not in painted(client, "/projets")


@pytest.mark.parametrize(("path", "said"), [("/methode", "details"), ("/reperes", "table")])
def test_what_explains_is_painted_whole(client: Client, path: str, said: str) -> None:
    assert painted(client, path).count(f"</{said}>") > 3


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "Gestion d’un lieu"),
        ("/?lieu=commune:94018", "Pratique non renseignée"),
        ("/carte", "Plusieurs pratiques"),
        ("/territoire?territoire=departement:48", "Pratique non renseignée"),
        ("/couverture", "100 et plus"),
        ("/alliances", "Type d’alliance"),
        ("/ecosysteme?ecosysteme=exemple-paris-est-marne-bois", "Type d’alliance"),
    ],
)
def test_the_marks_of_a_drawing_are_explained(client: Client, path: str, said: str) -> None:
    assert said in painted(client, path).partition('<div class="legendes">')[2]
