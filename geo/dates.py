"""A date as people write it, to the year, the month or the day, and the days that it may mean."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Final

_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


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
