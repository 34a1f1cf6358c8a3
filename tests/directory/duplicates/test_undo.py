"""A decision taken back: all is as it was, save what was changed since."""

from typing import Any

import pandas as pd
import pytest

from geo.directory.duplicates.decisions import Pair, decide
from geo.directory.duplicates.merging import merge
from geo.directory.duplicates.undoing import undo
from geo.directory.store.changes import Changes
from geo.errors import BadRecordError
from tests.directory.duplicates.drawn import KEPT, OTHER, after, decision, full_book, said


def test_undo_restores_everything() -> None:
    tables = full_book()
    outcome = merge(KEPT, OTHER, tables)
    between = after(tables, outcome.changes)
    assert said(between) != said(tables)
    back = undo(decision(outcome.changes) | {"revision": 1}, between)
    again = after(between, back.changes)
    assert said(again) == said(tables)
    assert again["merge"].loc["apart", "other_id"] == "o"
    assert back.remarks == []
    done = again["merge"].loc[decision(outcome.changes)["merge_id"]]
    assert done["decision"] == "undone"


def edited(kind: str, record_id: str, **fields: Any) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Merge, change a record, undo: give what is then there, and what was told."""
    tables = full_book()
    outcome = merge(KEPT, OTHER, tables)
    between = after(tables, outcome.changes)
    row = between[kind].loc[record_id].to_dict() | fields
    between = after(between, Changes.one(kind, row))
    back = undo(decision(outcome.changes) | {"revision": 1}, between)
    return after(between, back.changes), back.remarks


def _merged(name: str) -> Any:
    tables = full_book()
    return after(tables, merge(KEPT, OTHER, tables).changes)["actor"].loc["k", name]


def test_an_edit_made_since_is_kept_and_told() -> None:
    now, told = edited("actor", "k", phone="0100000000", note="Nouveau")
    assert now["actor"].loc["k", "phone"] == "0100000000"
    assert now["actor"].loc["k", "note"] == "Nouveau"
    assert now["actor"].loc["k", "practices"] == ["gestion_lieu"]
    assert now["actor"].loc["o", "phone"] == "0143280000"
    assert len(told) == 1
    assert "Téléphone" in told[0]


def test_what_an_owner_withdrew_since_is_withheld_on_both() -> None:
    now, _ = edited("actor", "k", withheld=[*_merged("withheld"), "address"])
    assert "address" in now["actor"].loc["k", "withheld"]
    assert now["actor"].loc["o", "address"]  # as it was, and not published
    assert now["actor"].loc["o", "withheld"] == [*OTHER["withheld"], "address"]


def test_a_list_edited_since_loses_only_what_the_merge_added() -> None:
    now, told = edited("actor", "k", external_ids=["a:1", "b:7", "c:3"])
    assert now["actor"].loc["k", "external_ids"] == ["a:1", "c:3"]
    assert len(told) == 1


def test_a_place_edited_since_stays_whole() -> None:
    now, _ = edited("actor", "k", longitude=2.5)
    kept = now["actor"].loc["k"]
    assert (kept["longitude"], kept["latitude"]) == (2.5, 48.8502)
    assert kept["location_precision"] == "adresse"


def test_a_member_added_since_stays() -> None:
    now, told = edited("alliance", "three", member_ids=["k", "t", "n"], member_roles=["", "", "n"])
    assert now["alliance"].loc["three", "member_ids"] == ["o", "t", "n"]
    assert now["alliance"].loc["three", "member_roles"] == ["", "", "n"]
    assert len(told) == 1


def test_a_pair_of_one_alliance_comes_back_beside_a_member_added_since() -> None:
    now, _ = edited("alliance", "two", member_ids=["k", "n"], member_roles=["hôte", ""])
    assert now["alliance"].loc["two", "member_ids"] == ["k", "o", "n"]


def test_a_member_taken_out_since_does_not_return() -> None:
    now, _ = edited("alliance", "three", member_ids=["t"], member_roles=[""])
    assert now["alliance"].loc["three", "member_ids"] == ["t"]


def test_what_was_deleted_since_does_not_return() -> None:
    tables = full_book()
    outcome = merge(KEPT, OTHER, tables)
    between = after(tables, outcome.changes + Changes.removal("alliance", "three"))
    between = after(between, Changes.removal("actor", "k"))
    back = undo(decision(outcome.changes) | {"revision": 1}, between)
    now = after(between, back.changes)
    assert "k" not in now["actor"].index
    assert "three" not in now["alliance"].index
    assert now["actor"].loc["o", "phone"] == "0143280000"
    assert len(back.remarks) == 2


def test_undo_twice_and_undo_below_a_later_merge_are_refused() -> None:
    tables = full_book()
    first = merge(KEPT, OTHER, tables)
    tables = after(tables, first.changes)
    kept = tables["actor"].loc["k"].to_dict()
    second = merge(tables["actor"].loc["t"].to_dict(), kept, tables)
    tables = after(tables, second.changes)
    with pytest.raises(BadRecordError, match="plus récente"):
        undo(decision(first.changes) | {"revision": 1}, tables)
    tables = after(tables, undo(decision(second.changes) | {"revision": 1}, tables).changes)
    back = undo(decision(first.changes) | {"revision": 1}, tables)
    assert said(after(tables, back.changes)) == said(full_book())
    with pytest.raises(BadRecordError, match="déjà annulée"):
        undo(decision(back.changes), tables)


@pytest.mark.parametrize("verdict", ["distinct", "ignored"])
def test_keeping_both_changes_nothing_else_and_is_undone(verdict: Any) -> None:
    changes = decide(Pair("k", "o", 66.0, ["noms à 90 %"]), verdict)
    assert list(changes.put) == ["merge"]
    assert not changes.drop
    row = decision(changes)
    assert (row["decision"], row["before"]) == (verdict, "")
    assert undo(row, full_book()).changes.put["merge"][0]["decision"] == "undone"
