"""The maturity of one ecosystem in time: what its team judged, else what the base carried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from geo import database
from geo.dates import span
from geo.directory.ecosystems import Book, history
from geo.directory.ecosystems.rows import PUBLIC
from geo.directory.past import written_days
from geo.directory.store.store import Store

_FIRST: Final = 1


@dataclass(frozen=True)
class MaturityLevel:
    """A level, "" for none, and since when: ISO, as it was written. ``judged``: by the team."""

    since: str
    level: str
    judged: bool


def maturity_levels(store: Store, book: Book, ecosystem_id: str) -> list[MaturityLevel]:
    """List the levels of an ecosystem that the reader may see today, the oldest first.

    The team's assessments are on the day that they say; who may not read them reads what the
    published record carried, on the day that the base was told.
    """
    judged = [
        MaturityLevel(row["assessed_on"], row["maturity"], judged=True)
        for row in history(book, ecosystem_id)
    ]
    return judged or list(_levels_of_base(store, store.snapshot(), ecosystem_id))


@lru_cache(maxsize=32)
def _levels_of_base(store: Store, snapshot: int, ecosystem_id: str) -> tuple[MaturityLevel, ...]:
    text = database.sql("store/levels").format(first=_FIRST, last=int(snapshot))
    try:
        found = store.fetch(text, {"id": ecosystem_id}).to_pylist()
    except database.Fault:  # a base whose oldest states are gone says what it still can
        return ()
    days = written_days(store)
    levels: list[MaturityLevel] = []
    for row in found:
        level = row["maturity"] or "" if row["status"] in PUBLIC else ""
        if level != (levels[-1].level if levels else ""):
            day = next(day for day, last in days if last >= row["snapshot_id"])
            levels.append(MaturityLevel(day.isoformat(), level, judged=False))
    return tuple(levels)


def level_on(levels: Sequence[MaturityLevel], day: date) -> str:
    """Return the level of a day; nothing before the first."""
    known = [level.level for level in levels if (found := span(level.since)) and found[1] <= day]
    return known[-1] if known else ""
