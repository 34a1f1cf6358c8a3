"""Who asks to be put in touch: in no file, log or export, forgotten everywhere and for good."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from geo.directory.requests import erasure
from geo.directory.requests.delivery import deliver
from geo.directory.requests.figures import figures
from geo.directory.requests.states import annotate, decrypt_request, today
from geo.directory.schema import KINDS
from geo.directory.store.backup import backup, restore
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.keys import keyring
from geo.directory.store.store import Store
from geo.directory.store.versions import VERSION
from geo.directory.submit import submit
from geo.errors import UnreadableStoreError
from geo.output.collections import COLLECTIONS
from geo.output.full_export import complete_zip
from tests.directory.requests.drawn import COLETTE, MAYOR, SECRETS, sent
from tests.smtp import mail_server
from tests.store.conftest import Places
from tests.store.drawn import files_with, put
from tests.store.past import altered, in_force

Folders = Callable[[], list[Path]]
NOTE = "Rappeler Zénobie au bureau"


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


def found(folders: list[Path], *texts: str | bytes) -> list[Path]:
    return [path for folder in folders for path in files_with(folder, *texts)]


def test_whoever_asks_is_in_no_file_no_log_and_no_export(
    store: Store,
    written: Folders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_server() as postman:
        monkeypatch.setenv("CATALYSE_SMTP", postman.url)
        monkeypatch.setenv("CATALYSE_SECRETARIAT", "secretariat@refus.invalid")
        done = sent(store)
        assert done.delivery == "echec"
        monkeypatch.setenv("CATALYSE_SMTP", "smtp://127.0.0.1:1")
        assert deliver(store, done.request_id)[0] == "echec"
    submit(annotate(store, done.request_id, NOTE), "Note", COLETTE, store)
    first = {**store.record("request", done.request_id), "revision": 0}
    many = [{**first, "request_id": f"demande-{i}"} for i in range(40)]  # enough for a file
    store.write(Changes.one("request", *many), author="visiteur", message="m")
    backup(store, tmp_path / "s.zip")
    (tmp_path / "figures.csv").write_text(figures(store, today()).to_csv(), encoding="utf-8")
    (tmp_path / "base.zip").write_bytes(complete_zip(store, author="C", reason="Essai"))
    # The mail server of the test tells its own log what it receives; it is not ours.
    ours = [one.getMessage() for one in caplog.records if one.name != "mail.log"]
    assert len(ours) > 1
    (tmp_path / "log.txt").write_text("\n".join(ours), encoding="utf-8")
    folders = [*written(), tmp_path]
    assert found(folders, done.request_id)
    secrets = (*SECRETS, NOTE, MAYOR["phone"].replace(" ", ""))
    assert found(folders, *secrets) == []
    assert not any(secret in repr(store) for secret in secrets)
    assert decrypt_request(store, done.request_id)[1]["team_note"] == NOTE


def test_no_collection_of_the_api_holds_requests(store: Store) -> None:
    sent(store)
    assert not any("request" in name for name in COLLECTIONS)


def test_forgetting_destroys_the_key_in_every_file(store: Store, written: Folders) -> None:
    done, other = sent(store), sent(store)
    key = keyring(store).existing([done.request_id])[done.request_id]
    assert found(written(), key)
    erasure.erase_by_link(store, done.erasure)
    left = found(written(), key)
    assert [path for path in left if "pg_wal" not in path.parts] == []
    assert list(store.read("request").index) == [other.request_id]


def test_the_delay_destroys_keys_too(store: Store, written: Folders) -> None:
    done = sent(store)
    key = keyring(store).existing([done.request_id])[done.request_id]
    assert erasure.expire(store, today() + timedelta(days=400)) == 1
    left = found(written(), key)
    assert [path for path in left if "pg_wal" not in path.parts] == []


def test_a_backup_gives_back_who_asked_and_nobody_forgotten_since(
    store: Store, tmp_path: Path
) -> None:
    kept, gone = sent(store), sent(store)
    backup(store, tmp_path / "s.zip")
    erasure.erase_by_link(store, gone.erasure)
    since = sent(store)
    restore(store, tmp_path / "s.zip", author="C")
    assert {*store.read("request").index} == {kept.request_id, since.request_id}
    other = Store.create(tmp_path / "ailleurs")
    restore(other, tmp_path / "s.zip", author="C")
    assert decrypt_request(other, kept.request_id)[1]["need"] == MAYOR["need"]
    other.connection.close()


def test_an_older_backup_over_a_base_keeps_the_requests_it_could_not_know(
    store: Store, kept: Path
) -> None:
    put(store, "actor", "a")
    done = sent(store)
    restore(store, kept / "sauvegarde.zip", author="C")
    assert decrypt_request(store, done.request_id)[1]["need"] == MAYOR["need"]
    assert "a3" in store.read("actor").index or "a1" in store.read("actor").index


def test_an_older_store_takes_requests_once_it_is_brought_up_and_is_backed_up(
    older: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = older()
    in_force(place, monkeypatch)
    store = Store.create(place.folder, place.postgres)
    done = sent(store)
    assert backup(store, tmp_path / "s.zip") == store.snapshot()
    assert decrypt_request(store, done.request_id)[1]["need"] == MAYOR["need"]
    store.connection.close()


def test_a_store_of_version_2_comes_up_too(store: Store, place: StoreLocation) -> None:
    put(store, "actor", "a")
    store.connection.close()
    made_since = [kind.table for kind in KINDS.values() if kind.since > 2]
    older = [(kind.table, one) for kind in KINDS.values() for one in kind.fields if kind.since <= 2]
    begun = [f"lake.{table} DROP COLUMN {one.name}" for table, one in older if one.since > 2]
    altered(
        place,
        *(f"DROP TABLE lake.{table}" for table in made_since),
        *(f"ALTER TABLE {text}" for text in begun),
        "UPDATE lake.turn SET version = 2",
    )
    again = Store.create(place.folder, place.postgres)
    done = sent(again)
    assert (again.version(), again.read_only) == (VERSION, "")
    assert "a" in again.read("actor").index
    assert decrypt_request(again, done.request_id)[1]["need"] == MAYOR["need"]
    again.connection.close()


def test_with_the_keys_lost_nothing_is_taken_nor_said_to_be_erased(
    store: Store, place: StoreLocation
) -> None:
    done = sent(store)
    if place.postgres:
        pytest.skip("its keys are in a table")
    place.keys.unlink()
    with pytest.raises(UnreadableStoreError):
        sent(store)
    with pytest.raises(UnreadableStoreError):
        decrypt_request(store, done.request_id)
