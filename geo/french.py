"""French as it is printed: spaces that do not break, numbers, plurals, quotation marks."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

NBSP: Final = "\u00a0"
THIN: Final = "\u202f"
CONTROLS: Final = r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"
"""Line ends, escape sequences, marks that turn a text around: no printed line holds them."""
_MASCULINE: Final = frozenset({"CRTE", "PETR", "Pays", "Pôle", "Pacte", "Grand"})
_FEMININE: Final = frozenset({"CA", "CC", "CU", "Communauté", "Métropole"})
_VOWELS: Final = "AÂEÉÈÊIÎOÔUYH"
_KM: Final = 1000.0
_NEAR_KM: Final = 10.0
_BEFORE: Final = re.compile(r" (?=[:;?!»](?:\s|$|[.,)<…]))|(?<=\bn°) (?=\d)")
_THOUSANDS: Final = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))")


def number(value: float, decimals: int = 0) -> str:
    """Write a number: 12 345,6 with a thin space by thousands and a decimal comma."""
    return f"{value:,.{decimals}f}".replace(",", THIN).replace(".", ",")


def decimal(value: float) -> str:
    """Write a number as short as it can be, with a decimal comma: « 2,5 », « 50 »."""
    return f"{value:g}".replace(".", ",")


def count(quantity: int, noun: str, plural: str = "") -> str:
    """Write a quantity and its noun, plural from two: « 1 catalyseur », « 2 catalyseurs »."""
    word = (plural or f"{noun}s") if quantity > 1 else noun
    return f"{number(quantity)}{NBSP}{word}"


def distance(metres: float) -> str:
    """Write a distance in kilometres, to the hundred metres under ten; missing: « — »."""
    if metres != metres:  # noqa: PLR0124 - NaN alone differs from itself
        return "—"
    kilometres = metres / _KM
    return f"{number(kilometres, 1 if kilometres < _NEAR_KM else 0)}{NBSP}km"


def quoted(text: str) -> str:
    """Put a text between French quotation marks."""
    return f"«{NBSP}{text}{NBSP}»"


def of_place(name: str) -> str:
    """Write « de » before the name of a territory, as its first word wants it."""
    first = name.partition(" ")[0]
    if first in _MASCULINE:
        return f"du {name}"
    if first in _FEMININE:
        return f"de la {name}"
    return f"d’{name}" if first[:1] in _VOWELS else f"de {name}"


def typeset(text: str) -> str:
    """Put spaces that do not break before « : ; ? ! », inside quotation marks, after « n° ».

    Thousands are parted as ``number`` parts them.
    """
    parted = _THOUSANDS.sub(THIN, text)
    return _BEFORE.sub(NBSP, parted).replace("« ", f"«{NBSP}")


def either(words: Sequence[str]) -> str:
    """Join alternatives: « a, b ou c »."""
    return " ou ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


@cache
def _paris() -> tuple[tzinfo, str]:
    try:
        return ZoneInfo("Europe/Paris"), ""
    except ZoneInfoNotFoundError:  # a machine without the list of time zones
        return UTC, f"{NBSP}UTC"


def moment(iso: str) -> str:
    """Write a UTC moment as it is read in mainland France: « 21/11/2026 à 14 h 05 »."""
    zone, mark = _paris()
    local_time = datetime.fromisoformat(iso).astimezone(zone)
    return local_time.strftime(f"%d/%m/%Y à %H{NBSP}h{NBSP}%M{mark}")


def day_in_france(moment: datetime) -> date:
    """Return the day of a moment, as it is counted in mainland France."""
    zone, _ = _paris()
    return moment.astimezone(zone).date()
