"""Who works with whom: a drawn book with answers worked by hand."""

from datetime import date

import pytest

from geo.analysis.network import (
    Choice,
    alone,
    choose,
    edges,
    mixed,
    own_network,
    profile_matrix,
    under_way,
)
from tests.directory.ecosystems.drawn import drawn_book

TODAY = date(2024, 6, 1)
BOOK = drawn_book()
ALLIANCES, ACTORS = BOOK["alliance"], BOOK["actor"]


def test_every_pair_of_members_is_a_link():
    links = edges(ALLIANCES)
    pairs = list(zip(links["source_id"], links["target_id"], links["alliance_id"], strict=True))
    assert pairs == [
        ("a", "b", "A1"),
        ("b", "c", "A2"),
        ("b", "d", "A2"),
        ("c", "d", "A2"),
    ]
    assert edges(ALLIANCES.iloc[:0]).empty


def test_an_own_network_goes_two_steps():
    own = own_network(ALLIANCES, "a")
    assert (own.partners, own.beyond) == (("b",), ("c", "d"))
    assert list(own.alliances.index) == ["A1", "A2"]
    assert own_network(ALLIANCES, "e").members() == {"e"}
    assert own_network(ALLIANCES, "c").beyond == ("a",)


def test_the_matrix_counts_an_alliance_once_for_each_pair_of_profiles():
    table = profile_matrix(ALLIANCES, ACTORS)
    assert list(table.columns) == ["collectivite", "association", "entreprise", "non_renseigne"]
    assert (table.to_numpy() == table.to_numpy().T).all()
    assert table.loc["association", "entreprise"] == 1
    assert table.loc["collectivite", "entreprise"] == 1
    assert table.loc["collectivite", "non_renseigne"] == 1
    assert table.loc["association", "association"] == 0


def test_two_members_of_one_profile_count_once_on_the_diagonal():
    three = drawn_book(
        alliance=[{"alliance_id": "A", "alliance_name": "A", "member_ids": ["a", "e", "b"]}]
    )
    table = profile_matrix(three["alliance"], three["actor"])
    assert table.loc["association", "association"] == 1
    assert table.loc["association", "entreprise"] == 1


def test_an_unstated_profile_mixes_with_none():
    pairs = [
        {"alliance_id": "A", "alliance_name": "A", "member_ids": ["a", "d"]},
        {"alliance_id": "B", "alliance_name": "B", "member_ids": ["a", "c"]},
    ]
    book = drawn_book(alliance=pairs)
    assert list(mixed(book["alliance"], book["actor"]).index) == ["B"]


def test_who_is_alone():
    assert list(alone(ACTORS, ALLIANCES).index) == ["e"]
    assert len(alone(ACTORS, ALLIANCES.iloc[:0])) == len(ACTORS)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (Choice(), ["A1", "A2"]),
        (Choice(kind="mecenat"), ["A1"]),
        (Choice(odd="8"), ["A2"]),
        (Choice(odd="11"), ["A1", "A2"]),
        (Choice(practice="gestion_lieu"), []),
        (Choice(current=True), ["A1"]),
        (Choice(actor="c"), ["A2", "A1"]),
        (Choice(actor="e"), []),
    ],
)
def test_filters_add_up(choice: Choice, kept: list[str]):
    assert list(choose(ALLIANCES, choice, TODAY).index) == kept


@pytest.mark.parametrize(
    ("since", "until", "now"),
    [
        ("", "", True),
        ("2024", "", True),
        ("2025", "", False),
        ("", "2024", True),
        ("", "2024-05", False),
        ("", "2024-06-01", True),
    ],
)
def test_under_way_to_the_day(since: str, until: str, now: bool):  # noqa: FBT001
    assert under_way(since, until, TODAY) is now


def test_a_choice_says_itself():
    said = Choice(kind="mecenat", odd="8", actor="a", current=True).in_words(ACTORS["actor_name"])
    assert said.replace("\u00a0", " ") == (
        "type : Mécénat ; ODD : 8. Travail décent et croissance économique ; réseau de : Asso A ; "
        "alliances en cours seulement"
    )
    assert Choice().in_words() == "sans filtre"
