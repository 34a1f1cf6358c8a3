"""Real processes on one store: none loses a write, none that dies leaves half of one."""

import random
import time
from pathlib import Path

import pytest

from geo.directory.catalysts import read_catalysts
from geo.directory.store import history
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.network import network_records
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.settings import settings
from tests.store import worker
from tests.store.conftest import MakePlace
from tests.store.drawn import put
from tests.store.worker import MANY, Worker, opened

WRITERS, TIMES = 4, 8
KILLS = {"sqlite": 12, "postgres": 8}


def test_writers_at_once_lose_nothing(store: Store, place: StoreLocation) -> None:
    put(store, "project", "counter")
    names = "abcd"[:WRITERS]
    workers = [Worker(worker.write_many, place, name, TIMES) for name in names]
    said = [one.end() for one in workers]
    assert [len(one) for one in said] == [TIMES] * WRITERS
    assert store.record("project", "counter")["rank"] == WRITERS * TIMES
    expected = {f"{name}{turn}" for name in names for turn in range(TIMES)}
    assert {*store.read("actor").index} == expected
    told = history.entries(store, 1000)
    assert len(told) == 2 * WRITERS * TIMES + 1
    assert {one.author for one in told if one.message == "+1"} == {*names}
    assert len({one for each in said for one in each}) == WRITERS * TIMES


@pytest.mark.parametrize("task", ["import_on_and_on", "edit_on_and_on"])
def test_killed_at_any_moment_it_is_the_old_or_the_new_state(
    task: str, catalogue: str, store: Store, place: StoreLocation
) -> None:
    chance = random.Random(20_26)  # noqa: S311
    put(store, "project", "marker")
    put(store, "actor", "edited")
    store.connection.close()
    pace = 0.0
    for turn in range(KILLS[catalogue]):
        working = Worker(getattr(worker, task), place)
        start, since = working.hear(), time.monotonic()
        if turn == 0:  # one whole write tells how long they take here, now
            working.hear()
            pace = 1.5 * (time.monotonic() - since)
        time.sleep(chance.uniform(0, pace))
        told = working.kill()[-1]
        with opened(place) as after:
            number = worker.number_of(after)
            # What was told done is done; at most the one under way has come besides.
            assert told <= number <= told + 1, (start, told, number)
            towns = after.read("actor").drop("edited")["town"]
            if task == "import_on_and_on":
                assert set(towns) == ({str(number)} if number else set())
                assert len(towns) == (MANY if number else 0)
            else:
                assert after.record("actor", "edited")["town"] == (str(number) if number else "")
            since = time.monotonic()
            put(after, "action", f"after{turn}")
            assert time.monotonic() - since < 10
            messages = [one.message for one in history.entries(after, 10_000)]
            assert len([one for one in messages if one.startswith(("Import", "Éd"))]) == number
    assert number > 0


@pytest.mark.parametrize("catalogue", ["sqlite", "postgres"])
def test_a_new_place_opened_by_several_is_filled_once(catalogue: str, new_place: MakePlace) -> None:
    actors = len(read_catalysts(settings().catalysts_file)) + len(network_records()["actor"])
    place = new_place(catalogue, bare=True)
    workers = [Worker(worker.open_in_force, place) for _ in range(4)]
    for one in workers:
        one.hear()
    assert [one.end()[1:] for one in workers] == [[(actors, 1, "")]] * 4


def test_another_process_sees_what_the_app_wrote(
    place: StoreLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_STORE", str(place.folder))
    monkeypatch.setenv("CATALYSE_CATALOGUE", place.postgres)
    store = open_store()
    put(store, "actor", "brand-new")
    said = Worker(worker.open_in_force, place).end()
    assert said[-1] == (len(store.read("actor")), 2, "")


def test_a_moved_folder_is_still_the_store(tmp_path: Path) -> None:
    first = tmp_path / "first"
    store = Store.create(first)
    for turn in range(20):
        put(store, "actor", f"a{turn}")
    store.connection.close()
    with opened(StoreLocation(first.rename(tmp_path / "second"))) as moved:
        assert len(moved.read("actor")) == 20
