"""Dates as people write them, brought to ISO: YYYY, YYYY-MM or YYYY-MM-DD."""

import datetime as dt
import re
from typing import Final

from geo.directory.importing.fields import plain

_ISO: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?")
_PACKED: Final = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])")
_SHORT: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d\d)")
FRENCH: Final = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})(?: .*)?")
"""Day, month and year, in that order."""
_WORDS: Final = re.compile(
    r"(?:le )?(?:[a-z]+di )?(?:(\d{1,2})(?:er)? )?([^\W\d]+) (\d{4})(?: .*)?"
)
_MONTHS: Final = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_OLDEST, _LATEST = 1700, 2200
_CUT: Final = 3
"""Letters of a month that tell it, « mar » and « mai » apart."""


def iso(text: str) -> str:
    """Write a date as ISO, empty when it is none."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _date(*found.groups())
    if found := FRENCH.fullmatch(text):
        return _date(found[3], found[2], found[1])
    if found := _PACKED.fullmatch(text):
        return _date(*found.groups())
    if found := _SHORT.fullmatch(text):
        return _date(f"20{found[3]}", found[2], found[1])
    found = _WORDS.fullmatch(plain(text))
    if found and (month := _month(found[2])):
        return _date(found[3], str(month), found[1])
    return ""


def _month(word: str) -> int:
    """Return the number of a month, whole or cut as « janv » and « sept », 0 for none."""
    cut = [at for at, month in enumerate(_MONTHS, 1) if month.startswith(word)]
    return cut[0] if len(cut) == 1 and len(word) >= _CUT else 0


def _date(year: str, month: str | None, day: str | None) -> str:
    try:
        checked = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    if not _OLDEST <= checked.year <= _LATEST:
        return ""
    return checked.isoformat()[: 10 if day else 7 if month else 4]
