"""Ids that stay the same from one import to the next, made of a name."""

import hashlib
from collections.abc import Container
from typing import Final

from geo.directory.importing.fields import plain

_LONGEST: Final = 100
_MARK: Final = 6


def slug(text: str) -> str:
    """Write words as an id: ``maison-des-alliances``; « fiche » when nothing is left."""
    return joined(plain(text))


def joined(*words: str) -> str:
    """Write plain words as an id: « fiche » when there is none."""
    found = "-".join("-".join(some.split()) for some in words if some)
    return found[:_LONGEST].strip("-") or "fiche"


def free_id(first: str, origin: str, used_ids: Container[str]) -> str:
    """Return an id nobody has: the first choice, else with a mark drawn from the record.

    Parameters
    ----------
    origin
        What tells the record from its namesakes: its own id in the file, its address…
    """
    found, turn = first, 0
    while found in used_ids:
        turn += 1
        seed = f"{origin}\n{turn}" if turn > 1 else origin
        found = f"{first}-{hashlib.sha256(seed.encode()).hexdigest()[:_MARK]}"
    return found
