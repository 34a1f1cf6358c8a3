"""Names of places on a map without tiles: all of France, light, in order, each name once."""

import json
from collections import Counter

import pytest

from geo.errors import UnknownCodeError
from geo.output.maps import names
from geo.output.webfiles import WebFile
from geo.reference import france


def listed(file: WebFile) -> list[tuple[str, float, float, int]]:
    return [tuple(one) for one in json.loads(file.content)["names"]]


def test_every_departement_has_one_seat_and_every_region_too() -> None:
    communes = france.communes()
    seats = communes.loc[sorted(names.DEPARTEMENT_SEATS)]
    assert sorted(seats["departement_code"]) == sorted(set(communes["departement_code"]))
    regions = communes.loc[sorted(names.REGION_SEATS), "region_code"]
    assert sorted(regions) == sorted(set(communes["region_code"]))


def test_the_towns_come_by_importance_and_weigh_little() -> None:
    file = names.towns()
    found = listed(file)
    tiers = [tier for *_, tier in found]
    assert len(file.packed) < 70_000
    assert tiers == sorted(tiers)
    assert Counter(tiers)[0] == 18
    assert Counter(tiers)[1] == 83
    assert [name for name, *_ in found[:3]] == ["Paris", "Marseille", "Lyon"]
    assert {"Nîmes", "Évreux", "Saint-Étienne", "Mamoudzou"} <= {name for name, *_ in found}


def test_every_commune_is_named_once_across_the_documents() -> None:
    codes = sorted(set(france.communes()["departement_code"]))
    files = [names.communes_of(code) for code in codes]
    found = Counter(listed(names.towns()))
    for file in files:
        found.update(listed(file))
    assert found.total() == len(france.communes())
    assert max(found.values()) == 1
    assert max(len(file.packed) for file in files) < 15_000


def test_a_commune_lies_in_the_box_of_its_departement() -> None:
    boxes = json.loads(names.towns().content)["departements"]
    assert len(boxes) == 101
    for row in france.communes().itertuples():
        west, south, east, north = boxes[row.departement_code]
        assert west - 0.05 < row.longitude < east + 0.05
        assert south - 0.05 < row.latitude < north + 0.05


def test_the_address_changes_with_the_communes() -> None:
    assert names.names_url().startswith("/layers/noms.json?v=")
    assert names.names_url("{code}").startswith("/layers/noms/{code}.json?v=")
    with pytest.raises(UnknownCodeError, match="99"):
        names.communes_of("99")
