"""Writers wait for each other, on both catalogues, and for nobody that is dead or gone for good."""

import threading
import time
from typing import Any

import pytest

from geo.directory.store import turns
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.store import Store
from geo.errors import BusyStoreError
from tests.store import worker
from tests.store.drawn import put
from tests.store.worker import Worker

HELD_S = 0.6
AT_ONCE_S = 10  # half of the patience


def test_a_write_waits_for_the_turn_of_another(store: Store, place: StoreLocation) -> None:
    written_at: list[float] = []

    def write() -> None:
        put(store, "actor", "later")
        written_at.append(time.monotonic())

    with place.turn():
        writing = threading.Thread(target=write)
        writing.start()
        time.sleep(HELD_S)
        assert not written_at
        assert store.read("actor").empty  # nobody waits to read
        left_at = time.monotonic()
    writing.join()
    assert written_at[0] > left_at
    assert [*store.read("actor").index] == ["later"]


def test_who_waits_too_long_is_told_so(
    store: Store, place: StoreLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_PATIENCE_S", HELD_S)
    with place.turn(), pytest.raises(BusyStoreError, match="Rien n’a été écrit"):
        put(store, "actor", "a")
    put(store, "actor", "a")
    assert [*store.read("actor").index] == ["a"]


def test_a_thread_waits_no_longer_than_a_process(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_PATIENCE_S", HELD_S)
    writes, ends = threading.Event(), threading.Event()
    commit = store._commit  # noqa: SLF001 - a storage that does not answer holds it there

    def held_up(*what: Any) -> int:
        writes.set()
        assert ends.wait(AT_ONCE_S)
        return commit(*what)

    monkeypatch.setattr(store, "_commit", held_up)
    silent = threading.Thread(target=put, args=(store, "actor", "long"))
    silent.start()
    assert writes.wait(AT_ONCE_S)
    try:
        with pytest.raises(BusyStoreError, match="Rien n’a été écrit"):
            put(store, "actor", "told")
    finally:
        ends.set()
        silent.join()
    assert [*store.read("actor").index] == ["long"]


def test_the_turn_of_the_dead_is_free(store: Store, place: StoreLocation) -> None:
    holder = Worker(worker.hold_a_turn, place)
    assert holder.hear() == "held"
    holder.kill()
    asked_at = time.monotonic()
    put(store, "actor", "a")
    assert time.monotonic() - asked_at < AT_ONCE_S
