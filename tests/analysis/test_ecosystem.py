"""An ecosystem: who is inside, by which rule, and what it lacks."""

from typing import Any

import pytest
import shapely

from geo.analysis.ecosystem import ecosystem
from geo.directory.ecosystems import EXAMPLE_ID, traced, with_example
from geo.errors import UnknownCodeError
from tests.directory.ecosystems.drawn import ACTORS, drawn_book


def ties(**fields: Any) -> dict[str, str]:
    record = {"ecosystem_id": "E", "ecosystem_name": "E"} | fields
    book = drawn_book(ecosystem=[record], perimeter=PERIMETERS)
    return dict(ecosystem("E", book).actors["tie"])


BOX = traced([(2.40, 48.81), (2.42, 48.81), (2.42, 48.83), (2.40, 48.83)])
PERIMETERS = [{"perimeter_id": "Z", "perimeter_name": "Z", "geojson": BOX}]


def test_communes_take_the_stated_commune_else_the_point():
    # c has no commune: its point is in Saint-Maurice (94069); e is in Vincennes.
    assert ties(commune_codes=["94018", "94069"]) == {
        "a": "commune",
        "b": "commune",
        "c": "commune",
    }


def test_a_territory_takes_its_communes_and_the_team_adds_anyone():
    found = ties(territory_kind="ept", territory_code="200057941", actor_ids=["d"])
    assert found == {"a": "commune", "b": "commune", "c": "commune", "d": "ajoute", "e": "commune"}


def test_a_declared_scope_counts_for_that_territory_only():
    scoped = [*ACTORS, {"actor_id": "f", "actor_name": "F", "scope": "ept:200057941"}]
    record = {
        "ecosystem_id": "E",
        "ecosystem_name": "E",
        "territory_kind": "ept",
        "territory_code": "200057941",
    }
    inside = ecosystem("E", drawn_book(actor=scoped, ecosystem=[record])).actors
    assert inside.loc["f", "tie"] == "portee"
    record |= {"territory_kind": "departement", "territory_code": "94"}
    assert "f" not in ecosystem("E", drawn_book(actor=scoped, ecosystem=[record])).actors.index


def test_a_perimeter_takes_points_only_its_border_included():
    assert ties(perimeter_id="Z") == {"a": "point", "b": "point"}
    on_border = [{"actor_id": "z", "actor_name": "Z", "longitude": 2.42, "latitude": 48.82}]
    record = {"ecosystem_id": "E", "ecosystem_name": "E", "perimeter_id": "Z"}
    book = drawn_book(actor=on_border, ecosystem=[record], perimeter=PERIMETERS)
    assert list(ecosystem("E", book).actors.index) == ["z"]


def test_key_figures_by_hand():
    found = ecosystem("E1", drawn_book())
    assert list(found.actors.index) == ["a", "b", "c"]
    assert {k: v for k, v in found.by_profile.items() if v} == {
        "collectivite": 1,
        "association": 1,
        "entreprise": 1,
    }
    assert found.by_practice["accompagnements"] == ["a", "b"]
    assert found.missing_practices == ["dialogue_territorial", "experimentations_collectives"]
    assert found.cells["gestion_lieu", "association"] == ["a"]
    assert found.cells["non_renseigne", "collectivite"] == ["c"]
    assert list(found.alliances.index) == ["A1", "A2"]
    assert found.mixed_share == 1.0
    assert found.alone.empty
    assert list(found.projects.index) == ["P1"]
    assert "11" not in found.odd_without_project
    assert len(found.odd_without_project) == 16
    assert list(found.linked.index) == ["a", "b", "c", "d"]
    assert len(found.actions) == 2


def test_cells_add_up_to_the_practices_of_the_actors():
    found = ecosystem("E1", drawn_book())
    stated = sum(max(1, len(codes)) for codes in found.actors["practices"])
    assert sum(map(len, found.cells.values())) == stated


@pytest.mark.parametrize("status", ["refusee", "doublon", "archivee"])
def test_a_refused_record_never_counts(status: str):
    gone = [one | {"status": status} for one in ACTORS]
    assert ecosystem("E1", drawn_book(actor=gone), drafts=True).actors.empty


def test_a_draft_counts_for_its_team_only():
    drafts = [one | {"status": "brouillon"} for one in ACTORS]
    assert ecosystem("E1", drawn_book(actor=drafts)).actors.empty
    assert len(ecosystem("E1", drawn_book(actor=drafts), drafts=True).actors) == 3


def test_an_empty_ecosystem_has_no_share_rather_than_zero():
    found = ecosystem("E1", drawn_book(alliance=[], project=[]))
    assert found.mixed_share is None
    assert len(found.alone) == 3
    assert len(found.odd_without_project) == 17


def test_a_project_of_another_ecosystem_is_not_ours():
    projects = [
        {"project_id": "P", "project_name": "P", "actor_ids": ["a"], "ecosystem_id": "autre"},
        {"project_id": "Q", "project_name": "Q", "ecosystem_id": "E1"},
    ]
    assert list(ecosystem("E1", drawn_book(project=projects)).projects.index) == ["Q"]


def test_an_ecosystem_that_is_gone_is_said():
    with pytest.raises(UnknownCodeError, match="écosystèmes"):
        ecosystem("nope", drawn_book())


def test_the_example_has_its_communes_and_area():
    book = drawn_book()
    book["ecosystem"] = with_example(book["ecosystem"])
    found = ecosystem(EXAMPLE_ID, book)
    assert len(found.communes) == 13
    assert found.place == "Paris Est Marne et Bois"
    assert shapely.contains_xy(found.area, 2.4158, 48.8196)
