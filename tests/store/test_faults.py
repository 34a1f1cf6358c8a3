"""A full disk, a closed folder, a PostgreSQL that is down: a French sentence, nothing lost."""

import logging
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from geo.directory.store import history, keys
from geo.directory.store.backup import backup
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.encryption import consented, decrypt
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.errors import (
    AtlasError,
    BusyStoreError,
    LostDataError,
    MissingDataError,
    UnreadableStoreError,
)
from tests.small_disk import small_disk
from tests.store import worker
from tests.store.conftest import MakePlace
from tests.store.drawn import PERSON, put, put_person, state
from tests.store.server import PASSWORD, Server, programs
from tests.store.worker import Worker

_KEEP = """
import sqlite3, sys
kept = sqlite3.connect(sys.argv[1], isolation_level=None)
kept.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(name="small_disk")
def a_small_disk() -> Iterator[Path]:
    with small_disk() as folder:
        yield folder


def _filled(place: StoreLocation, limit: int) -> None:
    here, fault, told, after = Worker(worker.fill_the_disk, place, limit).end()
    done, held, written = told
    assert here == 0
    assert fault.startswith("ReadOnlyStoreError Le disque est plein")
    assert done or limit
    assert (held, written) == (done, done // 12)
    assert after == done + 1
    whole = Store.create(place.folder, place.postgres)
    assert len(whole.read("actor")) == done + 1
    assert len(history.entries(whole, 1000)) == done // 12 + 1
    whole.connection.close()


@pytest.mark.parametrize("catalogue", ["sqlite", "postgres"])
def test_a_full_disk_is_said_and_leaves_the_store_whole(
    catalogue: str, new_place: MakePlace, small_disk: Path
) -> None:
    place = new_place(catalogue)
    shutil.copytree(place.folder, small_disk, dirs_exist_ok=True)
    _filled(StoreLocation(small_disk, place.postgres), 0)


def test_a_file_that_may_not_grow_is_said_like_a_full_disk(new_place: MakePlace) -> None:
    _filled(new_place("sqlite"), 800_000)


@pytest.fixture
def closed_place() -> Iterator[Callable[[bool], StoreLocation]]:
    """Return a folder that nobody may write in, with a store in it or nothing."""
    folder = Path(tempfile.mkdtemp(prefix="catalyse-ferme-"))

    def close(with_store: bool) -> StoreLocation:  # noqa: FBT001
        if with_store:
            store = Store.create(folder)
            put(store, "actor", "a", evidence="named")
            put_person(store, published=["contact_name"])
            store.connection.close()
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        return StoreLocation(folder)

    yield close
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("with_store", [True, False])
def test_a_closed_folder_is_read_and_says_why(
    closed_place: Callable[[bool], StoreLocation],
    with_store: bool,  # noqa: FBT001
) -> None:
    place = closed_place(with_store)
    before = {path: path.stat().st_mtime_ns for path in place.folder.rglob("*")}
    held, fault, people, seen = Worker(worker.open_without_rights, place, "trouver").end()
    why, actors, entries = held
    assert "accessible en écriture" in why
    assert (actors == 1, entries) == (True, 2) if with_store else (actors > 1, entries == 1)
    assert fault == f"ReadOnlyStoreError {why}"
    assert people == ([PERSON["contact_name"]] if with_store else [])
    assert seen[0] == []
    assert len(seen[1]) == 1
    assert {path: path.stat().st_mtime_ns for path in place.folder.rglob("*")} == before


def _told(act: Callable[[], object]) -> str:
    """Return what is said when it fails, with all that a log would hold."""
    with pytest.raises(AtlasError) as caught:
        act()
    whole = "".join(traceback.format_exception(caught.value))
    assert PASSWORD not in whole
    assert "host=" not in whole
    return str(caught.value)


@pytest.mark.parametrize("catalogue", ["postgres"], indirect=True)
def test_postgresql_goes_down_and_comes_back(
    place: StoreLocation,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    caplog: pytest.LogCaptureFixture = request.getfixturevalue("caplog")
    capfd: pytest.CaptureFixture[str] = request.getfixturevalue("capfd")
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("CATALYSE_STORE", str(place.folder))
    monkeypatch.setenv("CATALYSE_CATALOGUE", place.postgres)
    server.stop()
    try:
        assert "ne s’ouvre pas" in _told(open_store)
    finally:
        server.start()
    store = open_store()
    put(store, "actor", "a")
    put_person(store, published=["contact_name"])
    before, last = state(store), store.snapshot()
    server.stop()
    try:
        for act in (
            store.snapshot,
            store.is_new,
            lambda: store.read("actor"),
            lambda: store.record("actor", "a"),
            lambda: store.read("actor", last),
            lambda: put(store, "actor", "b"),
            lambda: history.entries(store),
            lambda: history.differences(store, last),
            lambda: consented(store),
            lambda: backup(store, tmp_path / "s.zip"),
        ):
            assert "PostgreSQL ne répond pas" in _told(act)
    finally:
        server.start()
    assert state(store) == before
    assert len(decrypt(store, store.read("contact"))) == 1
    put(store, "actor", "b")
    assert "b" in store.read("actor").index
    assert PASSWORD not in repr(store) + caplog.text + "".join(capfd.readouterr())


def test_no_address_in_what_is_said_of_a_wrong_one(server: Server, tmp_path: Path) -> None:
    wrong = f"host=127.0.0.1 port={server.port} dbname=absente user=postgres password={PASSWORD}"
    for text in (wrong, f"n'importe quoi password={PASSWORD}"):
        with pytest.raises(MissingDataError, match="ne s’ouvre pas"):
            Store.create(tmp_path, text)
        assert "ne s’ouvre pas" in _told(lambda text=text: Store.create(tmp_path, text))


def test_a_damaged_catalogue_is_said(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    store.connection.close()
    (tmp_path / "catalogue.sqlite").write_bytes(b"not a database at all" * 500)
    with pytest.raises(UnreadableStoreError, match="est abîmé"):
        Store.create(tmp_path)


def test_a_machine_of_continuous_integration_has_postgresql() -> None:
    if os.environ.get("CI") == "true":
        assert programs()


def test_a_catalogue_whose_words_were_changed_is_said(tmp_path: Path) -> None:
    Store.create(tmp_path).connection.close()
    with closing(sqlite3.connect(tmp_path / "catalogue.sqlite")) as catalogue, catalogue:
        catalogue.execute("UPDATE ducklake_column SET column_type = 'inconnu'")
    with pytest.raises(LostDataError, match="Le catalogue de la base est abîmé"):
        Store.create(tmp_path)


def test_a_commit_that_the_catalogue_refuses_leaves_the_next_writer_free(
    new_place: MakePlace,
) -> None:
    place = new_place("sqlite")
    store = Store.create(place.folder)
    refusal = "BEFORE INSERT ON ducklake_snapshot BEGIN SELECT RAISE(ABORT, 'refus'); END"
    with closing(sqlite3.connect(place.sqlite)) as catalogue:
        catalogue.execute(f"CREATE TRIGGER refusal {refusal}")
    with pytest.raises(Exception, match="refus") as held:
        put(store, "actor", "un")
    assert not isinstance(held.value, UnreadableStoreError)
    with closing(sqlite3.connect(place.sqlite)) as catalogue:
        catalogue.execute("DROP TRIGGER refusal")
    for writer in (store, Store.create(place.folder)):
        put(writer, "actor", f"deux {id(writer)}")
    assert len(store.read("actor")) == 2


@pytest.mark.parametrize("name", ["catalogue.sqlite", "cles.sqlite"])
def test_a_file_that_another_program_keeps_is_busy_not_damaged(
    new_place: MakePlace, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_PATIENCE_S", 1.0)
    place = new_place("sqlite")
    store = Store.create(place.folder)
    put_person(store, published=["contact_name"])
    # In a process of its own: what one process holds of a file, it does not refuse itself.
    with subprocess.Popen(
        [sys.executable, "-c", _KEEP, place.folder / name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        for act in (lambda: consented(store), lambda: put_person(store, "c2")):
            with pytest.raises(BusyStoreError, match="occupée"):
                act()
        if name == "catalogue.sqlite":
            with pytest.raises(MissingDataError, match="ne s’ouvre pas") as caught:
                Store.create(place.folder)
            assert not isinstance(caught.value, LostDataError)
        other.stdin.close()
    assert [*consented(store).index] == ["c1"]


def test_a_process_that_may_open_no_more_files_says_so(new_place: MakePlace) -> None:
    store = Store.create(new_place("sqlite").folder)
    put(store, "actor", "a")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    with ExitStack() as files:
        files.callback(resource.setrlimit, resource.RLIMIT_NOFILE, limits)
        resource.setrlimit(resource.RLIMIT_NOFILE, (_next_file(), limits[1]))
        for act in (store.snapshot, lambda: Store.create(store.place.folder)):
            with pytest.raises(BusyStoreError, match="trop de fichiers ouverts"):
                act()
    put(store, "actor", "b")
    assert len(store.read("actor")) == 2


def _next_file() -> int:
    """Return the number that the next file to be opened would have."""
    number = os.open(os.devnull, os.O_RDONLY)
    os.close(number)
    return number
