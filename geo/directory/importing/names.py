"""Ids that stay the same from one import to the next, made of a name."""

import hashlib
from collections.abc import Container
from typing import Final

from geo.directory.importing.fields import plain

_LONGEST: Final = 100
_MARK: Final = 6


def slug(*parts: str) -> str:
    """Write words as an id: ``maison-des-alliances-nantes``; « fiche » when nothing is left."""
    words = "-".join("-".join(plain(part).split()) for part in parts if part.strip())
    return words[:_LONGEST].strip("-") or "fiche"


def free_id(parts: tuple[str, ...], origin: str, taken: Container[str]) -> str:
    """Give an id nobody has: the slug, else the slug and a mark drawn from the record.

    Parameters
    ----------
    origin
        What tells the record from its namesakes: its own id in the file, its address…
    """
    first = slug(*parts)
    found, turn = first, 0
    while found in taken:
        turn += 1
        seed = f"{origin}\n{turn}" if turn > 1 else origin
        found = f"{first}-{hashlib.sha256(seed.encode()).hexdigest()[:_MARK]}"
    return found
