"""People: sealed in every file, published field by field, forgotten everywhere and for good."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geo.directory.contacts import known_people, withdrawn
from geo.directory.store import history
from geo.directory.store.backup import backup, restore
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.encryption import ERASED, FIELDS, consented, decrypt, erase
from geo.directory.store.keys import OWNERS, keyring
from geo.directory.store.store import Store
from geo.errors import UnknownCodeError
from tests.store.drawn import PERSON, files_with, put, put_person, record

Folders = Callable[[], list[Path]]


@pytest.fixture
def written(request: pytest.FixtureRequest, place: StoreLocation) -> Folders:
    """Return the folders that hold the store's bytes, everything in memory written down first."""

    def flushed() -> list[Path]:
        if not place.postgres:
            return [place.folder]
        server = request.getfixturevalue("server")
        server.ask("CHECKPOINT")
        return [place.folder, server.data]

    return flushed


def test_a_person_is_in_no_file(store: Store, written: Folders, tmp_path: Path) -> None:
    put_person(store)
    many = [record("contact", f"m{i}", actor_id="a") for i in range(40)]  # enough for a file
    sealed_ones = [{**one, "sealed": store.record("contact", "c1")["sealed"]} for one in many]
    store.write(Changes.one("contact", *sealed_ones), author="Aude", message="m")
    assert decrypt(store, store.read("contact")).loc["c1", [*FIELDS]].to_dict() == PERSON
    backup(store, tmp_path / "s.zip")
    folders = [*written(), tmp_path]
    assert any(files_with(folder, "c1") for folder in folders)
    assert [path for folder in folders for path in files_with(folder, *PERSON.values())] == []
    assert not any(value in repr(store) for value in PERSON.values())


def test_erasing_forgets_everywhere(store: Store, written: Folders) -> None:
    first = put_person(store)
    put_person(store, "other")
    put(store, "action", "do", contact_id="c1", actor_id="a")
    put(store, "proposal", "p", record_kind="contact", record_id="c1", payload="{}")
    key = keyring(store).existing(["c1"])["c1"]
    assert [path for folder in written() for path in files_with(folder, key)]
    erase(store, "c1", author="Aude")
    left = [path for folder in written() for path in files_with(folder, key)]
    # PostgreSQL's own journal keeps it until it is recycled: the operator's manual says so.
    assert [path for path in left if "pg_wal" not in path.parts] == []
    assert list(store.read("contact").index) == ["other"]
    assert store.record("action", "do")["contact_id"] == ""
    assert store.read("proposal").empty
    past = decrypt(store, store.read("contact", first))
    assert past.loc["c1", [*FIELDS]].to_dict() == dict.fromkeys(FIELDS, ERASED)
    now = decrypt(store, store.read("contact"))
    assert now.loc["other", "contact_name"] == PERSON["contact_name"]
    with pytest.raises(UnknownCodeError):
        erase(store, "c1", author="Aude")
    with pytest.raises(UnknownCodeError, match="effacé à sa demande"):
        put_person(store)


def test_nothing_brings_an_erased_person_back(store: Store, tmp_path: Path) -> None:
    first = put_person(store)
    put(store, "contact", "unsealed", actor_id="a")
    kept = tmp_path / "avant.zip"
    backup(store, kept)
    erase(store, "c1", author="Aude")
    erase(store, "unsealed", author="Aude")
    assert not history.record_restored(store, "contact", "c1", first)
    for undo in (
        lambda: store.write(history.everything_restored(store, first), author="B", message="m"),
        lambda: restore(store, kept, author="B"),
    ):
        undo()
        assert store.read("contact").empty
        assert keyring(store).existing(["c1"]) == {}


def test_a_contact_with_nothing_sealed_goes_back_too(store: Store) -> None:
    put(store, "contact", "c", actor_id="before")
    then = put(store, "actor", "a")
    put(store, "contact", "c", actor_id="after")
    store.write(history.everything_restored(store, then), author="B", message="m")
    assert store.record("contact", "c")["actor_id"] == "before"


def test_going_back_publishes_nobody_who_withdrew_since(store: Store) -> None:
    names = ["contact_name", "contact_email"]
    first = put_person(store, published=names, consent_date="2026-01-05", consent_basis="courriel")
    for again in (
        history.everything_restored,
        lambda store, at: history.record_restored(store, "contact", "c1", at),
    ):
        store.write(withdrawn(store, "c1"), author="Aude", message="Retrait")
        put(store, "actor", "a", town="après")
        if made := again(store, first):
            store.write(made, author="B", message="Retour")
        assert consented(store).empty
        assert store.record("contact", "c1")["consent_basis"] == ""
        store.write(Changes.removal("contact", "c1"), author="Aude", message="Suppression")
        store.write(again(store, first), author="B", message="Retour")
        assert consented(store).empty


def test_only_what_was_consented_to_is_given(store: Store) -> None:
    assert consented(store).empty
    put_person(store, "silent")
    put_person(store, "partly", published=["contact_name", "contact_email"])
    put_person(store, "hidden", published=[*FIELDS], status="retiree")
    found = consented(store)
    assert found.to_dict("index") == {
        "partly": {
            "actor_id": "a",
            "contact_name": PERSON["contact_name"],
            "contact_role": "",
            "contact_email": PERSON["contact_email"],
            "contact_phone": "",
        }
    }
    put_person(store, "partly", published=["contact_name"])
    assert list(consented(store)["contact_email"]) == [""]
    put_person(store, "partly", published=[])
    assert consented(store).empty


def test_another_process_loses_the_key_at_once(store: Store, place: StoreLocation) -> None:
    put_person(store, published=[*FIELDS])
    other = Store.create(place.folder, place.postgres)
    assert list(consented(other)["contact_name"]) == [PERSON["contact_name"]]
    keyring(store).destroy("c1")
    assert "Quandalle" not in consented(other).to_string()
    other.connection.close()


def test_a_contact_deleted_before_is_erased_from_the_past(store: Store) -> None:
    first = put_person(store)
    put_person(store, "other")
    store.write(Changes.removal("contact", "c1"), author="Aude", message="Suppression")
    assert [*known_people(store, "Quandalle").index] == ["c1", "other"]
    erase(store, "c1", author="Aude")
    assert history.entries(store)[0].message == "Effacement d’un contact à sa demande"
    assert not history.record_restored(store, "contact", "c1", first)
    assert [*known_people(store, "Quandalle").index] == ["other"]
    with pytest.raises(UnknownCodeError):
        erase(store, "c1", author="Aude")


def test_what_is_no_contact_is_not_erased_as_one(store: Store) -> None:
    put_person(store)
    for name in (OWNERS, "request"):
        key = keyring(store).key(name)
        with pytest.raises(UnknownCodeError):
            erase(store, name, author="Aude")
        assert keyring(store).key(name) == key
