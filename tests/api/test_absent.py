"""A wrong address under the app's own prefixes is never answered with a page."""

from typing import Any

import pytest

from app import app
from tests.api.asgi import Client

WRONG = {
    "/api/anything": "/api",
    "/apercu/x": "/apercu.png",
    "/assets/x/y": "/assets/{fichier}",
    "/exports": "catalysts",
    "/exports/": "/exports/{sujet}.{format}",
    "/exports/catalysts": "geojson",
    "/fiches/x": "/fiches/commune/63113.pdf",
    "/layers": "/layers/departement/63.geojson",
    "/layers/x": "/layers/{type}/{code}.geojson",
    "/oembed/x": "/oembed?url=",
    "/tiles/communes": "epci",
    "/tiles/communes/8/131/91.png": "/tiles/{couche}.json",
}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("CATALYSE_API_RATE", "10000000")
    return Client(app)


def ask(client: Client, method: str, address: str) -> Any:
    async def asked(given: Any, receive: Any, send: Any) -> None:
        await client.app({**given, "method": method}, receive, send)

    return Client(asked).get(address)


@pytest.mark.parametrize("address", WRONG)
def test_a_wrong_address_says_what_exists(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    said = answer.json()
    assert said["title"] == "Introuvable"
    assert WRONG[address] in said["detail"]
    assert address in said["detail"]


@pytest.mark.parametrize(
    ("method", "address", "code"),
    [
        ("HEAD", "/exports", 404),
        ("OPTIONS", "/exports", 204),
        ("POST", "/fiches/x", 405),
        ("HEAD", "/tiles/communes.json", 200),
        ("HEAD", "/oembed", 400),
        ("OPTIONS", "/oembed", 204),
        ("POST", "/oembed", 405),
        ("OPTIONS", "/api/health", 204),
        ("DELETE", "/assets/map.js", 405),
        ("HEAD", "/assets/map.js", 200),
    ],
)
def test_other_methods_are_answered_as_over_the_api(
    client: Client, method: str, address: str, code: int
) -> None:
    answer = ask(client, method, address)
    assert answer.status_code == code
    if code in {204, 405}:
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ["/", "/carte", "/api", "/apercu.png", "/assets/map.js"])
def test_what_exists_is_still_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_a_tile_has_two_endings(client: Client) -> None:
    one, other = (client.get(f"/tiles/regions/4/8/5.{ending}") for ending in ("mvt", "pbf"))
    assert one.status_code == other.status_code == 200
    assert one.body == other.body
    assert other.headers["content-type"] == "application/vnd.mapbox-vector-tile"
