"""The addresses that README gives are answered as it says."""

import re
from html import unescape

import pytest

from geo.api.ogc import manual
from geo.settings import ROOT
from tests.api.asgi import Client

SECTION = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## API\n")[2]
ADDRESSES = re.findall(r"^\| `(/\S+)` \|", SECTION.partition("\n## ")[0], re.MULTILINE)


FILES = [one for one in ADDRESSES if one.startswith("/exports/")]


def test_readme_gives_seventeen_of_which_seven_are_files() -> None:
    assert (len(ADDRESSES), len(FILES)) == (17, 7)


@pytest.mark.parametrize("address", [one for one in ADDRESSES if one not in FILES])
def test_an_address_of_readme_answers(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    said = answer.json()
    assert said.get("features") or said.get("results") or said.get("paths") or said.get("tiles")


@pytest.mark.parametrize("address", FILES)
def test_a_file_of_readme_is_sent_with_its_name(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    ending = address.partition("?")[0].rpartition(".")[2]
    assert f'.{ending}"' in answer.headers["content-disposition"]
    assert len(answer.body) > 200


def test_the_two_ways_to_filter_find_the_same(client: Client) -> None:
    ours = client.get("/api/collections/catalysts/items?practices=gestion_lieu&limit=1000").json()
    files = client.get("/exports/catalysts.geojson?pratique=gestion_lieu&sans_point=oui").json()
    assert ours["features"]
    assert {one["id"] for one in ours["features"]} == {
        one["properties"]["catalyst_id"] for one in files["features"]
    }


@pytest.mark.parametrize("address", [path for path, _ in manual.OTHERS])
def test_an_address_of_the_apis_home_answers(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
    assert address in unescape(client.get("/api?f=html").text)
