"""Which past is asked: a date, a second one, and whether of the world or of the base."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from geo.query import parameters as p
from geo.query.parameter import Parameter
from geo.query.query import Query
from geo.query.time_parameters import EXISTED, KNEW, last_day, today


@dataclass(frozen=True)
class PastQuestion:
    """A date as it was written, "" for now; another to compare it with, "" for none; a reading.

    ``reading``: ``EXISTED`` (what the records of today date) or ``KNEW`` (the base's history).
    """

    date: str = ""
    compared: str = ""
    reading: str = EXISTED

    @classmethod
    def of(cls, wanted: Query) -> "PastQuestion":
        """Read the question of an address."""
        return cls(wanted[p.DATE], wanted[p.COMPARED_DATE], wanted[p.READING])

    @property
    def is_now(self) -> bool:
        """Return whether nothing of the past is asked."""
        return not self.date and not self.compared

    @property
    def of_base(self) -> bool:
        """Return whether the base's own history is asked."""
        return self.reading == KNEW

    @property
    def day(self) -> dt.date:
        """Return the day that is shown."""
        return last_day(self.date) if self.date else today()

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """Return the two days compared, the earlier first; None where one is asked, or the same."""
        if not self.compared:
            return None
        first, last = sorted((self.day, last_day(self.compared)))
        return (first, last) if first < last else None

    def values(self) -> dict[Parameter[Any], Any]:
        """Return the parameters of its address; nothing for now."""
        if self.is_now:
            return {}
        return {p.DATE: self.date, p.COMPARED_DATE: self.compared, p.READING: self.reading}


NOW: Final = PastQuestion()
"""Nothing of the past."""
