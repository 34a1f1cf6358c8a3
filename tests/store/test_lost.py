"""A part of a base is lost: said in French with its cure, nothing seeded, nothing made."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli.main import cli, main
from geo.directory.store import history
from geo.directory.store.backup import backup
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.encryption import FIELDS, consented, decrypt, erase
from geo.directory.store.open import lost_store, open_store
from geo.directory.store.store import Store
from geo.errors import ReadOnlyStoreError, UnreadableStoreError
from tests.store import past, worker
from tests.store.conftest import Copy
from tests.store.drawn import PERSON, put, put_person
from tests.store.past import in_force, journal, records, told
from tests.store.server import Server, name_of
from tests.store.spoils import CATALOGUE, DATA, KEYS, Spoil, as_folder, cut, listing
from tests.store.worker import Worker


def said(act: Callable[[], object]) -> str:
    with pytest.raises(UnreadableStoreError, match="« catalyse restore FICHIER »") as caught:
        act()
    assert "accessible en écriture" not in str(caught.value)
    return str(caught.value)


def test_a_base_without_its_catalogue_is_not_made_anew(copy: Copy) -> None:
    for name, spoil in CATALOGUE.items():
        place = copy()
        spoil(place.folder)
        before = listing(place.folder)
        for _ in range(2):
            assert "« base/catalogue.sqlite »" in said(lambda p=place: Store.create(p.folder)), name
        assert listing(place.folder) == before, name


@pytest.mark.parametrize("name", ["missing", "cut by half"])
def test_what_ships_is_shown_in_its_place_and_nothing_is_written(
    name: str, copy: Copy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = copy()
    in_force(place, monkeypatch)
    CATALOGUE[name](place.folder)
    before = listing(place.folder)
    store = open_store()
    assert store.stands_in
    assert "base/catalogue.sqlite" in lost_store()
    assert len(store.read("actor")) > 0
    assert store.origin == "données livrées"
    with pytest.raises(ReadOnlyStoreError, match="catalogue"):
        put(store, "actor", "a")
    for words in (["backup", str(tmp_path / "s.zip")], ["history"]):
        said(lambda words=words: cli.main(words, standalone_mode=False))
    assert listing(place.folder) == before
    assert not (tmp_path / "s.zip").exists()


def test_postgresql_emptied_or_another_one_is_said(
    kept: Path, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = past.place_of(past.unpack(tmp_path), server)
    store = Store.create(place.folder, place.postgres)
    before = listing(place.folder)
    other = server.database()
    server.ask("DROP SCHEMA public CASCADE; CREATE SCHEMA public", name_of(place.postgres))
    assert "CATALYSE_CATALOGUE" in said(lambda: store.read("alliance"))
    store.connection.close()
    for text in (place.postgres, other):
        assert "« postgres/fichiers »" in said(lambda t=text: Store.create(place.folder, t))
        assert (
            server.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", name_of(text))
            == "0\n"
        )
    assert listing(place.folder) == before
    in_force(place, monkeypatch)
    cli.main(["restore", str(kept / "sauvegarde.zip")], standalone_mode=False)
    assert records(open_store()) == told(kept)["fiches"]


@pytest.mark.parametrize("running", [True, False])
def test_a_data_file_that_is_lost_or_damaged_is_said(copy: Copy, running: bool) -> None:  # noqa: FBT001
    for name, spoil in DATA.items():
        place = copy()
        store = Store.create(place.folder) if running else None
        spoil(place.folder)
        before = listing(place.folder)
        store = store or Store.create(place.folder)
        for act in (
            lambda s=store: s.read("actor"),
            lambda s=store: history.record_history(s, "actor", "a1"),
            lambda s=store, p=place: backup(s, p.folder / "s.zip"),
            lambda s=store: put(s, "actor", "new"),
        ):
            where = "« base/fichiers" if name == "garbled" else "« base/fichiers/main/actors/"
            assert where in said(act), name
        assert len(store.read("alliance")) == 1
        store.connection.close()
        assert listing(place.folder) == before, name


def test_a_data_file_closed_to_reading_is_no_closed_folder(copy: Copy) -> None:
    place = copy()
    next(place.folder.rglob("*.parquet")).chmod(0)
    (fault,) = Worker(worker.read_without_rights, place).end()
    assert fault.startswith("UnreadableStoreError")
    assert "ses droits l’interdisent" in fault
    assert "accessible en écriture" not in fault


def test_lost_keys_erase_nobody_and_are_not_made_anew(copy: Copy) -> None:
    for name, spoil in KEYS.items():
        place = copy()
        store = Store.create(place.folder)
        spoil(place.folder)
        before = listing(place.folder)
        for act in (
            lambda s=store: decrypt(s, s.read("contact")),
            lambda s=store: consented(s),
            lambda s=store: put_person(s, "new"),
            lambda s=store: erase(s, "c1", author="Aude"),
            lambda s=store: history.everything_restored(s, 5),
            lambda s=store, p=place: backup(s, p.folder / "s.zip"),
        ):
            assert "« base/cles.sqlite »" in said(act), name
        assert len(store.read("actor")) == 11
        store.connection.close()
        assert listing(place.folder) == before, name


def test_lost_keys_of_postgresql_are_said(server: Server, tmp_path: Path) -> None:
    place = past.place_of(past.unpack(tmp_path), server)
    store = Store.create(place.folder, place.postgres)
    server.ask("DELETE FROM cles", name_of(place.postgres))
    assert "« cles »" in said(lambda: decrypt(store, store.read("contact")))
    store.connection.close()


def test_a_base_that_never_held_anybody_needs_no_keys(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "base")
    assert consented(store).empty
    put_person(store)
    assert list(decrypt(store, store.read("contact"))["contact_name"]) == [PERSON["contact_name"]]
    store.connection.close()


@pytest.mark.parametrize(
    "spoil",
    [
        *[CATALOGUE[name] for name in ("only turn", "empty", "cut by half", "a folder")],
        *[DATA[name] for name in ("missing", "cut")],
        *[KEYS[name] for name in ("missing", "empty", "garbled")],
    ],
)
def test_a_backup_brings_back_what_was_lost(
    spoil: Spoil, copy: Copy, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = copy()
    spoil(place.folder)
    in_force(place, monkeypatch)
    cli.main(["restore", str(whole / "s.zip")], standalone_mode=False)
    store = open_store()
    assert store.read_only == ""
    assert records(store) == told(whole)["fiches"]
    assert journal(store)[:-1] == told(whole)["journal"]
    assert decrypt(store, store.read("contact")).loc["c1", [*FIELDS]].to_dict() == PERSON
    put(store, "actor", "new")
    store.connection.close()


def test_a_catalogue_that_goes_and_comes_back_is_seen_by_the_app_that_runs(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = copy()
    in_force(place, monkeypatch)
    held = open_store()
    actors = records(held)["actor"]
    away = place.sqlite.rename(place.folder / "ailleurs")
    before = listing(place.folder)
    assert "base/catalogue.sqlite" in said(lambda: held.read("actor"))
    assert "base/catalogue.sqlite" in said(held.snapshot)
    assert open_store().stands_in
    assert listing(place.folder) == before
    away.rename(place.sqlite)
    assert lost_store() == ""
    assert records(open_store())["actor"] == actors


def test_a_file_of_turns_that_is_none_says_to_delete_it(copy: Copy) -> None:
    for spoil in (as_folder("tour.sqlite"), lambda f: (f / "tour.sqlite").write_bytes(b"x" * 5000)):
        place = copy()
        spoil(place.folder)
        with pytest.raises(UnreadableStoreError, match="supprimez-le"):
            Store.create(place.folder)


def test_a_making_that_is_killed_is_taken_up_again(tmp_path: Path) -> None:
    chance, pace = random.Random(20_26), 0.0  # noqa: S311
    for turn in range(8):
        place = StoreLocation(tmp_path / f"{turn}" / "base")
        making = Worker(worker.open_once, place)
        making.hear()
        since = time.monotonic()
        if turn == 0:
            making.end()
            pace = time.monotonic() - since
        else:
            time.sleep(chance.uniform(0, 0.8) * pace)
            making.kill()
        store = Store.create(place.folder)
        assert store.is_new()
        assert not place.unfinished.exists()
        store.connection.close()


def test_the_terminal_says_it_without_a_traceback(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    place = copy()
    cut("*.parquet", 3000)(place.folder)
    in_force(place, monkeypatch)
    for words in (["history", "2"], ["export", "--subject", "actors", "-o", os.devnull]):
        monkeypatch.setattr("sys.argv", ["catalyse", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 2
        told_there = capfd.readouterr().err
        assert "« catalyse restore FICHIER »" in told_there
        assert "Traceback" not in told_there
