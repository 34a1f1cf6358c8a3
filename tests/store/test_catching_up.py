"""A large table that was changed is read as if it were read again whole."""

import random
from typing import Any

import pandas as pd
import pytest

from geo.directory import published as published_module
from geo.directory.published import published, published_catalysts, published_local_actors
from geo.directory.store import catching_up, splicing
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.store import Store
from tests.store.drawn import record

LETTERS = "abcdeéœ𝔞ÀZ09-"


def said(rng: random.Random) -> dict[str, Any]:
    """Draw what decides whether a record is public, a catalyst or a local actor, and its place."""
    return {
        "actor_name": "".join(rng.choices("aAbéÉß𝔞 ", k=2)) + "x",
        "note": str(rng.random()),
        "status": rng.choice(("publiee", "publiee", "publiee", "brouillon", "archivee")),
        "practices": rng.choice(([], ["gestion_lieu"], ["gestion_lieu", "accompagnements"])),
        "practices_basis": rng.choice(("stated", "declared", "")),
        "evidence": rng.choice(("", "named")),
        "withheld": rng.choice(([], [], ["town", "note"], ["longitude"])),
        "longitude": rng.choice((2.5, None)),
        "latitude": 48.5,
    }


def edit(store: Store, rng: random.Random) -> None:
    """Add, change and drop a few records, some of them twice."""
    held = store.read("actor")
    some = rng.sample([*held.index], min(len(held), 3))
    new = {"".join(rng.choices(LETTERS, k=3)) for _ in range(3)} - {*held.index}
    names = [*some[1:], *new]
    revisions = held["revision"].to_dict()
    drawn = [record("actor", one, revision=revisions.get(one, 0), **said(rng)) for one in names]
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
            for read in (published_catalysts, published_local_actors, _public):
                pd.testing.assert_frame_equal(read(other), read(whole))
                pd.testing.assert_frame_equal(read(store), read(whole))
            whole.connection.close()
    other.connection.close()


def _public(store: Store) -> pd.DataFrame:
    return published(store, "actor")


@pytest.mark.parametrize("seed", range(3))
def test_what_is_public_is_what_it_would_be_read_whole(
    store: Store, place: StoreLocation, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(catching_up, "_FEW", 0)
    monkeypatch.setattr(catching_up, "_MUCH", 9)
    monkeypatch.setattr(splicing, "_PIECES", 9)
    rng = random.Random(seed)  # noqa: S311 - drawn, not secret
    first = [record("actor", f"{rng.choice(LETTERS)}{n}", **said(rng)) for n in range(30)]
    store.write(Changes.one("actor", *first), author="Aude", message="Essai")
    before = published_catalysts(store)
    held = before.copy()
    for _ in range(8):
        edit(store, rng)
        whole = Store.create(place.folder, place.postgres)
        for read in (published_catalysts, published_local_actors, _public):
            pd.testing.assert_frame_equal(read(store), read(whole))
        whole.connection.close()
    pd.testing.assert_frame_equal(before, held)


def test_after_an_edit_only_what_changed_is_looked_at(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching_up, "_FEW", 0)
    many = [record("actor", f"a{n:03d}", practices=["gestion_lieu"]) for n in range(200)]
    store.write(Changes.one("actor", *many), author="Aude", message="Essai")
    published_catalysts(store)
    seen: list[int] = []
    named = published_module._named  # noqa: SLF001
    monkeypatch.setattr(
        published_module,
        "_named",
        lambda known, some: (seen.append(len(known)), named(known, some))[1],
    )
    monkeypatch.setattr(store, "_ask", lambda *_: pytest.fail("The whole table is read."))
    changed = {**many[7], "revision": 1, "actor_name": "Zut"}
    store.write(Changes.one("actor", changed), author="Aude", message="Essai")
    assert published_catalysts(store).index[-1] == "a007"
    assert max(seen) == 1


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
