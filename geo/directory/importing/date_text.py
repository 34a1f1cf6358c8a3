"""Dates as people and their tools write them, brought to ISO: YYYY, YYYY-MM or YYYY-MM-DD."""

import datetime as dt
import re
from typing import Final

from geo.directory.importing.fields import plain

_ISO: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?")
_PACKED: Final = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])")
_NUMBERS: Final = re.compile(
    r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})(?: .*)?|(\d{1,2})[/.-](\d{1,2})[/.-](\d\d)(?: .*)?"
)
_WORDS: Final = re.compile(
    r"(?:le )?(?:[a-z]+di |[a-z]{3} )?(?:(\d{1,2})(?:er)? )?([^\W\d]+) (\d{4}|\d\d)(?: .*)?"
)
_ENGLISH_WORDS: Final = re.compile(r"([^\W\d]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})(?: .*)?")
_SERIAL: Final = re.compile(r"([2-6]\d{4})(?:[.,]\d+)?")
_SECONDS: Final = re.compile(r"(1\d{9})(?:\d{3})?")
_SPREADSHEET_DAY_0: Final = dt.date(1899, 12, 30)
_MONTHS: Final = (
    *(("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april")),
    *(("mai", "may"), ("juin", "june"), ("juillet", "july"), ("aout", "august")),
    *(("septembre", "september"), ("octobre", "october"), ("novembre", "november")),
    ("decembre", "december"),
)
_OLDEST, _LATEST = 1700, 2200
_CUT: Final = 3
"""Letters of a month that tell it, « mar » and « mai » apart."""
_AHEAD: Final = 10
"""Years to come that two digits may mean: beyond them they are of the last century."""


def iso(text: str, *, month_first: bool = False) -> str:
    """Write a date as ISO, empty when it is none; 12/01/2024 is in January unless month first."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return _date(*found.groups())
    if found := _NUMBERS.fullmatch(text):
        day, month, year = found.groups()[:3] if found[3] else found.groups()[3:]
        day, month = (month, day) if month_first and day else (day, month)
        return _date(year, month, day)
    if found := _PACKED.fullmatch(text):
        return _date(*found.groups())
    return _counted(text) or _in_words(plain(text))


def is_numbers(text: str) -> bool:
    """Return whether a date is in numbers whose order a reader must know: 12/01/2024."""
    return _NUMBERS.fullmatch(text.strip()) is not None


def is_counted(text: str) -> bool:
    """Return whether a date is a count of days or of seconds, as spreadsheets and programs do."""
    return bool(_counted(text.strip()))


def _counted(text: str) -> str:
    """Read the days since 1900 of a spreadsheet, and the seconds since 1970 of a program."""
    if found := _SERIAL.fullmatch(text):
        return (_SPREADSHEET_DAY_0 + dt.timedelta(days=int(found[1]))).isoformat()
    if found := _SECONDS.fullmatch(text):
        return dt.datetime.fromtimestamp(int(found[1]), dt.UTC).date().isoformat()
    return ""


def _in_words(folded: str) -> str:
    if found := _ENGLISH_WORDS.fullmatch(folded):
        word, day, year = found.groups()
    elif found := _WORDS.fullmatch(folded):
        day, word, year = found.groups()
    else:
        return ""
    month = _month(word)
    return _date(year, str(month), day) if month else ""


def _month(word: str) -> int:
    """Return the number of a month, whole or cut as « janv » and « sept », 0 for none."""
    if len(word) < _CUT:
        return 0
    cut = [at for at, names in enumerate(_MONTHS, 1) if any(n.startswith(word) for n in names)]
    return cut[0] if len(cut) == 1 else 0


def _date(year: str, month: str | None, day: str | None) -> str:
    try:
        checked = dt.date(_whole(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    if not _OLDEST <= checked.year <= _LATEST:
        return ""
    return checked.isoformat()[: 10 if day else 7 if month else 4]


def _whole(year: str) -> int:
    """Return the year that four digits say, or two: 24 is 2024, 98 is 1998."""
    if len(year) > len("24"):
        return int(year)
    soon = dt.datetime.now(dt.UTC).year + _AHEAD
    return int(f"20{year}") if int(f"20{year}") <= soon else int(f"19{year}")
