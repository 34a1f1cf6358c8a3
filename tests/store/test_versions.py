"""Stores of another version: an older one comes up whole or stays, a newer one is only read."""

import random
import time
from pathlib import Path

import pytest

from geo import database
from geo.directory.store import history
from geo.directory.store.backup import backup
from geo.directory.store.ducklake import StoreLocation, open_lake
from geo.directory.store.encryption import FIELDS, decrypt
from geo.directory.store.open import lost_store, open_store
from geo.directory.store.store import Store
from geo.directory.store.versions import VERSION, version_now
from geo.errors import ReadOnlyStoreError, UnreadableStoreError
from tests.store import worker
from tests.store.conftest import MakePlace, Places
from tests.store.drawn import PERSON, put
from tests.store.past import NEWER, altered, as_it_is, in_force, journal, records, told
from tests.store.worker import Worker

KILLS = {"sqlite": 8, "postgres": 5}
UPGRADE = ("Catalyse", f"Mise à niveau de la base, de la version 1 à la version {VERSION}")


def check_upgraded(store: Store, kept: Path) -> None:
    before = told(kept)
    assert store.read_only == ""
    assert records(store) == before["fiches"]
    *first, last = journal(store)
    assert first == before["journal"]
    assert (last[0], last[1][: len(UPGRADE[1])]) == UPGRADE
    assert store.version() == VERSION


def test_an_older_store_comes_up_as_one_state_and_keeps_everything(
    older: Places, kept: Path
) -> None:
    place = older()
    before = as_it_is(place)
    assert before[0] == 1
    store = Store.create(place.folder, place.postgres)
    check_upgraded(store, kept)
    assert store.snapshot() == before[1] + 1
    assert "a3" in store.read("actor", before[1] - 1).index
    assert decrypt(store, store.read("contact")).loc["c1", [*FIELDS]].to_dict() == PERSON
    assert store.touched(before[1]) == set()
    put(store, "actor", "a1", town="Ailleurs")
    store.connection.close()
    again = Store.create(place.folder, place.postgres)
    assert again.snapshot() == before[1] + 2
    again.connection.close()


def test_an_upgraded_store_has_the_tables_of_a_new_one(
    older: Places, new_place: MakePlace, catalogue: str
) -> None:
    found = []
    for place in (older(), new_place(catalogue)):
        store = Store.create(place.folder, place.postgres)
        rows = store.connection.execute(database.sql("store/columns")).fetchall()
        found.append(sorted(rows))
        store.connection.close()
    assert found[0] == found[1]


def test_killed_at_any_moment_of_the_upgrade_it_is_one_version_or_the_other(
    older: Places, kept: Path, catalogue: str
) -> None:
    chance, pace, seen = random.Random(20_26), 0.0, set()  # noqa: S311
    for turn in range(KILLS[catalogue]):
        place = older()
        before = as_it_is(place)
        opening = Worker(worker.open_once, place)
        opening.hear()
        since = time.monotonic()
        if turn == 0:  # one whole opening tells how long it takes here, now
            opening.end()
            pace = time.monotonic() - since
        else:
            time.sleep(chance.uniform(0.2, 1) * pace)
            opening.kill()
        after = as_it_is(place)
        seen.add(after[0])
        assert after[:2] in ((1, before[1]), (VERSION, before[1] + 1)), turn
        assert after[2] == before[2]
        store = Store.create(place.folder, place.postgres)
        check_upgraded(store, kept)
        put(store, "action", "after")
        store.connection.close()
    assert VERSION in seen


def test_several_that_open_an_older_store_at_once_upgrade_it_once(
    older: Places, kept: Path
) -> None:
    place = older()
    workers = [Worker(worker.open_once, place) for _ in range(4)]
    assert [one.end()[-1] for one in workers] == [""] * 4
    store = Store.create(place.folder, place.postgres)
    check_upgraded(store, kept)
    store.connection.close()


@pytest.mark.parametrize(
    "statements",
    [
        ["ALTER TABLE lake.actors DROP COLUMN town"],
        ["ALTER TABLE lake.actors DROP COLUMN town", "ALTER TABLE lake.actors ADD COLUMN town INT"],
    ],
)
def test_an_older_store_that_cannot_come_up_says_why_and_is_left_as_it_was(
    older: Places, statements: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = older()
    altered(place, *statements)
    in_force(place, monkeypatch)
    lake = open_lake(place, read_only=True)
    before = Store(place, lake).snapshot()
    lake.close()
    with pytest.raises(UnreadableStoreError, match=r"version 1, ne peut.*actors\.town.*restore"):
        Store.create(place.folder, place.postgres)
    assert "actors.town" in lost_store()
    lake = open_lake(place, read_only=True)
    assert (version_now(lake), Store(place, lake).snapshot()) == (1, before)
    lake.close()


def colours(place: StoreLocation) -> set[str]:
    lake = open_lake(place, read_only=True)
    found = {row[0] for row in lake.execute("SELECT couleur FROM lake.actors").fetchall()}
    lake.close()
    return found


def test_a_newer_store_is_only_read_and_stays_whole(
    store: Store, place: StoreLocation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put(store, "actor", "a", town="Ici")
    store.connection.close()
    altered(place, *NEWER)
    in_force(place, monkeypatch)
    found = open_store()
    assert f"version {VERSION + 1}" in found.read_only
    assert found.record("actor", "a")["town"] == "Ici"
    assert len(history.entries(found)) == 1
    last = found.snapshot()
    with pytest.raises(ReadOnlyStoreError, match="Mettez Catalyse à jour"):
        put(found, "actor", "a", town="Là")
    with pytest.raises(ReadOnlyStoreError, match="Mettez Catalyse à jour"):
        found.note(author="Aude", message="Remise")
    with pytest.raises(UnreadableStoreError, match="Mettez Catalyse à jour"):
        backup(found, tmp_path / "s.zip")
    assert (found.snapshot(), colours(place)) == (last, {"bleu"})


def test_a_store_upgraded_while_an_older_app_runs_is_no_longer_written_by_it(
    store: Store, place: StoreLocation
) -> None:
    put(store, "actor", "a", town="Ici")
    altered(place, *NEWER)
    last = store.snapshot()
    for _ in range(2):
        with pytest.raises(ReadOnlyStoreError, match=f"version {VERSION + 1}"):
            put(store, "actor", "a", town="Là")
    assert (store.snapshot(), colours(place)) == (last, {"bleu"})


def test_a_field_that_this_app_does_not_know_is_not_emptied_by_it(
    store: Store, place: StoreLocation
) -> None:
    put(store, "actor", "a")
    store.connection.close()
    altered(place, *NEWER[:2])
    again = Store.create(place.folder, place.postgres)
    assert "actors.couleur" in again.read_only
    again.connection.close()


def test_a_newer_store_whose_fields_changed_is_said_not_misread(
    place: StoreLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered(place, *NEWER, "ALTER TABLE lake.actors DROP COLUMN town")
    in_force(place, monkeypatch)
    assert f"version {VERSION + 1}, que cette application ne sait pas lire" in lost_store()
    assert colours(place) == set()
