"""A large table that was changed is read as if it were read again whole."""

import random

import pandas as pd
import pytest

from geo.directory.published import published
from geo.directory.store import catching_up
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.store import Store
from tests.store.drawn import record

LETTERS = "abcdeéœ𝔞ÀZ09-"


def edit(store: Store, rng: random.Random) -> None:
    """Add, change and drop a few records, some of them twice."""
    held = store.read("actor")
    some = rng.sample([*held.index], min(len(held), 3))
    new = {"".join(rng.choices(LETTERS, k=3)) for _ in range(3)} - {*held.index}
    names = [*some[1:], *new]
    revisions = held["revision"].to_dict()
    drawn = [
        record("actor", one, note=str(rng.random()), revision=revisions.get(one, 0))
        for one in names
    ]
    changes = Changes({"actor": drawn}, {"actor": some[:1]})
    store.write(changes, author="Aude", message="Essai")


def test_several_writes_of_others_are_read_at_once(
    store: Store, place: StoreLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching_up, "_FEW", 0)
    monkeypatch.setattr(catching_up, "_MUCH", 9)
    other, rng = Store.create(place.folder, place.postgres), random.Random(7)  # noqa: S311 - drawn, not secret
    for turn in range(12):
        edit(store, rng)
        if turn % 3 == 2:
            after = [other.read("actor"), store.read("actor")]
            whole = Store.create(place.folder, place.postgres)
            for one in after:
                pd.testing.assert_frame_equal(one, whole.read("actor"))
            whole.connection.close()
    other.connection.close()


def test_what_was_read_whole_is_not_changed_and_what_is_public_follows(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching_up, "_FEW", 0)
    monkeypatch.setattr(catching_up, "_MUCH", 9)
    rows = [record("actor", one, town="Gannat", status="publiee") for one in "abc"]
    store.write(Changes({"actor": rows}), author="Aude", message="Essai")
    before, seen = store.read("actor"), published(store, "actor")
    kept = before.copy()
    assert published(store, "actor") is seen
    hidden = {**rows[1], "revision": 1, "withheld": ["town"]}
    gone = {**rows[2], "revision": 1, "status": "archivee"}
    store.write(Changes({"actor": [hidden, gone]}), author="Aude", message="Retrait")
    pd.testing.assert_frame_equal(before, kept)
    assert published(store, "actor")["town"].to_dict() == {"a": "Gannat", "b": ""}
