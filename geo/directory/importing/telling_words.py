"""Cells that tell by themselves what a column without a title holds: towns, postcodes, profiles."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from geo.directory.importing.fields import plain, plain_all
from geo.directory.importing.terms import term
from geo.reference import france
from geo.reference.postcodes import all_postcodes

_STREET: Final = re.compile(
    r"(?:\d+ ?(?:bis|ter|[a-d])?,? )?(?:rue|avenue|av\.?|bd|boulevard|place|chemin|route|impasse|"
    r"all[ée]e|quai|cours|square|passage|zone|z\.?a\.?|lieu[- ]dit) .+",
    re.IGNORECASE,
)
_MOST: Final = 0.6


def is_town(text: str) -> bool:
    """Tell the name of a commune of today."""
    return plain(text) in _towns()


def is_postcode(text: str) -> bool:
    """Tell a postcode that some commune has, its first zero lost or not."""
    return text.zfill(5) in all_postcodes()


TELLING: Final[dict[str, Callable[[str], object]]] = {
    "postcode": is_postcode,
    "town": is_town,
    "profile": lambda text: term("profile", text),
    "address": _STREET.fullmatch,
}
"""Return whether a cell is of a field, by its content alone, the surest field first."""


def told_by(texts: Iterable[str]) -> str:
    """Return the field that most of some texts tell, empty for none."""
    some = [text for text in texts if text]
    if not some:
        return ""
    shares = {
        field: sum(bool(test(text)) for text in some) / len(some) for field, test in TELLING.items()
    }
    return next((field for field, share in shares.items() if share > _MOST), "")


@cache
def _towns() -> frozenset[str]:
    return frozenset(plain_all(france.communes()["commune_name"]).values()) - {""}
