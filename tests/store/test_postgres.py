"""PostgreSQL that refuses, that is dumped, or that several ask for the same thing at once."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.encryption import consented, erase
from geo.directory.store.keys import keyring
from geo.directory.store.open import _HELD, open_store
from geo.directory.store.store import Store
from geo.errors import ReadOnlyStoreError
from tests.store import worker
from tests.store.conftest import MakePlace
from tests.store.drawn import files_with, put, put_person
from tests.store.server import Server, name_of
from tests.store.worker import Worker

MAKERS, KEYS = 3, 30
# In the language of its server: what the code understands cannot be these words.
_REFUSAL = """
CREATE FUNCTION refuser() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'droit refusé pour la table'; END $$;
CREATE TRIGGER refus BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuser();
"""
_DUMP = "BEGIN; SELECT 'read' FROM cles LIMIT 1;"
_LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid();
"""


@pytest.fixture
def catalogue() -> str:
    return "postgres"


def test_several_that_make_the_same_keys_at_once_have_the_same(new_place: MakePlace) -> None:
    place = new_place("postgres")
    names, start = [f"c{one}" for one in range(KEYS)], time.time() + 4
    workers = [Worker(worker.make_keys, place, names, start) for _ in range(MAKERS)]
    ((first,), *others) = [one.end() for one in workers]
    assert len(first) == KEYS
    assert others == [[first]] * (MAKERS - 1)


@pytest.mark.parametrize("table", ["cles", "ducklake_snapshot"])
def test_what_the_server_refuses_is_no_loss_of_data(
    store: Store, place: StoreLocation, server: Server, table: str
) -> None:
    put_person(store, published=["contact_name"])
    server.ask(_REFUSAL.format(table=table), name_of(place.postgres))
    with pytest.raises(ReadOnlyStoreError, match="PostgreSQL refuse"):
        put_person(store, "c2")
    assert len(consented(store)) == 1
    server.ask(f"DROP TRIGGER refus ON {table}", name_of(place.postgres))
    put_person(store, "c2")


def test_a_server_that_becomes_read_only_is_read_and_is_written_again(
    store: Store, place: StoreLocation, server: Server
) -> None:
    put(store, "actor", "a")
    base = name_of(place.postgres)
    server.ask(f"ALTER DATABASE {base} SET default_transaction_read_only = on; {_LEAVE}", base)
    with pytest.raises(ReadOnlyStoreError, match="PostgreSQL refuse"):
        put(store, "actor", "b")
    assert [*store.read("actor").index] == ["a"]
    reset = "SET default_transaction_read_only = off; "
    reset += f"ALTER DATABASE {base} RESET default_transaction_read_only; {_LEAVE}"
    server.ask(reset, base)
    put(store, "actor", "b")
    assert len(store.read("actor")) == 2


@contextmanager
def dumped(server: Server, base: str, what: str = _DUMP) -> Iterator[None]:
    """Keep a table for as long as the block lasts, as ``pg_dump`` reads that of the keys."""
    where = ["-h", "127.0.0.1", "-p", str(server.port), "-U", "postgres", "-d", base]
    with subprocess.Popen(
        [server.bin / "psql", "-qAtX", *where], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as dump:
        assert dump.stdin
        assert dump.stdout
        dump.stdin.write(f"SET statement_timeout = 0; {what}\n".encode())
        dump.stdin.flush()
        assert dump.stdout.readline() == b"read\n"
        yield
        dump.stdin.close()


def test_an_erasure_waits_for_no_dump_and_keeps_nobody_waiting(
    store: Store, place: StoreLocation, server: Server
) -> None:
    for name in ("c1", "c2"):
        put_person(store, name, published=["contact_name"])
    key = keyring(store).existing(["c1"])["c1"]
    with dumped(server, name_of(place.postgres)):
        since = time.monotonic()
        erase(store, "c1", author="Aude")
        assert [*consented(store).index] == ["c2"]
        assert time.monotonic() - since < 15
    erase(store, "c2", author="Aude")
    server.ask("CHECKPOINT")
    left = [path for path in files_with(server.data, key) if "pg_wal" not in path.parts]
    assert left == []


def test_a_catalogue_that_another_one_keeps_is_not_said_lost(
    place: StoreLocation, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_STORE", str(place.folder))
    monkeypatch.setenv("CATALYSE_CATALOGUE", place.postgres)
    base = name_of(place.postgres)
    server.ask(f"ALTER DATABASE {base} SET statement_timeout = '500ms'")
    store = open_store()
    put(store, "actor", "a")
    with dumped(server, base, "BEGIN; LOCK TABLE ducklake_snapshot; SELECT 'read';"):
        for act in (store.snapshot, lambda: put(store, "actor", "b")):
            with pytest.raises(ReadOnlyStoreError, match="PostgreSQL refuse"):
                act()
        _HELD.clear()
        with pytest.raises(ReadOnlyStoreError, match="PostgreSQL refuse"):
            open_store()
    assert "a" in open_store().read("actor").index
