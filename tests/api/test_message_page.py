"""Pages that say one thing: in French, in the look of the others, with a way on."""

from pathlib import Path

import pytest
from starlette.applications import Starlette

from geo.api import exports, message_page, not_found
from geo.api.concurrency import come_back
from geo.api.public_route import public
from geo.errors import UnreadableStoreError
from tests.api.asgi import Client

PAGES = ("carte", "alliances")
FILES = ("favicon.png", "static/js/x.js")
OTHERS = [
    *("/", "/carte", "/carte/", "/alliances", "/_stcore/health"),
    *("/media/x", "/auth/login", "/oauth2callback"),
]
NOTHING = ["/nullepart", "/trouvez-moi/", "/a/b", "/Cartes", "/%C3%A9cole", "/carte/x"]
NO_FILE = [
    "/x/y.png",
    "/carte.png",
    "/.env",
    "/static/js/y.js",
    "/static",
    "/app/static/x",
    "/a\nb",
]


@pytest.fixture
def client(tmp_path: Path) -> Client:
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    return Client(Starlette(routes=message_page.routes(PAGES, tmp_path)))


@pytest.mark.parametrize("path", [*NOTHING, *NO_FILE])
def test_an_address_of_nothing_says_so_in_french_and_leads_on(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for said in ('lang="fr"', "<h1>Page introuvable</h1>", 'href="/carte"', 'href="/"', "noindex"):
        assert said in answer.text
    assert "<script" not in answer.text
    assert '"Source Sans";src:url(/static/media/' in answer.text


@pytest.mark.parametrize("path", [*OTHERS, *(f"/{file}" for file in FILES)])
def test_what_another_route_answers_is_left_to_it(client: Client, path: str) -> None:
    assert "Page introuvable" not in client.get(path).text


def test_what_is_said_is_escaped() -> None:
    said = message_page.message_page("<b>", "<script>alert(1)</script>", status=403)
    assert said.status_code == 403
    assert b"<script" not in bytes(said.body)


def test_a_person_reads_a_refusal_on_a_page_and_a_program_as_a_problem() -> None:
    public = Client(Starlette(routes=not_found.routes()))
    browser = public.get("/fiches/nulle/part.pdf", headers={"accept": "text/html,*/*;q=0.8"})
    program = public.get("/fiches/nulle/part.pdf", headers={"accept": "*/*"})
    assert (browser.status_code, program.status_code) == (404, 404)
    assert browser.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Introuvable</h1>" in browser.text
    assert 'href="/carte"' in browser.text
    assert program.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/exports/rien.csv", ("catalysts", "siting")),
        ("/exports/catalysts.csv?pratique=zzz", ("dialogue_territorial", "non_renseigne")),
        ("/exports/siting.csv?but=zzz", ("portee",)),
    ],
)
def test_the_names_of_code_are_listed_to_programs_alone(path: str, names: tuple[str, ...]) -> None:
    site = Client(Starlette(routes=exports.routes()))
    page = site.get(path, headers={"accept": "text/html"})
    program = site.get(path, headers={"accept": "*/*"})
    assert page.status_code == program.status_code
    assert "Revenez à la page qui donne ce lien" in page.text
    for name in names:
        assert name not in page.text
        assert name in program.text


def test_who_comes_too_soon_may_ask_again_from_the_page() -> None:
    def busy(_: object) -> None:
        raise come_back("Trop de fichiers à la fois : redemandez dans un instant.")

    site = Client(Starlette(routes=[public("/gros.pdf", busy)]))
    page = site.get("/gros.pdf?date=2024", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["retry-after"]) == (503, "30")
    assert '<a href="/gros.pdf?date=2024">Redemander</a>' in page.text


def test_a_visitor_reads_no_path_nor_setting_when_the_base_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(_: object) -> None:
        raise UnreadableStoreError("« /srv/catalogue.sqlite » est abîmé : CATALYSE_STORE.")

    site = Client(Starlette(routes=[public("/acteurs.csv", lost)]))
    assert "CATALYSE_STORE" in site.get("/acteurs.csv").text  # who runs it alone mends it
    monkeypatch.setenv("CATALYSE_URL", "https://carte.exemple.fr")
    found = site.get("/acteurs.csv", headers={"accept": "text/html"})
    assert found.status_code == 503
    assert "revenez dans quelques minutes" in found.text
    assert "CATALYSE" not in found.text
    assert "sqlite" not in found.text
