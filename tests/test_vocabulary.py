"""Vocabularies: nothing invented, nothing lost."""

import pytest

from geo.errors import UnknownItemError
from geo.vocabulary import UNSTATED, choices, items, label, vocabularies


def test_lists_nobody_published_are_empty_and_say_how_many_are_expected():
    unpublished = {v.id: v.expected for v in vocabularies().values() if v.status == "introuvable"}
    assert unpublished == {
        "cooperation_model": 9,
        "charter_principle": 7,
        "charter_modality": 7,
        "charter_means": 7,
        "pathway": 7,
        "theme": 7,
    }
    assert not any(vocabularies()[name].items for name in unpublished)


def test_the_four_practices_each_have_four_activities():
    assert [item.id for item in items("practice")] == [
        "dialogue_territorial",
        "experimentations_collectives",
        "accompagnements",
        "gestion_lieu",
    ]
    assert all(len(item.activities) == 4 for item in items("practice"))


def test_proven_lists_cite_a_source():
    for vocabulary in vocabularies().values():
        if vocabulary.status in {"confirmee", "partielle", "ouverte"}:
            assert vocabulary.sources, vocabulary.id


def test_ids_are_unique():
    for vocabulary in vocabularies().values():
        assert len(set(vocabulary.ids())) == len(vocabulary.items), vocabulary.id


def test_unstated_is_a_filter_and_no_item():
    assert UNSTATED in choices("practice")
    assert UNSTATED not in vocabularies()["practice"].ids()
    assert label("practice", UNSTATED) == label("practice", "") == "Non renseigné"


def test_an_unknown_code_is_named_with_the_possible_ones():
    with pytest.raises(UnknownItemError, match=r"« danse ».*dialogue_territorial"):
        label("practice", "danse")


def test_each_activity_has_a_code_of_its_own_and_tells_its_practice():
    held = items("activity")
    assert len({item.id for item in held}) == len(held) == 16
    by_practice = {code: [] for code in vocabularies()["practice"].ids()}
    for item in held:
        by_practice[item.nature].append(item.label)
    assert {item.id: [*item.activities] for item in items("practice")} == by_practice
