"""A base is checked from end to end: whole ones say nothing, each loss is one sentence."""

import io
import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from geo.directory.schema import KINDS
from geo.directory.store import checking
from geo.directory.store.changes import Changes
from geo.directory.store.checking import ASIDE, data_files, faults, orphans, set_orphans_aside
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.keys import keyring
from geo.directory.store.store import Store
from tests.cli.running import catalyse
from tests.store.conftest import Copy
from tests.store.drawn import put_person
from tests.store.spoils import DATA, KEYS, listing
from tests.store.test_processes import opened

MANY = 40  # enough for a file of their own


def fill(store: Store) -> None:
    blank = KINDS["actor"].blank()
    many = [blank | {"actor_id": f"a{i}", "actor_name": f"Acteur {i}"} for i in range(MANY)]
    store.write(Changes.one("actor", *many), author="Aude", message="import")
    store.write(Changes.removal("actor", "a0"), author="Aude", message="un de moins")
    put_person(store)


def test_a_whole_base_has_no_fault(store: Store, place: StoreLocation) -> None:
    fill(store)
    assert len(data_files(store)) > 0
    assert all((place.files / one.path).is_file() for one in data_files(store))
    assert [*faults(store)] == []
    assert orphans(store) == []


def test_a_file_that_is_missing_cut_or_replaced_is_named(
    store: Store, place: StoreLocation
) -> None:
    fill(store)
    one = next(one for one in data_files(store) if one.rows == MANY)
    path = place.files / one.path
    whole = path.read_bytes()
    path.unlink()
    assert said(store, one.path) == "manque"
    path.write_bytes(whole[: len(whole) // 2])
    assert said(store, one.path) == "est illisible (coupé)"
    damaged = bytearray(whole)
    damaged[10:200] = b"x" * 190
    path.write_bytes(damaged)
    assert said(store, one.path) == "est illisible"
    pq.write_table(pq.read_table(io.BytesIO(whole)).slice(0, 2), path)
    assert said(store, one.path).startswith("n’est pas celui que le catalogue attend")
    path.write_bytes(whole)
    assert [*faults(store)] == []


def said(store: Store, path: str) -> str:
    [found] = [one for one in faults(store) if path in one]
    return found.partition(") ")[2].partition("\u00a0:")[0]


def test_a_key_that_is_lost_or_another_is_counted(store: Store, place: StoreLocation) -> None:
    put_person(store, "c1")
    put_person(store, "c2")
    put_person(store, "c3")
    ring = keyring(store)
    assert [*faults(store)] == []
    ring.destroy("c3")  # who was erased is no loss
    assert [*faults(store)] == []
    _keys(store, place, "DELETE FROM {}cles WHERE contact_id = 'c1'")
    _keys(store, place, "UPDATE {}cles SET cle = 'bm9uZQ==' WHERE contact_id = 'c2'")
    told = [*faults(store)]
    assert len(told) == 2
    assert "sans clé, sans avoir été effacée" in told[0]
    assert "que leur clé n’ouvre pas" in told[1]


def _keys(store: Store, place: StoreLocation, text: str) -> None:
    if place.postgres:
        keyring(store).connection.execute(text.format("coffre."))  # type: ignore[attr-defined]
        return
    with closing(sqlite3.connect(place.keys)) as file, file:
        file.execute(text.format(""))


def test_files_that_no_state_needs_are_set_aside_and_no_other(
    store: Store, place: StoreLocation
) -> None:
    fill(store)
    old = time.time() - 3 * 86_400
    for path in place.files.rglob("*.parquet"):
        os.utime(path, (old, old))
    left = place.files / "main" / "actors" / "ducklake-abandonne.parquet"
    left.write_bytes(b"PAR1")
    assert orphans(store) == []  # a writer may be writing it
    os.utime(left, (0, 0))
    assert orphans(store) == []  # nothing says when it was written
    os.utime(left, (old, old))
    needed = {one.path for one in data_files(store)}
    assert set_orphans_aside(store) == [f"main/actors/{left.name}"]
    assert (place.folder / ASIDE / "main" / "actors" / left.name).is_file()
    assert {p.relative_to(place.files).as_posix() for p in place.files.rglob("*.parquet")} == needed
    assert [*faults(store)] == []
    for state in range(1, store.snapshot() + 1):
        store.read("actor", at=state)


def test_what_a_killed_writer_left_is_an_orphan_after_a_day(store: Store) -> None:
    fill(store)
    [one, *_] = data_files(store)
    path = store.place.files / one.path
    twin = path.with_name("ducklake-tue.parquet")
    twin.write_bytes(path.read_bytes())
    assert orphans(store) == []
    later = time.time() + 2 * checking._OLD_S  # noqa: SLF001
    assert orphans(store, later) == [twin.relative_to(store.place.files).as_posix()]


@pytest.mark.parametrize("name", [*DATA, *KEYS])
def test_the_terminal_says_each_loss_and_what_still_reads(
    name: str, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = copy()
    monkeypatch.setenv("CATALYSE_STORE", str(place.folder))
    assert (done := catalyse("check")).returncode == 0, done.stdout
    assert "La base est entière" in done.stderr
    ({**DATA, **KEYS})[name](place.folder)
    before = listing(place.folder)
    done = catalyse("check")
    assert done.returncode == 1
    assert done.stdout
    assert all("\u00a0:" in line or line.endswith(".") for line in done.stdout.splitlines())
    assert "Traceback" not in done.stdout + done.stderr
    assert listing(place.folder) == before
    if name in DATA:
        with opened(place) as store:
            assert len(store.read("alliance")) == 1


def test_a_lost_catalogue_is_said_by_the_check(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    place = copy()
    monkeypatch.setenv("CATALYSE_STORE", str(place.folder))
    place.sqlite.unlink()
    done = catalyse("check")
    assert done.returncode == 1
    assert "Le catalogue de la base manque" in done.stdout
    assert not place.sqlite.exists()


def test_an_older_base_is_checked_as_it_is(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(kept / "sqlite", tmp_path / "base")
    monkeypatch.setenv("CATALYSE_STORE", str(folder))
    done = catalyse("check")
    assert (done.returncode, done.stdout) == (0, "")
    assert "version 1" in done.stderr
