"""Data files in S3: a real server, rclone's, reached by HTTP, its signatures checked."""

import logging
import random
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from geo.directory.store import checking, history
from geo.directory.store.changes import Changes
from geo.directory.store.checking import ASIDE, data_files, faults, orphans, set_orphans_aside
from geo.directory.store.data_place import DATA
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.encryption import decrypt, erase
from geo.directory.store.store import Store
from geo.errors import ConflictError, LostDataError, MissingDataError
from tests.api.waiting import until
from tests.store import worker
from tests.store.conftest import MakePlace
from tests.store.drawn import PERSON, put, put_person, record, state
from tests.store.storage import KEY, SECRET, Storage
from tests.store.worker import MANY, Worker, opened

KILLS = 4
WRITERS, TIMES = 3, 4


@pytest.fixture
def place(catalogue: str, storage: Storage, new_place: MakePlace) -> StoreLocation:
    """Return a new place whose files are in a bucket of their own."""
    bare = new_place(catalogue, bare=True)
    return StoreLocation(bare.folder, bare.postgres, storage.bucket())


@pytest.fixture
def store(place: StoreLocation) -> Iterator[Store]:
    with opened(place) as made:
        yield made


def many(town: str = "", revision: int = 0) -> Changes:
    """Draw enough records to lie in a file of their own."""
    drawn = [record("actor", f"a{i}", town=town, revision=revision) for i in range(MANY)]
    return Changes.one("actor", *drawn)


def write(store: Store, changes: Changes) -> int:
    return store.write(changes, author="Aude", message="Import")


def said(fault: BaseException) -> str:
    """Return all that a log would keep of a fault, without the names of files."""
    return "".join(traceback.format_exception(fault)).replace("\u00a0", " ")


def test_what_is_written_lies_in_the_bucket_alone_and_reads_from_elsewhere(
    store: Store, place: StoreLocation, storage: Storage
) -> None:
    write(store, many("Ici"))
    before = store.snapshot()
    write(store, many("Là", revision=1))
    assert not place.files.exists()
    objects = storage.objects(place.bucket)
    assert {path for path in objects if path.endswith(".parquet")} == {
        f"{DATA}/{one.path}" for one in data_files(store)
    }
    with opened(place) as other:
        assert {*other.read("actor")["town"]} == {"Là"}
        assert {*other.read("actor", at=before)["town"]} == {"Ici"}
        assert not other.is_new()
        assert [*faults(other)] == []
        assert orphans(other, time.time() + 9 * 86_400) == []


@pytest.mark.parametrize("catalogue", ["postgres"])
def test_a_person_is_sealed_in_the_bucket_and_forgotten_with_the_key(
    store: Store, place: StoreLocation, storage: Storage
) -> None:
    put(store, "actor", "a")
    for number in range(12):  # past what the catalogue keeps itself
        put_person(store, f"c{number}")
    write(store, Changes.one("contact", *_again(store)))
    held = b"".join(storage.objects(place.bucket).values())
    assert b"gAAAA" in held  # how what Fernet seals begins
    assert not any(text.encode() in held for text in PERSON.values())
    assert {*decrypt(store, store.read("contact"))["contact_name"]} == {PERSON["contact_name"]}
    past = store.snapshot()
    erase(store, "c1", author="Aude")
    assert decrypt(store, store.read("contact", at=past)).loc["c1", "contact_name"] == "effacé"


def _again(store: Store) -> list[dict[str, Any]]:
    return store.read("contact").to_dict("records")


@pytest.mark.parametrize("catalogue", ["postgres"])
def test_two_writers_at_once_lose_nothing_and_the_late_one_is_told(
    store: Store, place: StoreLocation
) -> None:
    put(store, "project", "counter")
    write(store, many())
    with opened(place) as other:
        write(other, many("Là", revision=1))
    with pytest.raises(ConflictError):
        write(store, many("Ici", revision=1))
    assert {*store.read("actor")["town"]} == {"Là"}
    workers = [Worker(worker.write_many, place, name, TIMES) for name in "bcd"[:WRITERS]]
    assert [len(one.end()) for one in workers] == [TIMES] * WRITERS
    assert store.record("project", "counter")["rank"] == WRITERS * TIMES


def test_killed_at_any_moment_it_is_the_old_or_the_new_state(
    store: Store, place: StoreLocation
) -> None:
    chance = random.Random(20_26)  # noqa: S311
    put(store, "project", "marker")
    pace = number = 0.0
    for turn in range(KILLS):
        working = Worker(worker.import_on_and_on, place)
        working.hear()
        since = time.monotonic()
        if turn == 0:
            working.hear()
            pace = 1.5 * (time.monotonic() - since)
        time.sleep(chance.uniform(0, pace))
        told = working.kill()[-1]
        with opened(place) as after:
            number = worker.number_of(after)
            assert told <= number <= told + 1
            towns = after.read("actor")["town"]
            assert set(towns) == ({str(number)} if number else set())
            assert len(towns) == (MANY if number else 0)
            imports = [one for one in history.entries(after, 999) if one.message[:6] == "Import"]
            assert len(imports) == number
            assert [*faults(after)] == []
    assert number > 0


def test_a_storage_that_stops_is_one_sentence_and_nothing_is_half_written(
    store: Store, place: StoreLocation, storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    write(store, many("Ici"))
    held, before = state(store), store.snapshot()
    storage.stop()
    try:
        with pytest.raises(MissingDataError, match="stockage S3 de la base ne répond pas") as fault:
            write(store, many("Là", revision=1))
        with (
            pytest.raises(MissingDataError, match="ne répond pas") as closed,
            opened(place) as other,
        ):
            other.read("actor")
        assert state(store) == held  # what was read stays readable
        assert store.snapshot() == before
        assert any("ne répond pas" in one for one in faults(store))
    finally:
        storage.start()
    assert write(store, many("Là", revision=1)) == before + 1
    assert {*store.read("actor")["town"]} == {"Là"}
    assert [*faults(store)] == []
    for text in (said(fault.value), said(closed.value), caplog.text, repr(store)):
        assert not any(word in text for word in (SECRET, KEY))


@pytest.mark.parametrize("catalogue", ["sqlite"])
def test_a_wrong_key_or_place_is_one_sentence_that_tells_neither(
    place: StoreLocation, storage: Storage
) -> None:
    wrong = replace(place.bucket, secret="un-autre-secret")  # noqa: S106
    with pytest.raises(MissingDataError, match="refuse la clé") as fault:
        Store.create(place.folder, place.postgres, wrong)
    assert not any(one in said(fault.value) for one in (KEY, "un-autre-secret", place.bucket.host))
    with pytest.raises(MissingDataError, match="n’a pas de lieu à ce nom"):
        Store.create(place.folder, place.postgres, storage.bucket(made=False))
    with opened(place) as store:  # what was tried in vain is no obstacle
        write(store, many())
        assert len(store.read("actor")) == MANY
    with opened(StoreLocation(place.folder, place.postgres, place.bucket)) as again:
        again.connection.execute("DROP SECRET bucket")
        wrong.open_to(again.connection)
        with pytest.raises(MissingDataError, match="refuse la clé") as fault:
            write(again, many("Là", revision=1))
    assert not any(one in said(fault.value) for one in (KEY, "un-autre-secret", place.bucket.host))


@pytest.mark.parametrize("catalogue", ["postgres"])
def test_an_object_lost_cut_or_damaged_is_named_and_the_others_read(
    store: Store, place: StoreLocation, storage: Storage
) -> None:
    write(store, many())
    put(store, "alliance", "b")
    one = next(one for one in data_files(store) if one.rows == MANY)
    name, whole = f"{DATA}/{one.path}", storage.objects(place.bucket)[f"{DATA}/{one.path}"]
    damaged = whole[:10] + b"x" * 3000 + whole[3010:]
    spoilt = {"manque": None, "est illisible (coupé)": whole[:3000], "est illisible": damaged}
    for expected, content in spoilt.items():
        if content is None:
            storage.delete(place.bucket, name)
        else:
            storage.put(place.bucket, name, content)
        told = next(line for line in faults(store) if one.path in line)
        assert told.partition(") ")[2].startswith(expected)
        with opened(place) as other:
            assert len(other.read("alliance")) == 1
            with pytest.raises(LostDataError, match="du stockage S3") as fault:
                other.read("actor")
        text = str(fault.value)
        assert "réglage CATALYSE_FILES" in text
        assert not any(word in text for word in (place.bucket.place, str(storage.port), "s3://"))
    storage.put(place.bucket, name, whole)
    assert [*faults(store)] == []


@pytest.mark.parametrize("catalogue", ["postgres"])
def test_what_no_state_needs_is_set_aside_in_the_bucket(
    store: Store, place: StoreLocation, storage: Storage
) -> None:
    write(store, many())
    left = "main/actors/ducklake-abandonne.parquet"
    for _ in range(4):  # asked while it comes, the server may hold it for undated a good while
        storage.put(place.bucket, f"{DATA}/{left}", b"PAR1")
        with suppress(AssertionError):
            until(lambda: store.place.data.written_at()[left] > 0, 5)  # dated a little later
            break
    assert orphans(store) == []  # a writer may be writing it
    later = time.time() + 2 * checking._OLD_S  # noqa: SLF001
    assert set_orphans_aside(store, later) == [left]
    objects = storage.objects(place.bucket)
    assert objects[f"{ASIDE}/{left}"] == b"PAR1"
    assert f"{DATA}/{left}" not in objects
    assert [*faults(store)] == []
    write(store, many("Là", revision=1))  # the table can still be written
