"""Stores of another version: an older one comes up whole or stays, a newer one is only read."""

import json
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo import database
from geo.cli.main import cli
from geo.directory.store import history
from geo.directory.store.backup import backup, restore
from geo.directory.store.keys import keyring
from geo.directory.store.lake import Place, open_lake
from geo.directory.store.opening import lost_store, open_store
from geo.directory.store.sealed import FIELDS, opened
from geo.directory.store.store import Store
from geo.directory.store.versions import VERSION, version_now
from geo.errors import BadFileError, ReadOnlyStoreError, UnreadableStoreError
from tests.store import past, worker
from tests.store.conftest import MakePlace
from tests.store.drawn import PERSON, put, state
from tests.store.worker import Worker

if TYPE_CHECKING:
    from tests.store.server import Server

KILLS = {"sqlite": 8, "postgres": 5}
UPGRADE = ("Catalyse", "Mise à niveau de la base, de la version 1 à la version 2")
Places = Callable[[], Place]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return past.unpack(tmp_path_factory.mktemp("v1"))


@pytest.fixture
def older(catalogue: str, tmp_path: Path, request: pytest.FixtureRequest) -> Places:
    """Give stores of version 1, each time another."""
    server: Server | None = request.getfixturevalue("server") if catalogue == "postgres" else None
    many = (past.place_of(past.unpack(tmp_path / str(turn)), server) for turn in range(99))
    return lambda: next(many)


def in_force(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_STORE", str(place.folder))
    monkeypatch.setenv("CATALYSE_CATALOGUE", place.postgres)


def as_it_is(place: Place) -> tuple[int, int, dict[str, Any]]:
    """Read the version and last snapshot of a store, and its records, without opening it."""
    lake = open_lake(place, read_only=True)
    found = version_now(lake), Store(place, lake).snapshot(), state(Store(place, lake))
    lake.close()
    return found


def altered(place: Place, *statements: str) -> None:
    """Do to a store what an app of another version would have done."""
    lake = open_lake(place)
    for text in statements:
        lake.execute(text)
    lake.close()


def told(store: Store) -> list[list[str]]:
    return [[one.author, one.message] for one in reversed(history.entries(store, 1000))]


def records(store: Store) -> dict[str, Any]:
    """Read every record; a seal differs each time it is made."""
    found = state(store)
    found["contact"] = {
        name: {field: value for field, value in one.items() if field != "sealed"}
        for name, one in found["contact"].items()
    }
    return found


def check_upgraded(store: Store, kept: Path) -> None:
    before = past.told(kept)
    assert store.read_only == ""
    assert records(store) == before["fiches"]
    *first, last = told(store)
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
    assert opened(store, store.read("contact")).loc["c1", [*FIELDS]].to_dict() == PERSON
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


NEWER = (
    "ALTER TABLE lake.actors ADD COLUMN couleur VARCHAR",
    "UPDATE lake.actors SET couleur = 'bleu'",
    f"UPDATE lake.turn SET version = {VERSION + 1}",  # noqa: S608 - a number
)


def colours(place: Place) -> set[str]:
    lake = open_lake(place, read_only=True)
    found = {row[0] for row in lake.execute("SELECT couleur FROM lake.actors").fetchall()}
    lake.close()
    return found


def test_a_newer_store_is_only_read_and_stays_whole(
    store: Store, place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
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
    store: Store, place: Place
) -> None:
    put(store, "actor", "a", town="Ici")
    altered(place, *NEWER)
    last = store.snapshot()
    for _ in range(2):
        with pytest.raises(ReadOnlyStoreError, match=f"version {VERSION + 1}"):
            put(store, "actor", "a", town="Là")
    assert (store.snapshot(), colours(place)) == (last, {"bleu"})


def test_a_field_that_this_app_does_not_know_is_not_emptied_by_it(
    store: Store, place: Place
) -> None:
    put(store, "actor", "a")
    store.connection.close()
    altered(place, *NEWER[:2])
    again = Store.create(place.folder, place.postgres)
    assert "actors.couleur" in again.read_only
    again.connection.close()


def test_a_newer_store_whose_fields_changed_is_said_not_misread(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered(place, *NEWER, "ALTER TABLE lake.actors DROP COLUMN town")
    in_force(place, monkeypatch)
    assert f"version {VERSION + 1}, que cette application ne sait pas lire" in lost_store()
    assert colours(place) == set()


# --- backups --------------------------------------------------------------------------------


def test_an_older_backup_comes_back_with_its_history_and_forgets_who_was_forgotten(
    store: Store, kept: Path
) -> None:
    before = past.told(kept)
    assert restore(store, kept / "sauvegarde.zip", author="C") == len(before["journal"])
    assert records(store) == before["fiches"]
    assert told(store) == before["journal"]
    assert opened(store, store.read("contact")).loc["c1", [*FIELDS]].to_dict() == PERSON
    assert keyring(store).destroyed(["c1", "gone"]) == {"gone"}
    assert restore(store, kept / "sauvegarde.zip", author="C") == 0


def test_a_backup_carries_the_version_and_a_newer_one_is_refused_before_anything(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "actor", "a")
    backup(store, tmp_path / "s.zip")
    with zipfile.ZipFile(tmp_path / "s.zip") as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(content["manifeste.json"])
    assert manifest["format"] == VERSION
    content["manifeste.json"] = json.dumps(manifest | {"format": VERSION + 1}).encode()
    with zipfile.ZipFile(tmp_path / "s.zip", "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "nulle-part"))
    monkeypatch.setenv("CATALYSE_CATALOGUE", "")
    last = store.snapshot()
    with pytest.raises(BadFileError, match=f"version {VERSION + 1}.*mettez Catalyse à jour"):
        restore(store, tmp_path / "s.zip", author="C")
    with pytest.raises(BadFileError, match="Rien n’a été écrit"):
        cli.main(["restore", str(tmp_path / "s.zip")], standalone_mode=False)
    assert store.snapshot() == last
    assert not (tmp_path / "nulle-part").exists()


def test_an_older_store_is_backed_up_as_it_is_before_its_upgrade(
    older: Places, kept: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = older()
    in_force(place, monkeypatch)
    before = as_it_is(place)
    cli.main(["backup", str(tmp_path / "s.zip")], standalone_mode=False)
    assert as_it_is(place) == before
    restore(store, tmp_path / "s.zip", author="C")
    assert records(store) == past.told(kept)["fiches"]
    assert told(store) == past.told(kept)["journal"]
