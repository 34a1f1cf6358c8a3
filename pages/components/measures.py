"""How long pages take to run, for ``/metrics``."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from time import perf_counter
from typing import Final

from prometheus_client import Histogram

_RUNS: Final = Histogram("catalyse_page_seconds", "Passages des pages.", ["page"])
HAS_RUN: Final = Event()
"""Set once a page has run."""


@dataclass
class Run:
    """One run of a page, named once the router knows it."""

    page: str = ""


@contextmanager
def measured() -> Iterator[Run]:
    """Measure a run, however it ends."""
    run, start = Run(), perf_counter()
    try:
        yield run
    finally:
        _RUNS.labels(run.page or "trouver").observe(perf_counter() - start)
        HAS_RUN.set()
