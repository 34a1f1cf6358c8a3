"""A date, a second one to compare it with, and which past: of the world, or of the base."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from geo.dates import span
from geo.errors import BadParameterError
from geo.french import day_in_france, quoted
from geo.query.parameter import Parameter
from geo.query.values import OneOf, Single

EXISTED, KNEW = "existait", "savait"
READINGS: Final = (EXISTED, KNEW)
_ASK: Final = "Donnez une date passée : AAAA, AAAA-MM ou AAAA-MM-JJ, par exemple 2024-03."
_QUOTE_CHARS: Final = 40


def today() -> date:
    """Return the day, in France as the history is dated."""
    return day_in_france(datetime.now(UTC))


def last_day(text: str) -> date:
    """Return the day that a date asked for stands for: its last, today at the latest.

    Raises
    ------
    ValueError
        It is no date.
    """
    found = span(text)
    if found is None:
        raise ValueError(text)
    return min(found[1], today())


@dataclass(frozen=True)
class PastDate(Single[str]):
    """A date to the year, the month or the day, none of the future; kept as it was written."""

    def parse_one(self, text: str, name: str, *, offered: bool) -> str:  # noqa: ARG002
        """Refuse what is no date, or has not come."""
        found = span(text)
        quoted_value = f"{name} {quoted(text[:_QUOTE_CHARS])}"
        if found is None:
            raise BadParameterError(f"Date illisible : {quoted_value}. {_ASK}", name)
        if found[0] > today():
            raise BadParameterError(f"Date à venir : {quoted_value}. {_ASK}", name)
        return text


DATE: Final = Parameter[str](
    "date",
    PastDate(),
    "",
    label="À la date",
    english="date",
    help="L’écosystème à cette date, passée : AAAA, AAAA-MM ou AAAA-MM-JJ.",
)
COMPARED_DATE: Final = Parameter[str](
    "depuis",
    PastDate(),
    "",
    label="Comparer avec",
    english="compared_date",
    help="Seconde date : dit ce qui a changé entre les deux.",
)
READING: Final = Parameter[str](
    "lecture",
    OneOf(READINGS),
    EXISTED,
    label="Quel passé\u00a0?",
    english="reading",
    help="existait : ce qui existait à cette date, d’après les fiches (par défaut) ; savait : ce "
    "que la base savait à cette date, d’après son historique.",
)
