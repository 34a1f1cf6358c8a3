"""The dates worth a stop: those on which something of an ecosystem begins, ends or is noted."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import chain
from typing import Final

import pandas as pd

from geo.analysis.past.changes import Gathered
from geo.dates import span
from geo.directory.past import written_days
from geo.directory.store.store import Store
from geo.query.time_parameters import last_day, today

MOST: Final = 60
"""Stops of a slider that keys and a thumb can still reach one by one."""
_YEAR, _MONTH, _DAY = 4, 7, 10


def record_dates(current: Gathered) -> list[str]:
    """List the dates from which the records of today tell another state, the oldest first.

    As the records write them, to the year, the month or the day; to the month, then to the year,
    where there are more than ``MOST``. Today ends the list.
    """
    alliances = current.alliances
    undated = alliances[alliances["since"] == ""]
    source_frames = (
        frame[["source_date", "checked_on"]]
        for frame in (undated, current.actors, current.projects)
    )
    starts = chain(
        alliances["since"], *(column for frame in source_frames for column in _columns(frame))
    )
    texts = {text for text in starts if span(text)}
    texts |= {after for text in alliances["until"] if (after := _day_after(text))}
    return _few(texts)


def base_dates(store: Store) -> list[str]:
    """List the days on which the base was written, in the same way."""
    return _few(day.isoformat() for day, _ in written_days(store))


def _columns(frame: pd.DataFrame) -> Iterable[Iterable[str]]:
    return (frame[name].unique() for name in frame)


def _day_after(text: str) -> str:
    """Write the first moment after a date, as precise as it is."""
    found = span(text)
    if not found or found[1] == date.max:
        return ""
    return (found[1] + timedelta(days=1)).isoformat()[: len(text)]


def _few(texts: Iterable[str]) -> list[str]:
    """Order dates of the past, one for each day they stand for, and no more than ``MOST``."""
    current_day = today()
    past_texts = {text for text in texts if (found := span(text)) and found[0] <= current_day}
    for length in (_DAY, _MONTH, _YEAR):
        by_day = {last_day(text[:length]): text[:length] for text in sorted(past_texts)}
        if len(by_day) <= MOST:
            break
    by_day[current_day] = current_day.isoformat()
    return [by_day[day] for day in sorted(by_day)][-MOST - 1 :]
