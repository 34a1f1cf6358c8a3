"""One snapshot undone: what it wrote goes back, what came after stays, or nothing is undone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.undoing import undone
from geo.errors import ConflictError, UnknownCodeError
from tests.copied import copy

Put = Callable[..., int]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(copy(tmp_path, Store.create))


def put(store: Store, kind: str, record_id: str, **values: object) -> int:
    known = KINDS[kind]
    held = store.read(kind)
    base = known.blank() | {known.id: record_id, known.title: f"Nom {record_id}"}
    base["revision"] = int(held.loc[record_id, "revision"]) if record_id in held.index else 0
    return store.write(Changes.one(kind, base | values), author="Aude", message="m")


def undo(store: Store, snapshot: int) -> int:
    return store.write(undone(store, snapshot), author="Aude", message="défait")


def test_a_change_goes_back_and_what_came_after_stays(store: Store) -> None:
    put(store, "actor", "a", town="Ici")
    changed = put(store, "actor", "a", town="Là")
    put(store, "actor", "b")
    undo(store, changed)
    assert store.read("actor")["town"].to_dict() == {"a": "Ici", "b": ""}


def test_what_was_new_goes_and_what_was_dropped_comes_back(store: Store) -> None:
    put(store, "actor", "a", town="Ici")
    new = put(store, "actor", "b")
    gone = store.write(Changes.removal("actor", "a"), author="B", message="m")
    undo(store, new)
    assert [*store.read("actor").index] == []
    undo(store, gone)
    assert store.read("actor")["town"].to_dict() == {"a": "Ici"}


def test_an_undoing_is_undone_too(store: Store) -> None:
    put(store, "actor", "a", town="Ici")
    back = undo(store, put(store, "actor", "a", town="Là"))
    undo(store, back)
    assert store.read("actor")["town"].to_dict() == {"a": "Là"}


def test_nothing_is_undone_when_somebody_changed_it_since(store: Store) -> None:
    first = store.write(
        Changes.one("actor", *(KINDS["actor"].blank() | {"actor_id": i} for i in "ab")),
        author="Aude",
        message="m",
    )
    put(store, "actor", "a", town="Là")
    with pytest.raises(ConflictError, match=r"nommé ailleurs, «\sa\s»\. Revenez"):
        undone(store, first)
    assert [*store.read("actor").index] == ["a", "b"]


def test_what_another_record_names_is_not_taken_away(store: Store) -> None:
    new = put(store, "actor", "a")
    put(store, "alliance", "x", member_ids=["a", "b"])
    with pytest.raises(ConflictError, match="nommée par"):
        undone(store, new)
    store.write(Changes.removal("alliance", "x"), author="B", message="m")
    undo(store, new)
    assert store.read("actor").empty


def test_a_decision_is_undone_from_its_own_page(store: Store) -> None:
    decided = put(store, "merge", "m")
    with pytest.raises(ConflictError, match="page Doublons"):
        undone(store, decided)
    with pytest.raises(UnknownCodeError):
        undone(store, decided + 1)
