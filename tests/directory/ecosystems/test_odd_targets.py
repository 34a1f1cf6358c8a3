"""Targets of the ODD: 169, of a project that aims at their goal."""

import pytest

from geo.directory.ecosystems import checked_project
from geo.directory.schema import ACTOR, ALLIANCE, ECOSYSTEM, PROJECT
from geo.directory.store.rows import frame, table
from geo.errors import BadRecordError
from geo.vocabulary import items


def test_there_are_169_of_them_each_under_one_of_the_17_goals():
    goals = {one.id for one in items("odd")}
    targets = items("odd_target")
    assert len(targets) == 169
    assert {one.nature for one in targets} == goals
    assert all(one.id.startswith(f"{one.nature}.") and one.label for one in targets)


def project(**more):
    return PROJECT.blank() | {"project_id": "p", "project_name": "Un", "step": "01"} | more


@pytest.fixture
def book():
    return {kind.name: frame(kind, table(kind, [])) for kind in (ACTOR, ALLIANCE, ECOSYSTEM)}


def test_a_target_is_kept_with_its_goal_and_refused_without_it(book):
    kept = checked_project(project(odd=["11"], odd_targets=["11.3"]), book)
    assert kept["odd_targets"] == ["11.3"]
    with pytest.raises(BadRecordError, match=r"Cible 11\.3 : ajoutez l’ODD 11"):
        checked_project(project(odd=["1"], odd_targets=["11.3"]), book)
    with pytest.raises(BadRecordError, match=r"11\.99"):
        checked_project(project(odd=["11"], odd_targets=["11.99"]), book)
