"""Understand the words of a controlled vocabulary, however a file writes them."""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Final

from geo import vocabulary
from geo.directory.importing.fields import plain
from geo.directory.schema import ACTOR

_PARTS: Final = {"any_profile": ("profile", "actor_profile")}
VOCABULARIES: Final = {
    field.name: _PARTS.get(field.vocabulary, (field.vocabulary,))
    for field in ACTOR.fields
    if field.is_imported and field.vocabulary
}
"""Vocabularies that a field draws from; the first that knows a word wins."""
Own = Mapping[str, str]
_NONE: Final[Own] = {}
_CUTS: Final = (re.compile(r"[;|\n]"), re.compile(r"[;|\n,]"), re.compile(r"[;|\n,/+•]"),
                re.compile(r"[;|\n,/+•]|\s(?:et|&)\s", re.IGNORECASE))  # fmt: skip


@cache
def _words(field: str) -> dict[str, str]:
    """Map every way to write an item to its code: id, label, aliases, activities."""
    found: dict[str, str] = {}
    for name in VOCABULARIES[field]:
        for item in vocabulary.items(name):
            for text in (item.id, item.label, *item.aliases, *item.activities):
                found.setdefault(stem(text), item.id)
    return found


def stem(text: str) -> str:
    """Write words without accent, case nor plural."""
    return " ".join(word.rstrip("sx") for word in plain(text.replace("_", " ")).split())


def codes(field: str) -> dict[str, str]:
    """Return the codes that a field draws from, with their labels; none for free text."""
    listed = (item for name in VOCABULARIES.get(field, ()) for item in vocabulary.items(name))
    found: dict[str, str] = {}
    for item in listed:
        found.setdefault(item.id, item.label)
    return found


def term(field: str, text: str, own: Own = _NONE) -> str:
    """Return the code a text names, empty when neither the vocabulary nor the team knows it."""
    word = stem(text)
    return own.get(word) or _words(field).get(word, "")


def terms(field: str, text: str, own: Own = _NONE) -> tuple[list[str], list[str]]:
    """Cut a cell into items, by the mildest cut that leaves nothing unknown.

    ``own`` gives the words that a team uses itself: their stems and codes.

    Returns
    -------
    Codes without repetition, and the pieces that nobody knows.
    """
    tried = []
    for cut in _CUTS:
        pieces = [piece.strip() for piece in cut.split(text) if piece.strip()]
        codes = [term(field, piece, own) for piece in pieces]
        unknown = [piece for piece, code in zip(pieces, codes, strict=True) if not code]
        tried.append(([*dict.fromkeys(filter(None, codes))], unknown))
        if not unknown:
            break
    return max(tried, key=lambda found: (not found[1], len(found[0])))


_UNSTATED: Final = frozenset(
    map(
        stem,
        ("", vocabulary.UNSTATED_LABEL, "néant", "aucun", "aucune", "n.c.", "nc", "n/a", "null"),
    )
)


def stated(text: str) -> bool:
    """Tell a cell that says something from one that is blank or says that nothing is known."""
    return stem(text) not in _UNSTATED


understood: Final[dict[str, Callable[[str], object]]] = {
    **{field: partial(term, field) for field in VOCABULARIES},
    "practices": lambda text: terms("practices", text)[0],
}
"""Return whether a cell names an item, by field."""
