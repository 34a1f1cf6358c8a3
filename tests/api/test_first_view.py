"""The page as the server paints it: the same answer, read with no script, only what is public."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from starlette.applications import Starlette

from geo.analysis.nearest import Search, nearest
from geo.analysis.origin import parse_origin
from geo.api import html_shell, indexing, rate_limit
from geo.api.concurrency import Turns
from geo.directory.directory import directory
from geo.output.cards import catalyst_list
from geo.output.first import answers, place_answers
from geo.output.first.document import MENU
from geo.output.maps import map_records
from geo.query.selection import Selection
from geo.settings import ROOT
from tests.api.asgi import Answer, Client
from tests.api.painted_marks import marked

INDEX = (
    '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head><body>'
    '<noscript>Enable JS</noscript><div id="root"></div></body></html>'
)
PAGES = (*(page for page in MENU if page), "contribuer", "moderation", "demandes", "historique")
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
WAITS = "data-attend"
HOSTILE = "<script>alert(1)</script>"
FOLDER = "agir-ensemble-a-charenton"
assert answers.READY


@pytest.fixture
def client() -> Client:
    return Client(Starlette(routes=[*html_shell.routes(INDEX, PAGES), *indexing.routes()]))


def painted(client: Client, path: str, **headers: str) -> str:
    answer = client.get(path, headers)
    assert answer.status_code == 200
    found = re.search(r'<div id="premier".*(?=<div id="root">)', answer.text, re.DOTALL)
    return found[0] if found else ""


def query_of(answer: Answer) -> dict[str, list[str]]:
    return parse_qs(urlsplit(answer.headers["location"]).query)


@pytest.mark.parametrize("page", list(MENU))
def test_every_public_page_is_painted(client: Client, page: str) -> None:
    text = painted(client, f"/{page}")
    assert text.count("<h1") == 1
    assert text.count('aria-current="page"') == 1
    assert "<noscript>" in text


@pytest.mark.parametrize("path", ["/", "/?lieu=commune:63113", "/carte"])
def test_what_the_live_map_shows_is_asked_for_ahead(client: Client, path: str) -> None:
    text = painted(client, path)
    asked = re.findall(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)">', text)
    assert asked == [map_records(directory())]


def test_its_menu_is_the_live_one() -> None:
    text = (ROOT / "pages/components/menu.py").read_text(encoding="utf-8")
    live = text[: text.index('"Gérer"')]
    shown = re.findall(r'st\.Page\("(\w+)\.py", title="([^"]+)"', live)
    assert {"" if page == "trouver" else page: title for page, title in shown} == MENU


@pytest.mark.parametrize("page", list(MENU))
def test_its_title_is_the_live_one(client: Client, page: str) -> None:
    files = [ROOT / f"pages/{page or 'trouver'}.py", *(ROOT / "pages/sections").rglob("*.py")]
    live = [
        title
        for file in files
        for title in re.findall(r'st\.title\("([^"]+)"', file.read_text(encoding="utf-8"))
    ]
    shown = re.search(r"<h1>(.*?)</h1>", painted(client, f"/{page}"))
    assert shown
    assert shown[1] in live


@pytest.mark.parametrize("path", ["/contribuer", "/moderation", "/carte?embed=true"])
def test_what_is_not_for_all_or_is_in_a_frame_is_not_painted(client: Client, path: str) -> None:
    assert painted(client, path) == ""


def test_a_frame_without_scripts_leads_to_the_page_that_needs_none(client: Client) -> None:
    said = client.get("/territoire?territoire=departement:94&voisins=10&embed=true").text
    [without] = re.findall(r"<noscript>(.*?)</noscript>", said, re.DOTALL)
    assert 'href="/territoire?territoire=departement:94&amp;voisins=10" target="_blank"' in without
    assert "JavaScript" in without


def test_the_nearest_are_those_of_the_live_page(client: Client) -> None:
    text = painted(client, "/?lieu=commune:94018&pratique=accompagnements&nombre=5")
    selection = Selection(practices=("accompagnements",))
    found = nearest(directory(), parse_origin("commune:94018"), selection, Search(count=5))
    assert catalyst_list(found.ranked[~found.overseas], "commune:94018") in text
    wide, narrow = text.split('<g class="etroit">')
    for drawn in (wide, narrow):
        assert drawn.count('<g class="rang"') == int(found.ranked["longitude"].notna().sum())
    assert 'value="accompagnements" checked' in text


def test_the_map_of_france_marks_each_catalyst_that_has_a_point(client: Client) -> None:
    placed = int(directory().frame["longitude"].notna().sum())
    text = painted(client, "/carte")
    assert marked(text) == placed
    assert f'aria-label="Carte de France, {placed}\u00a0catalyseurs"' in text
    assert text.count('<li class="fiche"') == len(directory().frame)


@pytest.mark.parametrize(
    "path", ["/", "/territoire?territoire=departement:2A", "/?lieu=commune:97411"]
)
def test_a_path_of_the_drawing_never_stops_half_way(client: Client, path: str) -> None:
    text = painted(client, path)
    land = re.findall(r'<path (?:fill="#\w+" stroke="#\w+"|class="perimetre") d="([^"]*)"', text)
    assert land
    assert 'd=""' not in text
    for drawn in land:
        assert re.fullmatch(r"(M-?\d+ -?\d+l(-?\d+ -?\d+ ?)+z)+", drawn)


def test_what_is_typed_leads_to_its_place_and_the_others_are_listed(client: Client) -> None:
    answer = client.get("/?recherche=saint-denis&pratique=gestion_lieu")
    assert answer.status_code == 303
    asked = query_of(answer)
    assert asked["pratique"] == ["gestion_lieu"]
    assert asked["lieu"] == ["commune:97411"]
    text = painted(client, answer.headers["location"])
    assert "commune%3A93066" in text
    assert "Saint-Denis" in text


@pytest.mark.parametrize(
    ("typed", "name", "place"),
    [
        (
            "/?recherche=Mairie de Vichy, 1 place de l’Hôtel de ville, 03200",
            "lieu",
            "commune:03310",
        ),
        ("/?recherche=12 rue de Paris, Vichy", "lieu", "commune:03310"),
        ("/?recherche=48.8566, 2.3522", "lieu", "2.35220,48.85660"),
        ("/territoire?recherche=48.8566, 2.3522", "territoire", "commune:75056"),
    ],
)
def test_an_address_leads_to_its_commune_and_a_point_to_itself(
    client: Client, typed: str, name: str, place: str
) -> None:
    moved = client.get(typed)
    assert query_of(moved)[name] == [place]
    assert "Aucun lieu ne répond" not in painted(client, moved.headers["location"])


def test_another_text_leaves_the_former_place_and_an_empty_one_any_place(client: Client) -> None:
    moved = client.get("/?recherche=Vincennes&lieu=commune:94018")
    assert query_of(moved)["lieu"] == ["commune:94080"]
    assert client.get("/?recherche=&lieu=commune:94018").headers["location"] == "/"


def test_a_text_that_means_no_place_is_said(client: Client) -> None:
    text = painted(client, "/?recherche=Xyzzyville")
    assert "Aucun lieu ne répond à «\u00a0Xyzzyville\u00a0»." in text


@pytest.mark.parametrize(
    "path",
    [
        "/?recherche={}",
        "/?lieu={}",
        "/territoire?recherche={}",
        "/territoire?territoire={}",
        "/catalyseurs?fiche={}",
        "/ressources?texte={}",
        "/carte?texte={}&pratique={}",
    ],
)
def test_nothing_of_the_address_becomes_html(client: Client, path: str) -> None:
    text = painted(client, path.replace("{}", HOSTILE))
    assert "<script>" not in text
    assert "<h1" in text


def test_machines_read_an_organisation_and_a_territory(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_URL", "https://cartes.maville.fr")
    said = {}
    for path in (f"/catalyseurs?fiche={FOLDER}", "/territoire?territoire=commune:94018"):
        [text] = LINKED_DATA.findall(painted(client, path))
        said[path[1]] = json.loads(text)
    assert said["c"]["@type"] == "Organization"
    assert said["c"]["mainEntityOfPage"] == f"https://cartes.maville.fr/catalyseurs?fiche={FOLDER}"
    assert said["t"]["name"] == "Charenton-le-Pont (94)"


def test_search_engines_are_told_of_public_pages_only_where_there_is_an_address(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Disallow: /\n" in client.get("/robots.txt").text
    assert client.get("/sitemap.xml").status_code == 404
    monkeypatch.setenv("CATALYSE_URL", "https://cartes.maville.fr")
    assert "Sitemap: https://cartes.maville.fr/sitemap.xml" in client.get("/robots.txt").text
    parts = re.findall(
        r"<loc>https://cartes.maville.fr(.*?)</loc>", client.get("/sitemap.xml").text
    )
    assert len(parts) > 5
    for part in parts:
        text = client.get(part).text
        assert 0 < text.count("<loc>") <= 50_000
        assert "contribuer" not in text
    assert client.get("/sitemap/inconnue.xml").status_code == 404


def test_the_first_answer_never_waits_for_the_data(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(answers, "READY")
    text = painted(client, "/?lieu=commune:94018")
    assert "Votre commune" in text
    assert 'class="fiche"' not in text
    assert WAITS in text


def test_a_long_list_is_begun_and_says_how_many_are_left(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_answers, "LISTED", 10)
    total = len(directory().frame)
    for page in ("carte", "catalyseurs"):
        text = painted(client, f"/{page}")
        assert text.count('<li class="fiche"') == 10
        assert f"Les 10 premiers sur {total}" in text


@pytest.mark.parametrize("path", ["/", "/carte", "/territoire?territoire=commune:94018"])
def test_catalysts_that_are_made_up_say_so_at_the_top(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str
) -> None:
    assert "Données fictives" not in painted(client, path)
    frame = pd.read_csv(ROOT / "data/catalysts.csv", dtype=str, keep_default_na=False)
    frame.assign(fictif="fictif").to_csv(tmp_path / "inventes.csv", index=False)
    monkeypatch.setenv("CATALYSE_CATALYSTS", str(tmp_path / "inventes.csv"))
    monkeypatch.setenv("CATALYSE_URL", "https://cartes.maville.fr")
    assert "Données fictives" in painted(client, path)
    assert "catalyseurs.xml" not in client.get("/sitemap.xml").text


def test_a_page_whose_turn_does_not_come_is_painted_without_its_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html_shell, "views", Turns(0, patience_s=0.0))
    text = painted(client, "/?lieu=commune:94018")
    assert "Votre commune" in text
    assert 'class="fiche"' not in text


def test_who_asks_too_much_is_given_pages_without_their_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "_pace", rate_limit.RateLimit())
    monkeypatch.setenv("CATALYSE_API_RATE", "1")
    assert 'class="fiche"' in painted(client, "/carte")
    assert 'class="fiche"' not in painted(client, "/carte")


def test_what_nobody_foresaw_takes_the_answer_and_not_the_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(answers, "answer", broken)
    assert "<h1" in painted(client, "/carte")


def test_a_view_in_a_frame_leads_nowhere_else(client: Client) -> None:
    assert client.get("/?recherche=Charenton&embed=true").status_code == 200
