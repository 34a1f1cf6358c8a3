"""A large table read by what its records fill is the table read whole."""

import random

import pandas as pd
import pytest

from geo.directory.schema import KINDS
from geo.directory.store import large_tables
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.store import Store
from tests.store.drawn import record
from tests.store.test_catching_up import edit


def _same(place: StoreLocation, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for many in (0, 1_000_000):
        monkeypatch.setattr(large_tables, "_MANY", many)
        store = Store.create(place.folder, place.postgres)
        found.append({kind: store.read(kind) for kind in KINDS})
    for kind in KINDS:
        pd.testing.assert_frame_equal(found[0][kind], found[1][kind])


def test_whatever_was_written_is_read_either_way(
    store: Store, place: StoreLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    _same(place, monkeypatch)  # nothing yet
    rng = random.Random(11)  # noqa: S311 - drawn, not secret
    for _ in range(5):
        edit(store, rng)
        _same(place, monkeypatch)


def test_a_column_filled_by_one_record_is_read(
    store: Store, place: StoreLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_tables, "_MANY", 0)
    many = [record("actor", f"a{number:02d}") for number in range(30)]
    store.write(Changes.one("actor", *many), author="Aude", message="Essai")
    assert (store.read("actor")["description"] == "").all()
    filled = store.record("actor", "a07") | {"description": "é" * 20_000, "sources": ["", "x"]}
    store.write(Changes.one("actor", filled), author="Aude", message="Essai")
    now = Store.create(place.folder, place.postgres).read("actor").loc["a07"]
    assert (now["description"], now["sources"]) == ("é" * 20_000, ["", "x"])
    _same(place, monkeypatch)
