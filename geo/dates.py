"""A date as people write it, to the year, the month or the day: in words, and what it may mean."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Final

from geo.french import NBSP

_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_MONTHS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@lru_cache(maxsize=4096)
def span(text: str) -> tuple[date, date] | None:
    """Return the first and last day that a date may mean, None where it is no date."""
    parts = _DATE.fullmatch(text)
    if parts is None:
        return None
    year, month, day = (int(part) if part else 0 for part in parts.groups())
    try:
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        return first, date(year, last_month, day or monthrange(year, last_month)[1])
    except ValueError:
        return None


def in_words(text: str) -> str:
    """Write an ISO date, whole or not, in French; what is none stays as it is."""
    year, *rest = text.split("-")
    if not all(part.isdigit() for part in (year, *rest)) or not rest:
        return text
    month = int(rest[0])
    if not 1 <= month <= len(_MONTHS):
        return text
    month_and_year = f"{_MONTHS[month - 1]}{NBSP}{year}"
    if len(rest) == 1:
        return month_and_year
    day = int(rest[1])
    return f"{'1er' if day == 1 else day}{NBSP}{month_and_year}"
