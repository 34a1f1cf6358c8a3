"""Sheets at their address: what is asked, refused, kept by the browser."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from starlette.applications import Starlette

from geo.api import concurrency, sheet
from geo.output.sheet.html import POLICY
from tests.api.asgi import Client

EPT = "/fiches/ept/200057941"


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(Starlette(routes=sheet.routes()))


def test_both_forms(client):
    answer = client.get(f"{EPT}.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body.startswith(b"%PDF")
    assert 'filename="fiche-ept-200057941.pdf"' in answer.headers["content-disposition"]
    page = client.get(f"{EPT}.html")
    assert "Paris Est Marne et Bois" in page.text
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["content-security-policy"] == POLICY


def test_a_browser_that_holds_it_is_told_so(client):
    tag = client.get(f"{EPT}.html").headers["etag"]
    assert client.get(f"{EPT}.html", {"if-none-match": tag}).status_code == 304
    assert client.get(f"{EPT}.html", {"if-none-match": '"autre"'}).status_code == 200


def test_filters_are_followed(client):
    whole = client.get(f"{EPT}.html").text
    kept = client.get(f"{EPT}.html?pratique=gestion_lieu&autour=5").text
    assert "Gestion d’un lieu" in kept.partition("<main>")[2][:400]
    assert "Club Gravelle Entreprendre" in whole
    assert "Club Gravelle Entreprendre" not in kept
    assert "À moins de 5\u00a0km" in kept


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/fiches/crte/nulle-part.pdf", 404, "Territoire inconnu"),
        ("/fiches/planete/1.pdf", 404, "Type de territoire inconnu"),
        ("/fiches/crte/..%2f..%2fetc.pdf", 404, ""),
        (f"{EPT}.docx", 404, "Forme inconnue"),
        (f"{EPT}.pdf?pratique=magie", 400, "valeur inconnue"),
        (f"{EPT}.pdf?autour=loin", 400, "Distance illisible"),
        (f"{EPT}.pdf?autour=99999", 400, "Distance hors limites"),
        (f"{EPT}.pdf?autour=²", 400, "Distance illisible"),
    ],
)
def test_what_is_refused_is_said_in_french(client, path, status, said):
    answer = client.get(path.encode("utf-8").decode("latin-1") if "²" in path else path)
    assert answer.status_code == status
    assert said in answer.text


def test_a_former_commune_leads_to_the_one_of_today(client):
    assert "Saint-Denis (93)" in client.get("/fiches/commune/93059.html").text


def test_too_many_at_once_are_told_to_come_back(client, monkeypatch):
    monkeypatch.setattr(concurrency, "_PATIENCE_S", 0.01)

    async def asked():
        async with AsyncExitStack() as taken:
            for number in range(concurrency.AT_ONCE):
                await taken.enter_async_context(concurrency.files.turn(f"192.0.2.{number}"))
            return await asyncio.to_thread(client.get, f"{EPT}.html")

    answer = asyncio.run(asked())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert client.get(f"{EPT}.html").status_code == 200
