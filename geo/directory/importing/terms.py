"""Understand the words of a controlled vocabulary, however a file writes them."""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from geo import vocabulary
from geo.directory.importing.fields import plain

VOCABULARIES: Final = {
    "profile": ("profile", "actor_profile"),
    "practices": ("practice",),
    "object_kind": ("object_kind",),
    "location_precision": ("precision",),
}
"""Vocabularies that a field draws from; the first that knows a word wins."""
_CUTS: Final = (re.compile(r"[;|\n]"), re.compile(r"[;|\n,]"), re.compile(r"[;|\n,/+•]"),
                re.compile(r"[;|\n,/+•]|\s(?:et|&)\s", re.IGNORECASE))  # fmt: skip


@cache
def _words(field: str) -> dict[str, str]:
    """Map every way to write an item to its code: id, label, aliases, activities."""
    found: dict[str, str] = {}
    for name in VOCABULARIES[field]:
        for item in vocabulary.items(name):
            for text in (item.id, item.label, *item.aliases, *item.activities):
                found.setdefault(_stem(text), item.id)
    return found


def _stem(text: str) -> str:
    """Write words without accent, case nor plural."""
    return " ".join(word.rstrip("sx") for word in plain(text.replace("_", " ")).split())


def term(field: str, text: str) -> str:
    """Give the code a text names, empty when the vocabulary does not know it."""
    return _words(field).get(_stem(text), "")


def terms(field: str, text: str) -> tuple[list[str], list[str]]:
    """Cut a cell into items, by the mildest cut that leaves nothing unknown.

    Returns
    -------
    Codes without repetition, and the pieces that nobody knows.
    """
    tried = []
    for cut in _CUTS:
        pieces = [piece.strip() for piece in cut.split(text) if piece.strip()]
        codes = [term(field, piece) for piece in pieces]
        unknown = [piece for piece, code in zip(pieces, codes, strict=True) if not code]
        tried.append(([*dict.fromkeys(filter(None, codes))], unknown))
        if not unknown:
            break
    return max(tried, key=lambda found: (not found[1], len(found[0])))


understood: Final[dict[str, Callable[[str], bool]]] = {
    "profile": lambda text: bool(term("profile", text)),
    "practices": lambda text: bool(terms("practices", text)[0]),
    "object_kind": lambda text: bool(term("object_kind", text)),
    "location_precision": lambda text: bool(term("location_precision", text)),
}
"""Tell whether a cell names an item, by field."""
