"""Visitors at work on the real server: every page answers, and memory stays where it was."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.load.crowd import Crowd, Figures, load
from bench.load.process import children, cpu_s, megabytes
from tests.browser.harness import serve, terminal

ROUND = Crowd(users=4, seconds=300, think_s=0, reruns=75, seed=7)
AGAIN = replace(ROUND, reruns=50)
GROWTH_MB = 27  # for a hundred passages more
ACTIONS = {"ouvrir Trouver", "chercher", "filtrer", "ouvrir Territoire", "ouvrir Carte"}


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, int]]:
    before = children()
    with serve() as url:
        (process,) = children() - before
        yield url, process


@pytest.fixture(scope="module")
def first(server: tuple[str, int]) -> Figures:
    url, process = server
    return load(url, ROUND, [process])


def test_visitors_meet_no_fault(server: tuple[str, int], first: Figures) -> None:
    assert first.reruns >= ROUND.reruns
    assert (first.refused, dict(first.errors)) == (0, {}), terminal(server[0])[-4000:]
    assert first.took.keys() >= ACTIONS
    assert first.processor_s > 0
    told = first.as_json()
    assert told["passages"] == first.reruns
    assert sum(one["passages"] for one in told["par action"].values()) == first.reruns


def test_the_same_visitors_again_take_no_more_memory(
    server: tuple[str, int], first: Figures
) -> None:
    assert first.reruns
    url, process = server
    held = []
    for _ in range(4):
        load(url, AGAIN, [process])
        held.append(megabytes(process))
    assert min(held[2:]) - min(held[:2]) < GROWTH_MB, held


def test_a_process_that_is_gone_costs_nothing() -> None:
    assert (megabytes(2**22 + 1), cpu_s(2**22 + 1)) == (0, 0)
