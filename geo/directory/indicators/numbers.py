"""Figures as official tables write them, in French or not."""

import math
import re
from collections.abc import Collection
from typing import Final

_SPACES: Final = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_MINUS: Final = "\u2212"


def is_missing(text: str, missing: Collection[str]) -> bool:
    """Return whether a cell says that the figure is unknown or secret."""
    cell = text.strip().casefold()
    return not cell or cell in missing


def parse_number(text: str) -> float | None:
    """Read one figure: decimal comma or point, spaces by thousands; None when it is no number.

    A cell with a comma and a point is refused: it cannot be told which one is decimal.
    """
    bare = text
    if not _NUMBER.fullmatch(bare):
        bare = _SPACES.sub("", text).replace(_MINUS, "-")
        if not _NUMBER.fullmatch(bare):
            return None
    value = float(bare.replace(",", "."))
    return value if math.isfinite(value) else None
