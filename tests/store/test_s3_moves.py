"""A base in S3 leaves it and comes there: its backup, and a folder that is copied."""

from pathlib import Path

import pytest

from geo.directory.store.backup import backup, restore
from geo.directory.store.changes import Changes
from geo.directory.store.checking import data_files, faults
from geo.directory.store.data_place import DATA
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.encryption import decrypt
from tests.store.conftest import MakePlace
from tests.store.drawn import PERSON, put, put_person, record, state
from tests.store.storage import KEY, SECRET, Storage
from tests.store.test_s3 import many, write
from tests.store.worker import opened


@pytest.mark.parametrize("catalogue", ["postgres"])
def test_a_backup_goes_to_a_folder_and_back_with_nothing_of_the_key(
    storage: Storage, new_place: MakePlace, tmp_path: Path, catalogue: str
) -> None:
    first = new_place(catalogue, bare=True)
    with opened(StoreLocation(first.folder, first.postgres, storage.bucket())) as store:
        put(store, "actor", "a")
        put_person(store)
        write(store, many("Ici"))
        backup(store, tmp_path / "un.zip")
        held = state(store)
    folder, bare = new_place("sqlite", bare=True), new_place("postgres", bare=True)
    with opened(folder) as local:
        restore(local, tmp_path / "un.zip", author="Aude")
        assert state(local) == held
        backup(local, tmp_path / "deux.zip")
    bucket = storage.bucket()
    with opened(StoreLocation(bare.folder, bare.postgres, bucket)) as back:
        restore(back, tmp_path / "deux.zip", author="Aude")
        assert state(back) == held
        assert [*faults(back)] == []
        [person] = decrypt(back, back.read("contact"))["contact_name"]
    assert person == PERSON["contact_name"]
    kept = (tmp_path / "un.zip").read_bytes() + (tmp_path / "deux.zip").read_bytes()
    kept += b"".join(storage.objects(bucket).values())
    assert not any(word.encode() in kept for word in (KEY, SECRET))


@pytest.mark.parametrize("catalogue", ["sqlite"])
def test_a_folder_copied_to_a_bucket_is_the_same_base(
    new_place: MakePlace, storage: Storage, catalogue: str
) -> None:
    folder, bucket = new_place(catalogue, bare=True), storage.bucket()
    with opened(folder) as store:
        write(store, Changes.one("alliance", *(record("alliance", f"b{i}") for i in range(10))))
        assert data_files(store) == []  # so few are in the catalogue
        write(store, many("Ici"))
        held = state(store)
        for one in data_files(store):
            content = (folder.files / one.path).read_bytes()
            storage.put(bucket, f"{DATA}/{one.path}", content)
    folder.files.rename(folder.folder / "ailleurs")
    with opened(StoreLocation(folder.folder, folder.postgres, bucket)) as moved:
        assert state(moved) == held
        write(moved, many("Là", revision=1))
        assert [*faults(moved)] == []
