"""A base that is there is never replaced by a restore, whatever stops it from being written."""

from pathlib import Path

import pytest

from geo.cli.main import cli
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.store import Store
from geo.directory.store.versions import VERSION
from geo.errors import AtlasError, LostDataError, ReadOnlyStoreError, UnreadableStoreError
from tests.store.conftest import Copy
from tests.store.past import NEWER, altered, in_force, unpack
from tests.store.spoils import CATALOGUE, DATA, KEYS, as_folder, cut, listing


def files(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in listing(folder).items() if content is not None}


def refused(place: StoreLocation, backup: Path, monkeypatch: pytest.MonkeyPatch) -> AtlasError:
    """Restore into a place: the fault, once nothing of the base was touched."""
    in_force(place, monkeypatch)
    before = files(place.folder)
    with pytest.raises(AtlasError) as caught:
        cli.main(["restore", str(backup)], standalone_mode=False)
    assert files(place.folder) == before
    return caught.value


def test_a_damaged_file_of_turns_replaces_nothing(
    copy: Copy, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = (whole / "base" / "catalogue.sqlite").read_bytes()
    for spoil in (
        as_folder("tour.sqlite"),
        lambda f: (f / "tour.sqlite").write_bytes(b"x" * 5000),
        lambda f: (f / "tour.sqlite").write_bytes(real[:100] + bytes(5000)),
    ):
        place = copy()
        spoil(place.folder)
        fault = refused(place, whole / "s.zip", monkeypatch)
        assert "supprimez-le" in str(fault)
        assert not isinstance(fault, LostDataError)


def test_a_newer_base_is_replaced_neither_whole_nor_without_its_keys_or_data(
    copy: Copy, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for spoil in (None, KEYS["garbled"], DATA["cut"]):
        place = copy()
        altered(place, *NEWER)
        if spoil:
            spoil(place.folder)
        fault = refused(place, whole / "s.zip", monkeypatch)
        assert isinstance(fault, ReadOnlyStoreError)
        assert f"version {VERSION + 1}" in str(fault)


def test_a_base_that_cannot_come_up_is_not_replaced(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = StoreLocation(unpack(tmp_path) / "sqlite")
    altered(place, "ALTER TABLE lake.actors DROP COLUMN town")
    place.lock.touch()
    fault = refused(place, whole / "s.zip", monkeypatch)
    assert "actors.town" in str(fault)


def test_only_lost_data_are_called_so(copy: Copy) -> None:
    for spoils in (CATALOGUE, DATA):
        for name, spoil in spoils.items():
            place = copy()
            spoil(place.folder)
            with pytest.raises(LostDataError):
                Store.create(place.folder).read("actor")
            assert place.folder.exists(), name


def test_one_who_comes_second_finds_the_base_that_the_first_made(copy: Copy) -> None:
    place = copy()
    cut("catalogue.sqlite", 100_000)(place.folder)
    seen = place.file_number()
    for _ in range(2):  # both found it lost before either took its turn
        Store.create(place.folder, instead_of=seen).connection.close()
    assert len([*place.folder.glob("*-catalogue.sqlite")]) == 1


def test_the_mark_of_a_making_lets_no_base_with_data_be_made_anew(copy: Copy) -> None:
    place = copy()
    place.unfinished.touch()
    assert not place.is_new()
    place.sqlite.unlink()
    before = listing(place.folder)
    with pytest.raises(UnreadableStoreError, match=r"catalogue\.sqlite"):
        Store.create(place.folder)
    assert listing(place.folder) == before
