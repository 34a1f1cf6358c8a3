"""Dates as a person reads them: « 2024 », « mai 2024 », « 1er mai 2024 »."""

from typing import Final

from geo.french import NBSP

_MONTHS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


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
