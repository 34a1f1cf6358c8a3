"""Deleting an actor says what it is part of, and leaves nothing that points at it."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.directory.ecosystems import (
    EXAMPLE_ID,
    frame_of,
    part_of,
    remove_actor,
    remove_alliance,
    remove_ecosystem,
    remove_project,
    row_of,
    with_example,
)
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.errors import UnknownCodeError
from tests.directory.ecosystems.drawn import ACTORS, ALLIANCES, drawn_book

Book = dict[str, pd.DataFrame]


def applied(book: Book, changes: Changes) -> Book:
    """Write changes into drawn tables, as the store would."""
    after = {}
    for kind, frame in book.items():
        rows = {str(key): dict(row) for key, row in frame.iterrows()}
        rows |= {row[KINDS[kind].id]: row for row in changes.put.get(kind, ())}
        gone = set(changes.drop.get(kind, ()))
        after[kind] = frame_of(kind, [row for key, row in rows.items() if key not in gone])
    return after


def dangling(book: Book) -> list[str]:
    """Name every id that points at nothing."""
    lists = [
        ("alliance", "member_ids", "actor"),
        ("project", "actor_ids", "actor"),
        ("project", "alliance_ids", "alliance"),
        ("ecosystem", "actor_ids", "actor"),
    ]
    singles = [
        ("action", "project_id", "project"),
        ("action", "actor_id", "actor"),
        ("action", "contact_id", "contact"),
        ("contact", "actor_id", "actor"),
        ("project", "ecosystem_id", "ecosystem"),
        ("ecosystem", "perimeter_id", "perimeter"),
    ]
    named = [(one, to) for kind, name, to in lists for ids in book[kind][name] for one in ids]
    named += [(one, to) for kind, name, to in singles for one in book[kind][name] if one]
    return [f"{to} {one}" for one, to in named if one not in book[to].index]


def test_dangling_ids_are_seen():
    book = drawn_book()
    assert dangling(book) == []
    assert dangling(book | {"actor": book["actor"].drop("a")})


def test_what_an_actor_is_part_of_is_said_without_naming_people():
    ties = part_of("a", drawn_book())
    assert ties.alliances == ties.broken == {"A1": "Un lieu commun"}
    assert (set(ties.projects), set(ties.actions)) == ({"P1"}, {"T1", "T2"})
    assert (set(ties.contacts), set(ties.ecosystems)) == ({"k"}, {"E1"})
    said = "\n".join(ties.lines()).replace("\u00a0", " ")
    assert "1 alliance (« Un lieu commun ») n’aurait plus deux membres" in said
    assert "1 contact de cet acteur est supprimé." in said
    assert "2 actions (« Réunir », « Écrire »)" in said
    assert not part_of("e", drawn_book())
    assert part_of("e", drawn_book()).lines() == []


def test_an_actor_goes_with_what_only_it_held():
    book = drawn_book()
    changes = remove_actor("a", book)
    assert changes.drop == {"actor": ["a"], "alliance": ["A1"], "contact": ["k"]}
    after = applied(book, changes)
    assert dangling(after) == []
    assert list(after["alliance"].index) == ["A2"]
    assert after["action"].loc["T2", "contact_id"] == ""


def test_a_member_leaves_with_its_own_role():
    changes = remove_actor("b", drawn_book())
    [kept] = changes.put["alliance"]
    assert (kept["member_ids"], kept["member_roles"]) == (["c", "d"], ["finance", ""])
    assert kept["revision"] == 1


def test_another_actor_takes_its_place_once():
    book = drawn_book()
    changes = remove_actor("a", book, instead="c")
    after = applied(book, changes)
    assert dangling(after) == []
    assert after["alliance"].loc["A1", "member_ids"] == ["c", "b"]
    assert after["contact"].loc["k", "actor_id"] == "c"
    assert after["action"].loc["T1", "actor_id"] == "c"
    assert remove_actor("b", book, instead="a").drop["alliance"] == ["A1"]


MEMBERS = st.lists(st.sampled_from("abcde"), min_size=2, max_size=5, unique=True)


@settings(max_examples=40)
@given(st.lists(MEMBERS, max_size=6), st.sampled_from("abcde"), st.sampled_from(["", *"abcde"]))
def test_no_deletion_ever_leaves_a_loose_end(members: list[list[str]], gone: str, instead: str):
    if gone == instead:
        return
    alliances = [
        ALLIANCES[0] | {"alliance_id": f"A{i + 1}", "member_ids": ids, "member_roles": []}
        for i, ids in enumerate(members)
    ]
    book = drawn_book(alliance=alliances, project=[])
    book = book | {"action": frame_of("action")}
    changes = remove_actor(gone, book, instead=instead)
    after = applied(book, changes)
    assert dangling(after) == []
    assert all(len(ids) >= 2 for ids in after["alliance"]["member_ids"])
    broken = set(part_of(gone, book).broken) if not instead else None
    assert broken in (None, set(changes.drop.get("alliance", ())))


def test_other_deletions_leave_no_loose_end():
    book = drawn_book()
    for changes in (
        remove_alliance("A1", book),
        remove_project("P1", book),
        remove_ecosystem("E1", book),
    ):
        assert dangling(applied(book, changes)) == []
    assert remove_project("P1", book).drop["action"] == ["T1", "T2"]


def test_a_perimeter_goes_with_the_last_ecosystem_that_uses_it():
    perimeter = {"perimeter_id": "z", "perimeter_name": "Z"}
    two = [
        {"ecosystem_id": f"E{i}", "ecosystem_name": f"E{i}", "perimeter_id": "z"} for i in (1, 2)
    ]
    book = drawn_book(perimeter=[perimeter], ecosystem=two)
    assert remove_ecosystem("E1", book).drop == {"ecosystem": ["E1"]}
    book = drawn_book(perimeter=[perimeter], ecosystem=two[:1])
    assert remove_ecosystem("E1", book).drop == {"ecosystem": ["E1"], "perimeter": ["z"]}


def test_the_example_invents_nothing_and_gives_way_to_the_team_s_own():
    added = with_example(frame_of("ecosystem"))
    assert bool(added.loc[EXAMPLE_ID, "example"])
    assert added.loc[EXAMPLE_ID, "territory_code"] == "200057941"
    assert added.loc[EXAMPLE_ID, "actor_ids"] == []
    mine = frame_of("ecosystem", [{"ecosystem_id": EXAMPLE_ID, "ecosystem_name": "Le nôtre"}])
    assert list(with_example(mine)["ecosystem_name"]) == ["Le nôtre"]


def test_a_record_that_is_gone_is_said_in_french():
    with pytest.raises(UnknownCodeError, match="parmi les alliances"):
        row_of(drawn_book(), "alliance", "zz")
    assert row_of(drawn_book(), "actor", "d")["longitude"] is None
    assert len(ACTORS) == 5
