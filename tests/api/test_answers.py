"""The API answers what the terminal does, with the same fields."""

import json

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette

from geo.api import ogc
from geo.cli.main import cli
from tests.api.asgi import Client


def terminal(*arguments: str) -> object:
    made = CliRunner().invoke(cli, [*arguments, "--format", "json"])
    assert made.exit_code == 0, made.output
    return json.loads(made.stdout)


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("nearest?commune=63113&k=3", ("nearest", "--commune", "63113", "-k", "3")),
        ("nearest?lon=3.08&lat=45.78&radius_km=150&practice=gestion_lieu&practice=accompagnements",
         ("nearest", "--lon", "3.08", "--lat", "45.78", "--radius-km", "150", "--practice",
          "gestion_lieu", "--practice", "accompagnements")),
        ("nearest?commune=94018&profile=non_renseigne", ("nearest", "--commune", "94018",
         "--profile", "non_renseigne")),
        ("locate?lon=3.08&lat=45.78", ("locate", "--lon", "3.08", "--lat", "45.78")),
        ("locate?lon=-30&lat=0", ("locate", "--lon", "-30", "--lat", "0")),
        ("communes?q=st+denis&limit=4", ("communes", "st denis", "--limit", "4")),
        ("communes?q=69001", ("communes", "69001")),
    ],
)  # fmt: skip
def test_the_api_says_what_the_terminal_says(address: str, arguments: tuple[str, ...]) -> None:
    said = Client(Starlette(routes=ogc.routes())).get(f"/api/{address}")
    assert said.status_code == 200
    assert said.json()["results"] == terminal(*arguments)
    assert said.json()["count"] == len(said.json()["results"])
    assert said.json()["licence"]


def test_those_that_cover_the_place_are_counted_apart() -> None:
    said = Client(Starlette(routes=ogc.routes())).get("/api/nearest?commune=63113&k=2").json()
    ranked = [one for one in said["results"] if one["rank"] is not None]
    assert said["nearest_count"] == len(ranked) == 2
    assert said["covering_count"] == len(said["results"]) - 2 > 0
    assert said["count"] == said["nearest_count"] + said["covering_count"]


def test_what_the_list_lacks_is_said() -> None:
    client = Client(Starlette(routes=ogc.routes()))
    said = client.get("/api/nearest?lon=-30&lat=0&radius_km=1").json()
    assert said["results"] == []
    assert any("Aucun catalyseur" in one for one in said["notices"])
    assert client.get("/api/communes?q=zzzqqq").json()["results"] == []


def test_what_is_asked_beside_catalysts_comes_apart_from_them() -> None:
    client = Client(Starlette(routes=ogc.routes()))
    address = "/api/nearest?commune=94018&k=3"
    alone = client.get(address).json()
    both = client.get(f"{address}&also=fabrique_territoire&also=cite_educative").json()
    assert "beside" not in alone
    assert both["results"] == alone["results"]
    assert (both["beside_count"], [one["rank"] for one in both["beside"]]) == (3, [1, 2, 3])
    first = both["beside"][0]
    assert first["programme"] in {"fabrique_territoire", "cite_educative"}
    assert (first["source_date"], bool(first["licence"])) == ("2024-09", True)
    refused = client.get(f"{address}&also=zut")
    assert (refused.status_code, "« zut »" in refused.json()["detail"]) == (400, True)
    told = terminal("nearest", "--commune", "94018", "-k", "3", "--also", "fabrique_territoire",
                    "--also", "cite_educative")  # fmt: skip
    assert told == {"catalysts": both["results"], "beside": both["beside"]}


@pytest.mark.parametrize(("name", "many"), [("places", 490), ("programmes", 540), ("badges", 4375)])
def test_each_nature_is_a_collection_of_its_own(name: str, many: int) -> None:
    client = Client(Starlette(routes=ogc.routes()))
    said = client.get(f"/api/collections/{name}/items?limit=1").json()
    assert said["numberMatched"] == many
    held = said["features"][0]["properties"]
    assert held["licence"]
    assert held["source_title"].startswith("ANCT")
