"""A record corrected by hand: what is taken, what is refused, when it is to be checked again."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.directory.actors import corrected, is_old
from geo.directory.schema import ACTOR
from geo.directory.store.changes import Record
from geo.errors import BadRecordError


def actor(**values: Any) -> Record:
    return ACTOR.blank() | {
        "actor_id": "un",
        "actor_name": "Un",
        "status": "publiee",
        "commune_code": "94018",
        "departement_code": "94",
        "region_code": "11",
        "longitude": 2.41,
        "latitude": 48.82,
        "location_precision": "adresse",
        "location_source": "géocodeur",
        "revision": 3,
        **values,
    }


def test_what_is_not_given_stays_as_it_is() -> None:
    record = actor(practices=["dialogue_territorial"], practices_basis="inferred", note="Gardée.")
    changed = corrected(record, {"description": "  Neuve. ", "note": "autre", "revision": 0})
    assert changed == record | {"description": "Neuve."}


def test_corrected_practices_are_declared() -> None:
    record = actor(practices=["dialogue_territorial"], practices_basis="inferred")
    assert corrected(record, {"practices": ["gestion_lieu"]})["practices_basis"] == "stated"
    assert corrected(record, {"practices": []})["practices_basis"] == ""


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"actor_name": " "}, "donnez un nom"),
        ({"profile": "licorne"}, "licorne"),
        ({"practices": ["gestion_lieu", "danse"]}, "danse"),
        ({"commune_code": "00000"}, "commune inconnue"),
        ({"website": "javascript:alert(1)"}, "http"),
        ({"website": "exemple.test"}, "http"),
        ({"email": "a@b"}, "courriel"),
        ({"email": "a@b.fr, c@d.fr"}, "courriel"),
        ({"phone": "appelez-moi"}, "téléphone"),
        ({"phone": "12"}, "téléphone"),
        ({"scope": "epci:999"}, "territoire d’intervention"),
        ({"scope": "partout"}, "territoire d’intervention"),
        ({"withheld": ["secret"]}, "ne pas publier"),
        ({"status": "peut-être"}, "Statut"),
        ({"source_url": "ftp://exemple.test"}, "source"),
        ({"source_date": "hier"}, "date"),
        ({"checked_on": "31/12/2026"}, "date"),
        ({"actor_name": "x" * 301}, "300"),
    ],
)
def test_a_bad_value_is_refused_in_french(values: dict[str, Any], said: str) -> None:
    with pytest.raises(BadRecordError, match="Rien n’est enregistré") as fault:
        corrected(actor(), values)
    assert said in str(fault.value)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(BadRecordError) as fault:
        corrected(actor(), {"website": "x", "email": "y", "commune_code": "00000"})
    assert str(fault.value).count(" ; ") == 2


@pytest.mark.parametrize(
    "values",
    [
        {"website": "https://exemple.test/é"},
        {"email": "contact@mairie-exemple.fr"},
        {"phone": "01 23 45 67 89"},
        {"phone": "+262 (0)262 12.34.56"},
        {"phone": "3949"},
        {"scope": "national"},
        {"scope": "departement:94"},
        {"withheld": ["phone", "longitude", "latitude"]},
        {"checked_on": "2026-11"},
    ],
)
def test_a_good_value_is_taken(values: dict[str, Any]) -> None:
    assert corrected(actor(), values).items() >= values.items()


def test_a_new_commune_brings_its_codes_its_name_and_its_point() -> None:
    changed = corrected(actor(postcode="94220", town="Charenton"), {"commune_code": "69123"})
    assert (changed["departement_code"], changed["region_code"]) == ("69", "84")
    assert (changed["location_precision"], changed["location_source"]) == ("commune", "commune")
    assert changed["town"] == "Lyon"
    assert changed["postcode"].startswith("69")
    assert 4.7 < changed["longitude"] < 5.0
    assert changed["revision"] == 3


def test_a_former_commune_is_the_one_of_today() -> None:
    assert corrected(actor(), {"commune_code": "69381"})["commune_code"] == "69123"


def test_without_a_commune_there_is_no_point() -> None:
    changed = corrected(actor(), {"commune_code": ""})
    assert (changed["commune_code"], changed["longitude"], changed["latitude"]) == ("", None, None)


def test_a_new_address_leaves_the_point_to_be_checked() -> None:
    changed = corrected(actor(), {"address": "3 rue Neuve"})
    assert "vérifiez le point" in changed["location_check"]
    assert (changed["longitude"], changed["latitude"]) == (2.41, 48.82)


@pytest.mark.parametrize(
    ("checked_on", "old"),
    [
        ("2026-11-21", False),
        ("2025-11-21", False),
        ("2025-11-20", True),
        ("2025-12", False),
        ("2025-11", False),
        ("2025-10", True),
        ("2025", False),
        ("2024", True),
        ("", True),
        ("jadis", True),
    ],
)
def test_a_record_is_to_be_checked_after_twelve_months(checked_on: str, *, old: bool) -> None:
    assert is_old(checked_on, date(2026, 11, 21)) == old


@given(st.dates(date(2000, 1, 1), date(2026, 11, 21)))
def test_of_two_checks_the_older_is_never_the_fresher(day: date) -> None:
    now = date(2026, 11, 21)
    later = date.fromordinal(min(day.toordinal() + 1, now.toordinal()))
    assert is_old(day.isoformat(), now) >= is_old(later.isoformat(), now)
