"""Names and codes that are in no list in force, and what they lead to."""

import tomllib

import pytest

from geo.reference import france, gazetteer
from geo.settings import settings


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [("PACA", "region", "93"), ("mel", "epci", "200093201"), ("Grand Lyon", "epci", "200046977"),
     ("GPSEO", "epci", "200059889"), ("Midi-Pyrénées", "region", "76"),
     ("GPSO", "ept", "200057974")],
)  # fmt: skip
def test_a_usual_name_finds_its_territory_first(text: str, kind: str, code: str) -> None:
    best = gazetteer.search(text, 1)[0]
    assert (best.kind, best.code, best.match_kind) == (kind, code, "exact")


def test_every_usual_name_is_sourced_and_of_a_territory_in_force() -> None:
    rows = tomllib.loads((settings().data / "usual_names.toml").read_text("utf-8"))["usual"]
    known = france.territories().index
    assert [row for row in rows if (row["kind"], row["code"]) not in known] == []
    assert all(row["source"].startswith("https://") and row["names"] for row in rows)


def test_every_former_code_is_known_to_search_as_it_is_to_imports() -> None:
    known = france.former_codes()
    found = {old: gazetteer.by_code("commune", old).code for old in known}
    assert found == known
    assert gazetteer.search("63266", 1)[0].code == "63255"
    assert gazetteer.search("35158", 1)[0].code == "35060"


@pytest.mark.parametrize(("old", "today"), [("55273", "55386"), ("60455", "60694")])
def test_an_old_commune_is_of_the_one_it_is_listed_under(old: str, today: str) -> None:
    assert france.former_codes()[old] == today


@pytest.mark.parametrize("text", ["Gex 1", "Gex 01", "Gex (01)", "Gex, Ain"])
def test_a_departement_beside_a_name_may_have_lost_its_zero(text: str) -> None:
    best = gazetteer.search(text, 1)[0]
    assert (best.code, best.match_kind) == ("01173", "exact")
