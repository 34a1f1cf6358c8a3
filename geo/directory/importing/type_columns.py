"""Columns that say what kind each row is: « type », « catégorie », « statut »; and their words."""

import re
from collections import Counter
from typing import Final

from geo.directory.importing.column_titles import title_words
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.table import Table
from geo.directory.importing.terms import VOCABULARIES, stated, stem

_TITLES: Final = frozenset(
    ("type", "typologie", "typo", "categorie", "category", "statut", "nature", "famille", "genre",
     "secteur", "thematique", "theme", "domaine", "label", "activite", "metier", "service",
     "calque", "classification", "rubrique")
)  # fmt: skip
_OF_OTHERS: Final = frozenset(
    ("geometry", "geo", "result", "voie", "adresse", "address", "telephone", "contact", "commune",
     "territoire", "epci", "zone")
)  # fmt: skip
_CUTS: Final = re.compile(r"[;|\n]")
_MOST_WORDS, _LONGEST, _REPEATED = 60, 90, 2
_FEW: Final = 12


def type_columns(table: Table, mapping: Mapping) -> tuple[str, ...]:
    """List the columns of types that feed no vocabulary: few words, many rows."""
    return tuple(
        column
        for column in table.columns
        if mapping.field_of(column) not in VOCABULARIES
        and _is_titled(column)
        and _is_of_types(type_words(table, column))
    )


def type_words(table: Table, column: str) -> Counter[str]:
    """Count the rows of each word of a column, spelt as first met."""
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for cell, rows in Counter(table.cells[column]).items():
        for piece in pieces(cell):
            counts[spelt.setdefault(stem(piece), piece)] += rows
    return counts


def pieces(cell: str) -> list[str]:
    """Cut a cell in the words that it lists."""
    return [piece.strip() for piece in _CUTS.split(cell) if stated(piece)]


def _is_titled(column: str) -> bool:
    words = {word.rstrip("s") for word in title_words(column)}
    return bool(words & _TITLES) and not words & _OF_OTHERS


def _is_of_types(counts: Counter[str]) -> bool:
    if not counts or len(counts) > _MOST_WORDS or max(map(len, counts)) > _LONGEST:
        return False
    if not any(re.search(r"[^\W\d_]{2}", word) for word in counts):
        return False
    return len(counts) <= _FEW or counts.total() >= _REPEATED * len(counts)
