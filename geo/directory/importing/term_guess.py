"""Propose the item that a word of a file may mean, by likeness; a person accepts it or not."""

from functools import cache
from typing import Final

from rapidfuzz import fuzz

from geo import vocabulary
from geo.directory.importing.column_titles import SMALL
from geo.directory.importing.terms import VOCABULARIES, codes, stem

_SHORTEST: Final = 4
_ALIKE: Final = 86
"""Two words at most that differ by a letter in seven: « asociation »."""


def guess(field: str, word: str) -> str:
    """Return the code that a word may mean, empty when none or several do.

    By the first that answers: the only item that it begins (« asso »); the item whose name or
    hint it holds first, the longest of two (« fondation d’entreprise »); the only item spelt
    nearly so.
    """
    word_stem = stem(word)
    return _begun(field, word_stem) or _holding(field, word_stem) or _alike(field, word_stem)


def _begun(field: str, word_stem: str) -> str:
    begun = [code for code, name in codes(field).items() if stem(name).startswith(word_stem)]
    return begun[0] if len(word_stem) >= _SHORTEST and len(begun) == 1 else ""


def _holding(field: str, word_stem: str) -> str:
    words = word_stem.split()
    rated = [
        (-min(words.index(one) for one in main), len(text), code)
        for text, code in _writings(field)
        if (main := _main(text)) <= {*words}
    ]
    surest = max((rate[:2] for rate in rated), default=(0, 0))
    best = {rate[2] for rate in rated if rate[:2] == surest}
    return best.pop() if len(best) == 1 else ""


def _alike(field: str, word_stem: str) -> str:
    near = {code for text, code in _writings(field) if fuzz.ratio(text, word_stem) >= _ALIKE}
    return near.pop() if len(word_stem) >= _SHORTEST and len(near) == 1 else ""


def _main(text: str) -> set[str]:
    return {*text.split()} - SMALL or {text}


@cache
def _writings(field: str) -> tuple[tuple[str, str], ...]:
    """List the names and hints of the items of a field, as stems, with their codes."""
    listed = (item for name in VOCABULARIES[field] for item in vocabulary.items(name))
    return tuple(
        (stem(text), item.id)
        for item in listed
        for text in (item.label, *item.aliases, *item.hints, *item.activities)
    )
