"""Limits that protect people and a geocoder hold for all processes of a machine together."""

import itertools
import multiprocessing
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from geo.directory.geocoding.geocoder import Geocoder
from geo.directory.geocoding.http import HttpClient
from geo.directory.geocoding.rate_limiter import RateLimiter
from geo.directory.requests.visit_limits import visit_limits
from geo.directory.requests.visits import BY_CLIENT, VisitLimits
from geo.directory.store.shared_counts import FILE, SharedCounts
from geo.directory.store.store import Store
from geo.errors import AtlasError
from tests.directory.geocoding.server import LATE, running

# The same interpreter, nothing shared with it but the folder.
APART = multiprocessing.get_context("spawn")
RATE, EACH = 20, 12


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "base")
    yield made
    made.connection.close()


def ask_many(url: str, folder: Path, start: Any) -> None:
    """Ask a geocoder as one process of the app does."""
    limiter = RateLimiter(RATE, SharedCounts(folder), "essai")
    geocoder = Geocoder(HttpClient(url, limiter))
    start.wait()
    for number in range(EACH):
        assert geocoder.search(f"{number} rue du Pont Nantes")


def test_the_rate_is_never_passed_by_all_processes_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A page run by another test stays the main module, which each process would run again.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules[__name__])
    with running(rate=RATE + LATE) as (url, script):
        start = APART.Barrier(3)
        workers = [APART.Process(target=ask_many, args=(url, tmp_path, start)) for _ in range(3)]
        for one in workers:
            one.start()
        for one in workers:
            one.join(120)
        assert [one.exitcode for one in workers] == [0, 0, 0]
        assert len(script.times) == 3 * EACH
        assert script.busiest_second() <= RATE + LATE
        assert script.refused == 0


def test_a_turn_that_waited_for_the_file_counts_from_its_end(tmp_path: Path) -> None:
    counts = SharedCounts(tmp_path)
    clock = itertools.count(1_000.0, 10.0).__next__  # ten seconds pass at each look
    assert counts.take_turn("essai", 5.0, clock) == 0
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        late = Thread(target=counts.take_turn, args=("essai", 5.0, clock))
        late.start()
        late.join(0.2)
        assert late.is_alive()
        assert clock() == 1_010.0  # it has not looked yet
        other.execute("ROLLBACK")
    late.join(5)
    assert counts.take_turn("essai", 5.0, lambda: 1_022.0) == pytest.approx(3.0)


def test_a_geocoder_that_refuses_one_process_is_left_alone_by_the_others(tmp_path: Path) -> None:
    one, other = (RateLimiter(RATE, SharedCounts(tmp_path), "essai") for _ in range(2))
    one.hold(30)
    since = time.monotonic()
    assert not other.take(0.2)
    assert not one.take(0.2)
    assert time.monotonic() - since < 2
    assert RateLimiter(RATE, SharedCounts(tmp_path), "un autre").take(0.2)


def test_a_clock_that_was_set_back_holds_nobody(tmp_path: Path) -> None:
    counts = SharedCounts(tmp_path)
    counts.hold("essai", 30, time.time() + 9_000)
    assert RateLimiter(RATE, counts, "essai").take(0.2)


def test_requests_are_counted_for_every_process_of_a_store(store: Store) -> None:
    visit_limits.cache_clear()
    limits = visit_limits(store)
    for turn in range(BY_CLIENT):
        limits.take("192.0.2.7", f"{turn}@a.fr")
    visit_limits.cache_clear()  # as another process, which makes its own
    other = visit_limits(store)
    assert other is not limits
    with pytest.raises(AtlasError, match="5 par heure"):
        other.take("192.0.2.7", "z@a.fr")
    for network in (8, 9):
        other.take(f"192.0.2.{network}", "1@a.fr")
    with pytest.raises(AtlasError, match="un même courriel"):
        limits.take("192.0.2.10", "1@a.fr")
    limits.take("192.0.2.7", "z@a.fr", now=time.time() + 3_700)
    held = (store.place.folder / FILE).read_bytes()
    assert not any(text in held for text in (b"192.0.2", b"@a.fr"))


def test_a_refusal_counts_nothing(tmp_path: Path) -> None:
    limits = VisitLimits(SharedCounts(tmp_path))
    for turn in range(BY_CLIENT):
        limits.take("192.0.2.7", "", now=1.0 + turn)
    for _ in range(9):
        with pytest.raises(AtlasError):
            limits.take("192.0.2.7", "maire@a.fr", now=9.0)
    for turn in range(3):
        limits.take(f"192.0.2.{turn}", "maire@a.fr", now=9.0)


@pytest.mark.parametrize("spoilt", ["missing", "garbled", "a folder"])
def test_a_file_that_cannot_be_used_stops_nothing(
    spoilt: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if spoilt == "garbled":
        (tmp_path / FILE).write_bytes(b"x" * 9_000)
    elif spoilt == "a folder":
        (tmp_path / FILE).mkdir()
    counts = SharedCounts(tmp_path / "absent" if spoilt == "missing" else tmp_path)
    limiter, limits = RateLimiter(2, counts, "essai"), VisitLimits(counts)
    assert limiter.take(0.1)
    assert not limiter.take(0.1)  # it still counts alone
    for turn in range(BY_CLIENT):
        limits.take("192.0.2.7", f"{turn}@a.fr")
    with pytest.raises(AtlasError, match="5 par heure"):
        limits.take("192.0.2.7", "z@a.fr")
    assert len([one for one in caplog.records if FILE in one.getMessage()]) == 1


def test_a_count_costs_little(tmp_path: Path) -> None:
    counts = SharedCounts(tmp_path)
    counts.take_turn("essai", 0)
    since = time.process_time()
    for _ in range(50):
        assert counts.take_turn("essai", 0) == 0
    assert (time.process_time() - since) / 50 < 0.004
