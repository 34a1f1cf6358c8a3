"""The addresses that README gives are answered as it says."""

import re

import pytest

from geo.settings import ROOT
from tests.api.asgi import Client

SECTION = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## API\n")[2]
ADDRESSES = re.findall(r"^\| `(/\S+)` \|", SECTION.partition("\n## ")[0], re.MULTILINE)


def test_readme_gives_five() -> None:
    assert len(ADDRESSES) == 5


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_readme_answers(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    said = answer.json()
    assert said.get("features") or said.get("results") or said.get("paths") or said.get("tiles")
