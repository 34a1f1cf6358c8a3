"""Time contenders for the same job on the same data, and compare what they answer."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Row = dict[str, Any]
WARM: Final = 10_000
SIZES: Final = (1_000_000, 200_000, 50_000)
LONGEST_S: Final = 20.0
BUDGET_S: Final = 12.0
LEAST, MOST = 2, 7


@dataclass(frozen=True)
class Contender:
    """One way to do a job: what may be made ready beforehand, then the job itself.

    `prepare` is not timed: it favours the other tools, whose tables and geometries are ready,
    over ours, which starts from plain arrays of longitude and latitude.
    """

    name: str
    prepare: Callable[[Floats, Floats], Any]
    answer: Callable[[Any], npt.NDArray[Any]]


@dataclass
class Report:
    """What one case found: rows of a table, and remarks."""

    title: str
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def once(job: Callable[[], Any]) -> tuple[float, Any]:
    """Time one call; give the seconds and the answer."""
    start = time.perf_counter()
    answer = job()
    return time.perf_counter() - start, answer


def repeat(job: Callable[[], Any]) -> tuple[list[float], Any]:
    """Time a job twice to seven times, as often as the budget lets."""
    seconds, answer = once(job)
    times = [seconds]
    while len(times) < LEAST or (len(times) < MOST and sum(times) + seconds < BUDGET_S):
        times.append(once(job)[0])
    return times, answer


def size_for(contender: Contender, lon: Floats, lat: Floats) -> tuple[int, float]:
    """Choose the largest sample that the contender should do in half a minute."""
    ready = contender.prepare(lon[:WARM], lat[:WARM])
    cold = once(lambda: contender.answer(ready))[0]
    warm = once(lambda: contender.answer(ready))[0]
    fits = [n for n in SIZES if n <= lon.size and warm * n / WARM <= LONGEST_S]
    return (fits[0] if fits else WARM), cold


def race(ours: Contender, others: list[Contender], lon: Floats, lat: Floats) -> list[Row]:
    """Time ours and each other on the same sample; ratios never mix sample sizes."""
    rows: list[Row] = []
    our_times: dict[int, list[float]] = {}
    our_answers: dict[int, npt.NDArray[Any]] = {}
    for contender in (ours, *others):
        n, cold = size_for(contender, lon, lat)
        for who in (ours, contender):
            if who is ours and n in our_times:
                continue
            ready = who.prepare(lon[:n], lat[:n])
            times, answer = repeat(partial(who.answer, ready))
            if who is ours:
                our_times[n], our_answers[n] = times, answer
        if contender is ours:
            times, answer = our_times[n], our_answers[n]
        rows.append(
            {
                "outil": contender.name,
                "n": n,
                "à froid, 10 000 (s)": round(cold, 3),
                "min (s)": round(min(times), 3),
                "médiane (s)": round(median(times), 3),
                "fois": len(times),
                "rapport": round(min(times) / min(our_times[n]), 1),
                "accord": share_equal(our_answers[n], answer),
                "_answer": answer,
            }
        )
    return rows


def share_equal(ours: npt.NDArray[Any], other: npt.NDArray[Any]) -> str:
    """Say the share of equal answers, never rounded up to 100 %."""
    share = float(np.mean(ours == other))
    return "100 %" if share == 1 else f"{min(share * 100, 99.9999):.4f} %"
