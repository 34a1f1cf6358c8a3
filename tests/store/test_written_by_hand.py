"""Rows that somebody wrote into the base by hand: one stops no page, and shows nothing withheld."""

import pytest

from geo.directory.published import published
from geo.directory.store import checking
from geo.directory.store.store import Store
from tests.store.drawn import put

MAIL = "a@exemple.invalid"


def by_hand(store: Store, *statements: str) -> None:
    for one in statements:
        store.connection.cursor().execute(one)


@pytest.mark.parametrize("others", [[], ["phone"]])
def test_a_list_that_holds_nothing_somewhere_keeps_the_rest_and_no_other_list(
    store: Store, others: list[str]
) -> None:
    put(store, "actor", "a", email=MAIL)
    put(store, "actor", "b", withheld=others, practices=["gestion_lieu"])
    by_hand(store, "UPDATE lake.actors SET withheld = ['email', NULL] WHERE actor_id = 'a'")
    put(store, "actor", "c")  # a state that is read anew
    assert store.record("actor", "a")["withheld"] == ["email"]
    assert published(store, "actor").loc["a", "email"] == ""
    assert store.read("actor")["withheld"].to_dict() == {"a": ["email"], "b": others, "c": []}


@pytest.mark.parametrize("number", ["-999.5", "1e300", "'inf'::DOUBLE", "'nan'::DOUBLE"])
def test_a_place_beyond_the_earth_is_none(store: Store, number: str) -> None:
    put(store, "actor", "a", longitude=2.5, latitude=48.5)
    by_hand(store, f"UPDATE lake.actors SET longitude = {number}")  # noqa: S608 - drawn above
    put(store, "actor", "b")
    assert store.record("actor", "a")["longitude"] is None
    assert store.read("actor")["longitude"].isna().all()


def test_rows_of_one_id_or_of_none_are_one_record_or_none_and_the_check_says_so(
    store: Store,
) -> None:
    put(store, "actor", "a", town="avant")
    put(store, "actor", "a", town="après")
    by_hand(
        store,
        "INSERT INTO lake.actors (actor_id, town, revision) VALUES ('a', 'ailleurs', 1)",
        "INSERT INTO lake.actors (actor_id, town) VALUES (NULL, 'x'), ('', 'y')",
    )
    put(store, "actor", "b")
    assert store.read("actor")["town"].to_dict() == {"a": "après", "b": ""}
    assert any("3\u00a0fiches en double" in one for one in checking.faults(store))
    put(store, "actor", "a", town="corrigée")  # and it can be put right
    assert store.read("actor")["town"].to_dict() == {"a": "corrigée", "b": ""}
