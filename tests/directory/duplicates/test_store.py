"""Merge and undo through the real store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.directory.duplicates.candidates import candidates
from geo.directory.duplicates.decisions import Pair, decide
from geo.directory.duplicates.merging import merge
from geo.directory.duplicates.undoing import undo
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.errors import ConflictError
from tests.copied import copy
from tests.directory.duplicates.drawn import full_book, said
from tests.directory.duplicates.made import record

WHO = {"author": "Essai", "message": "Essai"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(copy(tmp_path, full))
    yield made
    made.connection.close()


def full(folder: Path) -> Store:
    made = Store.create(folder)
    everything = {
        kind: [{**row, "revision": 0} for row in table.to_dict("records")]
        for kind, table in full_book().items()
    }
    made.write(Changes(everything), **WHO)
    return made


def book(store: Store) -> dict[str, pd.DataFrame]:
    return {kind: store.read(kind) for kind in KINDS}


def merge_both(store: Store) -> dict[str, Any]:
    outcome = merge(store.record("actor", "k"), store.record("actor", "o"), book(store))
    store.write(outcome.changes, **WHO)
    return outcome.changes.put["merge"][-1]


def test_merge_then_undo_leaves_the_store_as_it_was(store: Store) -> None:
    before = said(book(store))
    done = merge_both(store)
    assert "o" not in store.read("actor").index
    assert store.read("contact").loc["c", "actor_id"] == "k"
    store.write(undo(store.record("merge", done["merge_id"]), book(store)).changes, **WHO)
    assert said(book(store)) == before
    assert store.record("merge", done["merge_id"])["decision"] == "undone"


def test_a_record_changed_meanwhile_stops_the_whole_merge(store: Store) -> None:
    outcome = merge(store.record("actor", "k"), store.record("actor", "o"), book(store))
    contact = store.record("contact", "c") | {"consent_date": "2026"}
    store.write(Changes.one("contact", contact), **WHO)
    with pytest.raises(ConflictError):
        store.write(outcome.changes, **WHO)
    assert "o" in store.read("actor").index
    assert store.read("contact").loc["c", "actor_id"] == "o"


def test_pairs_decided_in_the_store_are_not_proposed(store: Store) -> None:
    pairs = candidates(store.read("actor"), store.read("merge"))
    assert [{row.one_id, row.other_id} for row in pairs.itertuples()] == [{"k", "o"}]
    store.write(decide(Pair("k", "o"), "distinct"), **WHO)
    assert candidates(store.read("actor"), store.read("merge")).empty


def test_a_score_and_reasons_come_back_as_written(store: Store) -> None:
    changes = decide(Pair("k", "t", 61.5, ["à 40 m"], by="Ana"), "ignored")
    store.write(changes, **WHO)
    kept = store.record("merge", changes.put["merge"][0]["merge_id"])
    assert (kept["score"], kept["reasons"], kept["decided_by"]) == (61.5, ["à 40 m"], "Ana")


def test_a_chain_of_merges_is_undone_backwards(store: Store) -> None:
    before = said(book(store))
    first = merge_both(store)
    outcome = merge(store.record("actor", "t"), store.record("actor", "k"), book(store))
    store.write(outcome.changes, **WHO)
    for done in (outcome.changes.put["merge"][-1], first):
        store.write(undo(store.record("merge", done["merge_id"]), book(store)).changes, **WHO)
    assert said(book(store)) == before


def test_the_store_writes_every_made_record() -> None:
    assert record("merge", merge_id="x").keys() == KINDS["merge"].blank().keys()


def test_what_was_changed_meanwhile_is_not_merged_away(store: Store) -> None:
    first = merge(store.record("actor", "k"), store.record("actor", "o"), book(store))
    second = merge(store.record("actor", "o"), store.record("actor", "k"), book(store))
    edited = store.record("actor", "o") | {"summary": "Ce qui vient d’être écrit."}
    store.write(Changes.one("actor", edited), **WHO)
    before = store.snapshot()
    with pytest.raises(ConflictError, match="a changé"):
        store.write(first.changes, **WHO)
    with pytest.raises(ConflictError, match="a changé"):
        store.write(second.changes, **WHO)
    assert store.snapshot() == before
    merge_both(store)
    again = merge(store.record("actor", "k"), edited | {"revision": 2}, book(store))
    with pytest.raises(ConflictError, match="a changé"):
        store.write(again.changes, **WHO)
