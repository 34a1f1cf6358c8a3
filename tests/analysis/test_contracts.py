"""CRTE and PETR as alliances between local authorities: the official list, and nothing more."""

import csv
import json

import pytest

from geo.analysis.contracts import KINDS, contracts
from geo.output.exports import FORMATS
from geo.output.exports.contracts import contracts_export
from geo.output.maps.contracts import contract_arcs, contract_rows
from geo.reference import france


def test_the_169_crte_that_several_sign_are_there_with_their_signatories() -> None:
    found = contracts("crte")
    signed = france.crte_signatures()
    several = signed[signed["territory_nature"] == "pluri"]
    assert len(found.alliances) == 169 == several["territory_code"].nunique()
    for code, rows in several.groupby("territory_code"):
        assert len(found.alliances.loc[f"crte:{code}", "member_ids"]) == len(rows)
    assert "169 CRTE signés par plusieurs collectivités" in found.sentence().replace("\u00a0", " ")
    assert "comptés à part" in found.sentence().replace("\u00a0", " ")


@pytest.mark.parametrize("kind", KINDS)
def test_every_contract_joins_two_authorities_that_have_a_point_and_says_its_list(
    kind: str,
) -> None:
    found = contracts(kind)
    assert found.alliances["member_ids"].map(len).min() >= 2
    assert found.authorities["longitude"].notna().all()
    assert found.alliances["source_url"].str.startswith("https://").all()
    assert {*found.alliances["source_date"]} == {"2022-12-31"}
    named = set().union(*found.alliances["member_ids"])
    assert named == {*found.authorities.index}


def test_a_territory_has_its_own_contracts_only() -> None:
    gex = france.members()["epci", "240100750"]
    found = contracts("crte").touching(gex)
    assert len(found.alliances) == 1
    [ids] = found.alliances["member_ids"]
    assert "epci:240100750" in ids
    assert {*found.authorities.index} == {*ids}
    assert contracts("crte").touching(["75056"]).alliances.empty


def test_a_line_opens_the_territory_and_is_no_alliance() -> None:
    found = contracts("petr")
    layer = contract_arcs(found).layer
    assert layer["link"] == "/territoire?territoire="
    assert layer["opens"] == "Ouvrir le territoire"
    assert {one["kind"] for one in layer["alliances"]} == {"PETR"}
    assert len(contract_rows(found)) == len(found.alliances) == 79


def test_they_leave_in_files_of_their_own_each_with_its_signatories_and_its_list() -> None:
    export = contracts_export(contracts("crte"))
    lines = FORMATS["csv"].content(export).decode("utf-8-sig").splitlines()
    rows = [*csv.DictReader(lines, delimiter=";")]
    assert len(rows) == 169
    assert all(";" in row["member_names"] for row in rows)
    assert {row["source_date"] for row in rows} == {"2022-12-31"}
    assert {row["fictif"] for row in rows} <= {"non", ""}
    drawn = json.loads(FORMATS["geojson"].content(export))
    assert len(drawn["features"]) == 169
    assert "ANCT" in drawn["catalysts_from"]
    names = [dataset.subject for dataset in contracts_export(contracts("petr")).datasets]
    assert names == ["alliances", "links", "actors"]


def test_those_of_a_territory_alone_leave_when_it_alone_is_shown() -> None:
    gex = contracts("crte").touching(france.members()["epci", "240100750"])
    content = FORMATS["csv"].content(contracts_export(gex)).decode("utf-8-sig")
    assert len(content.splitlines()) == 2
