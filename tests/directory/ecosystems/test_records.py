"""What a record of an ecosystem must respect, and what is said when it does not."""

import json
from typing import Any

import pytest
import shapely

from geo.dates import span
from geo.directory.ecosystems import (
    checked_action,
    checked_alliance,
    checked_ecosystem,
    checked_perimeter,
    checked_project,
    in_order,
    moved,
    new_id,
    traced,
)
from geo.directory.schema import ALLIANCE
from geo.errors import AtlasError, BadRecordError, UnknownCodeError
from tests.directory.ecosystems.drawn import drawn_book

GOOD: dict[str, Any] = {
    "alliance_id": "x",
    "alliance_name": " Un lien ",
    "partnership_kind": "mecenat",
    "member_ids": ["a", "b", "a"],
    "member_roles": ["porteur", "finance", "autre"],
    "odd": ["11", "11"],
    "since": "2024-05",
    "until": "2024",
    "source_url": "https://exemple.fr/page",
}
IDS = ("a", "b", "c")


def test_a_good_alliance_is_whole_tidy_and_its_roles_follow_its_members():
    record = checked_alliance(GOOD, IDS)
    assert set(record) == {field.name for field in ALLIANCE.fields}
    assert record["alliance_name"] == "Un lien"
    assert (record["member_ids"], record["member_roles"]) == (["a", "b"], ["porteur", "finance"])
    assert record["odd"] == ["11"]
    assert record["status"] == "publiee"


def test_a_long_text_keeps_its_lines_and_nothing_that_turns_or_commands_it():
    note = "Une ligne\r\n\tdeux\x00 \x1b[31mrouge \u202eàl\u2066"
    assert checked_alliance(GOOD | {"note": note}, IDS)["note"] == (
        "Une ligne\r\n\tdeux   [31mrouge  àl"
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"member_ids": ["a"]}, "au moins 2 acteurs"),
        ({"member_ids": ["a", "a"]}, "au moins 2 acteurs"),
        ({"member_ids": ["a", "zz"]}, "« zz » n’existe pas"),
        ({"alliance_name": " \n"}, "donnez un nom à l’alliance"),
        ({"alliance_name": "\u200b\u2060\u202e\u3164\ufe0f"}, "donnez un nom à l’alliance"),
        ({"partnership_kind": ""}, "choisissez le type"),
        ({"partnership_kind": "amitie"}, "« amitie » n’est pas dans la liste"),
        ({"odd": ["18"]}, "« 18 »"),
        ({"practices": ["danse"]}, "« danse »"),
        ({"since": "mai 2024"}, "« mai 2024 » n’est pas une date"),
        ({"since": "2024-02-30"}, "n’est pas une date"),
        ({"until": "2023"}, "la fin (2023) est avant le début (2024-05)"),
        ({"source_url": "javascript:alert(1)"}, "http:// ou https://"),
        ({"status": "secret"}, "« secret »"),
        ({"alliance_name": "x" * 301}, "300 au plus"),
    ],
)
def test_a_bad_alliance_is_refused_with_its_reason(change: dict[str, Any], said: str):
    with pytest.raises(BadRecordError, match=r"^Rien n’est enregistré \(alliance") as refused:
        checked_alliance(GOOD | change, IDS)
    assert said in str(refused.value)


def test_every_fault_is_said_at_once():
    with pytest.raises(BadRecordError) as refused:
        checked_alliance({"member_ids": ["zz"], "since": "hier"}, IDS)
    assert str(refused.value).count(" ; ") == 4


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02-28", "2023-02-28", "2023-02-28"),
    ],
)
def test_a_date_covers_the_days_it_may_mean(text: str, first: str, last: str):
    found = span(text)
    assert found is not None
    assert [day.isoformat() for day in found] == [first, last]


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2023-02-29", "0000", "2024-1-1", "٢٠٢٤x"])
def test_what_is_no_date_has_no_days(text: str):
    assert span(text) is None


def test_ids_say_their_name_and_never_meet():
    made = {new_id("alliance", "L’Été à Charenton !") for _ in range(50)}
    assert len(made) == 50
    assert all(one.startswith("alliance-l-ete-a-charenton-") for one in made)
    assert new_id("alliance", "<<<>>>").startswith("alliance-")


def test_a_project_and_an_action_name_only_what_exists():
    book = drawn_book()
    project = {"project_id": "p", "project_name": "P", "step": "01", "ecosystem_id": "E1"}
    assert checked_project(project | {"actor_ids": ["a"]}, book)["actor_ids"] == ["a"]
    for wrong in ({"actor_ids": ["z"]}, {"alliance_ids": ["z"]}, {"ecosystem_id": "z"}):
        with pytest.raises(BadRecordError, match="« z » n’existe pas"):
            checked_project(project | wrong, book)
    with pytest.raises(BadRecordError, match="étape"):
        checked_project(project | {"step": ""}, book)
    action = {"action_id": "t", "action_name": "T", "project_id": "P1", "due": "2026-12-01"}
    assert checked_action(action | {"actor_id": "a", "contact_id": "k"}, book)["due"]
    for wrong in ({"project_id": ""}, {"contact_id": "z"}, {"actor_id": "z"}, {"due": "demain"}):
        with pytest.raises(BadRecordError):
            checked_action(action | wrong, book)


def test_a_card_moves_and_only_what_changes_is_written():
    book = drawn_book()
    changes = moved(book, "P1", "02")
    assert [(r["project_id"], r["step"], r["rank"]) for r in changes.put["project"]] == [
        ("P1", "02", 20)
    ]
    first = moved(book, "P1", "02", before="P2")
    assert [(r["project_id"], r["rank"]) for r in first.put["project"]] == [("P1", 10), ("P2", 20)]
    assert moved(book, "P1", "01").size() == 0
    with pytest.raises(UnknownCodeError):
        moved(book, "P9", "01")
    with pytest.raises(BadRecordError, match="Étape inconnue"):
        moved(book, "P1", "09")
    assert list(in_order(book["project"]).index) == ["P1", "P2"]


def test_a_traced_perimeter_is_a_closed_right_handed_polygon():
    shape = shapely.from_geojson(traced([(2.0, 48.0), (2.0, 49.0), (3.0, 49.0), (3.0, 48.0)]))
    assert shape.area == pytest.approx(1)
    assert shapely.is_ccw(shape.exterior)
    record = {"perimeter_id": "z", "perimeter_name": "Z", "geojson": shapely.to_geojson(shape)}
    assert checked_perimeter(record)["geojson"]


@pytest.mark.parametrize(
    "corners",
    [
        [(2, 48), (3, 48)],
        [(2, 48), (3, 48), (2, 48)],
        [(2, 48), (3, 49), (3, 48), (2, 49)],
        [(2, 48), (3, 48), (4, 48)],
        [(2, 48), (3, 48), (500, 48)],
    ],
)
def test_a_ring_that_is_no_surface_is_refused(corners: list[tuple[float, float]]):
    with pytest.raises(AtlasError):
        traced([(float(x), float(y)) for x, y in corners])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "pas du json",
        json.dumps({"type": "Point", "coordinates": [2, 48]}),
        json.dumps({"type": "Polygon", "coordinates": []}),
        json.dumps({"type": "Polygon", "coordinates": [[[200, 4], [201, 4], [201, 5], [200, 4]]]}),
    ],
)
def test_what_is_no_perimeter_is_refused(text: str):
    with pytest.raises(BadRecordError):
        checked_perimeter({"perimeter_id": "z", "perimeter_name": "Z", "geojson": text})


def test_an_ecosystem_lies_in_exactly_one_place_that_exists():
    book = drawn_book()
    base = {"ecosystem_id": "e", "ecosystem_name": "E"}
    ept = {"territory_kind": "ept", "territory_code": "200057941"}
    assert checked_ecosystem(base | ept, book)["territory_code"] == "200057941"
    assert checked_ecosystem(base | {"perimeter_id": "new"}, book, ["new"])
    wrong: list[dict[str, Any]] = [
        {},
        ept | {"commune_codes": ["94018"]},
        {"commune_codes": ["99999"]},
        {"perimeter_id": "gone"},
        {"territory_kind": "ept", "territory_code": "nope"},
        {"territory_kind": "pays", "territory_code": "200057941"},
        ept | {"maturity": "vieux"},
        ept | {"actor_ids": ["zz"]},
    ]
    for values in wrong:
        with pytest.raises(BadRecordError):
            checked_ecosystem(base | values, book)
