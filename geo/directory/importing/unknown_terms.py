"""Words of a file that no vocabulary holds: listed for a team to say what each stands for."""

from collections import Counter
from typing import Final, NamedTuple

from geo.directory.importing.mapping import Mapping
from geo.directory.importing.row_batch import RowBatch
from geo.directory.importing.table import Table
from geo.directory.importing.terms import VOCABULARIES, codes, stated, stem, term, terms

_SEVERAL: Final = ("practices",)
_SHORTEST: Final = 4


class UnknownTerm(NamedTuple):
    """One word of a field: how many rows have it, the code it may be the beginning of."""

    field: str
    word: str
    rows: int
    guess: str


def unknown_terms(table: Table, mapping: Mapping, most: int = 200) -> list[UnknownTerm]:
    """List the words that the vocabularies do not hold, the most frequent first.

    Those that the mapping explains are listed too, with what it says, so that it can be changed.
    """
    desk = RowBatch(table, mapping)
    found: list[UnknownTerm] = []
    for field in VOCABULARIES:
        own = mapping.own_words(field)
        for word, rows in _unknown(desk, field).most_common(most):
            found.append(UnknownTerm(field, word, rows, own.get(stem(word)) or _guess(field, word)))
    return sorted(found, key=lambda one: -one.rows)[:most]


def _unknown(desk: RowBatch, field: str) -> Counter[str]:
    """Count the words of a field that the vocabulary alone does not know, spelt as first met."""
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for text, rows in Counter(text for text in desk.texts(field) if stated(text)).items():
        for word in _pieces(field, text):
            counts[spelt.setdefault(stem(word), word)] += rows
    return counts


def _pieces(field: str, text: str) -> list[str]:
    if field in _SEVERAL:
        return terms(field, text)[1]
    return [] if term(field, text) else [text.strip()]


def _guess(field: str, word: str) -> str:
    """Return the only item that a word begins: « asso » for associations."""
    start = stem(word)
    begun = [code for code, name in codes(field).items() if stem(name).startswith(start)]
    return begun[0] if len(start) >= _SHORTEST and len(begun) == 1 else ""
