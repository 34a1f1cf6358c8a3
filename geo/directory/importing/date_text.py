"""Dates as people write them, brought to ISO: YYYY, YYYY-MM or YYYY-MM-DD."""

import datetime as dt
import re
from typing import Final

from geo.directory.importing.fields import plain

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
FRENCH: Final = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})(?: .*)?")
"""Day, month and year, in that order."""
_WORDS: Final = re.compile(r"(?:(\d{1,2})(?:er)? )?([^\W\d]+) (\d{4})")
_MONTHS: Final = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_OLDEST, _LATEST = 1700, 2200


def iso(text: str) -> str:
    """Write a date as ISO, empty when it is none."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _date(*found.groups())
    if found := FRENCH.fullmatch(text):
        return _date(found[3], found[2], found[1])
    found = _WORDS.fullmatch(plain(text))
    if found and found[2] in _MONTHS:
        return _date(found[3], str(_MONTHS.index(found[2]) + 1), found[1])
    return ""


def _date(year: str, month: str | None, day: str | None) -> str:
    try:
        checked = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    if not _OLDEST <= checked.year <= _LATEST:
        return ""
    return checked.isoformat()[: 10 if day else 7 if month else 4]
