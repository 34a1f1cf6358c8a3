"""One backup a day: made by another process, read again, the last ones kept, restored from."""

import os
import shutil
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from geo.api.daily_backup import back_up_if_due
from geo.directory.schema import KINDS
from geo.directory.store.backup import backup, restore
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.encryption import FIELDS, decrypt
from geo.directory.store.rotation import back_up, backup_faults, is_due, kept_backups
from geo.directory.store.store import Store
from geo.errors import BadFileError, UnreadableStoreError
from tests.store.conftest import MakePlace
from tests.store.drawn import PERSON, put, put_person

DAY = date(2026, 11, 30)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CATALYSE_BACKUPS", str(tmp_path / "sauvegardes"))
    monkeypatch.setenv("CATALYSE_BACKUPS_KEPT", "3")
    return tmp_path / "sauvegardes"


def test_the_last_ones_stay_and_nothing_else_goes(store: Store, folder: Path) -> None:
    put(store, "actor", "a")
    folder.mkdir()
    other = folder / "catalyse-avant-migration.zip"
    other.write_bytes(b"mine")
    for turn in range(5):
        day = DAY + timedelta(days=turn)
        assert is_due(day)
        back_up(store, day)
        assert not is_due(day)
    assert [one.name for one in kept_backups()] == [f"catalyse-2026-12-0{n}.zip" for n in (2, 3, 4)]
    assert other.read_bytes() == b"mine"
    assert [*backup_faults(DAY + timedelta(days=4))] == []
    assert all(stat.S_IMODE(one.stat().st_mode) == 0o600 for one in kept_backups())


def test_what_is_no_day_and_what_is_no_file_is_no_backup(store: Store, folder: Path) -> None:
    put(store, "actor", "a")
    folder.mkdir()
    elsewhere = folder.parent / "ailleurs.txt"
    elsewhere.write_bytes(b"mine")
    (folder / "catalyse-2026-13-45.zip").write_bytes(b"")
    (folder / "catalyse-2020-01-01.zip").mkdir()
    (folder / "catalyse-2020-01-02.zip").symlink_to(elsewhere)
    (folder / f"catalyse-{DAY}.zip").symlink_to(elsewhere)
    for turn in range(4):
        back_up(store, DAY + timedelta(days=turn))
    assert [one.name for one in kept_backups()] == [f"catalyse-2026-12-0{n}.zip" for n in (1, 2, 3)]
    assert (folder / "catalyse-2020-01-01.zip").is_dir()
    assert elsewhere.read_bytes() == b"mine", "a link is replaced, what it names stays"
    assert [*backup_faults(DAY + timedelta(days=3))] == []


def test_a_base_and_its_backups_are_their_owners_alone_to_read(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "base")
    backup(store, tmp_path / "a.zip")
    store.connection.close()
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()}
    assert modes == {"base": 0o700, "a.zip": 0o600}


def test_a_base_comes_back_from_it_on_the_other_catalogue(
    store: Store, catalogue: str, folder: Path, new_place: MakePlace
) -> None:
    put(store, "actor", "a", town="Charenton")
    put_person(store)
    path = back_up(store, DAY)
    assert folder in path.parents
    place = new_place("postgres" if catalogue == "sqlite" else "sqlite")
    again = Store.create(place.folder, place.postgres)
    restore(again, path, author="Aude")
    assert again.record("actor", "a")["town"] == "Charenton"
    assert decrypt(again, again.read("contact")).iloc[0][[*FIELDS]].to_dict() == PERSON
    again.connection.close()


def test_a_base_that_is_lost_drives_no_good_backup_out(
    store: Store, place: StoreLocation, folder: Path
) -> None:
    for turn in range(3):
        put(store, "actor", f"a{turn}")
        back_up(store, DAY + timedelta(days=turn))
    names = [one.name for one in kept_backups()]
    blank = KINDS["actor"].blank()
    many = [blank | {"actor_id": f"m{i}"} for i in range(40)]
    store.write(Changes.one("actor", *many), author="Aude", message="un fichier")
    shutil.rmtree(place.files)
    with pytest.raises(UnreadableStoreError):
        back_up(store, DAY + timedelta(days=9))
    assert [one.name for one in kept_backups()] == names
    assert folder.is_dir()


def test_another_process_makes_it_and_the_second_finds_it(
    place: StoreLocation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_STORE", str(place.folder))
    monkeypatch.setenv("CATALYSE_CATALOGUE", place.postgres)
    today = date.today()  # noqa: DTZ011 - as the command counts
    assert back_up_if_due(today)
    [made] = kept_backups()
    before = made.stat().st_mtime_ns
    assert back_up_if_due(today)
    assert made.stat().st_mtime_ns == before
    assert folder in made.parents


def test_a_folder_that_cannot_be_made_is_said(store: Store, folder: Path) -> None:
    folder.write_bytes(b"")
    with pytest.raises(BadFileError, match="CATALYSE_BACKUPS"):
        back_up(store, DAY)


def test_old_missing_and_spoilt_backups_are_said(store: Store, folder: Path) -> None:
    assert "Aucune sauvegarde" in next(backup_faults(DAY))
    path = back_up(store, DAY)
    assert "du 2026-11-30" in next(backup_faults(DAY + timedelta(days=2)))
    path.write_bytes(path.read_bytes()[:300])
    assert "ne se lit pas" in next(backup_faults(DAY))
    assert folder.is_dir()


def test_a_clock_that_was_ahead_drives_no_backup_out_and_is_said(
    store: Store, folder: Path
) -> None:
    put(store, "actor", "a")
    for turn in range(4):  # the clock says 2031, then is put right
        back_up(store, date(2031, 1, 1) + timedelta(days=turn))
    for turn in range(5):
        made = back_up(store, DAY + timedelta(days=turn))
        assert made.is_file()
    names = [one.name for one in kept_backups()]
    assert [one for one in names if "2026" in one] == [
        f"catalyse-2026-12-0{n}.zip" for n in (2, 3, 4)
    ]
    said = [*backup_faults(DAY + timedelta(days=9))]
    assert "est du 2026-12-04" in said[0], "days to come hide no lateness"
    assert sum("porte un jour à venir" in one for one in said) == 3
    assert folder.is_dir()


def test_what_a_killed_backup_left_goes_with_a_later_one(store: Store, folder: Path) -> None:
    folder.mkdir()
    killed, under_way = folder / ".catalyse-brouillon-a", folder / ".catalyse-brouillon-b"
    for one in (killed, under_way):
        one.mkdir()
        (one / f"catalyse-{DAY}.zip").write_bytes(b"keys and people")
    os.utime(killed, (0, 0))
    back_up(store, DAY)
    assert not killed.exists()
    assert under_way.exists()


def test_without_a_folder_nothing_is_due(store: Store) -> None:
    assert not is_due(DAY)
    assert [*backup_faults(DAY)] == []
    with pytest.raises(BadFileError, match="Donnez un FICHIER"):
        back_up(store, DAY)
