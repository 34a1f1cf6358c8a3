"""Words of a file that no vocabulary holds: listed for a team to say what each stands for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from geo.directory.importing.declaration import DECLARABLE
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.row_batch import RowBatch
from geo.directory.importing.table import Table
from geo.directory.importing.term_guess import guess
from geo.directory.importing.terms import VOCABULARIES, stated, stem, term, terms
from geo.directory.importing.type_columns import type_columns, type_words

_SEVERAL: Final = ("practices",)


class UnknownTerm(NamedTuple):
    """One word of a file, and how many rows have it.

    ``field`` is what its column feeds, empty for a column of types; ``guess`` is the code that it
    may mean, of the field ``target``; ``is_confirmed`` tells that somebody said so.
    """

    field: str
    word: str
    rows: int
    guess: str
    column: str = ""
    target: str = ""
    is_confirmed: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        """Fields that the word may mean an item of."""
        return DECLARABLE if self.field in {"", "profile"} else (self.field,)


def unknown_terms(table: Table, mapping: Mapping, most: int = 200) -> list[UnknownTerm]:
    """List the words that the vocabularies do not hold, the most frequent first.

    Those of columns of types are listed whole: nothing feeds on them yet. Those that the mapping
    explains are listed too, with what it says, so that it can be changed.
    """
    batch = RowBatch(table, mapping)
    found = [*_of_fields(batch, most), *_of_types(batch, most)]
    return sorted(found, key=lambda one: -one.rows)[:most]


def meaning(mapping: Mapping, one: UnknownTerm, target: str, code: str) -> Mapping:
    """Return the mapping that says what a word means; no code forgets it.

    Raises
    ------
    UnknownItemError
        No vocabulary of the field has that code.
    """
    own = target == one.field and bool(one.field)
    about = mapping.about
    if one.column:
        about = about.explained(one.column, one.word, target, "" if own else code)
    mapping = replace(mapping, about=about)
    return mapping.explained(one.field, one.word, code if own else "") if one.field else mapping


def accepted(table: Table, mapping: Mapping) -> Mapping:
    """Return the mapping with every word that is only guessed taken for what it may mean."""
    for one in unknown_terms(table, mapping):
        if one.guess and not one.is_confirmed:
            mapping = meaning(mapping, one, one.target, one.guess)
    return mapping


def _of_fields(batch: RowBatch, most: int) -> Iterator[UnknownTerm]:
    for field in VOCABULARIES:
        column = next(iter(batch.mapping.columns_of(field)), "")
        for word, rows in _unknown(batch, field).most_common(most):
            yield _term(batch, UnknownTerm(field, word, rows, "", column))


def _of_types(batch: RowBatch, most: int) -> Iterator[UnknownTerm]:
    for column in type_columns(batch.table, batch.mapping):
        for word, rows in type_words(batch.table, column).most_common(most):
            yield _term(batch, UnknownTerm("", word, rows, "", column))


def _term(batch: RowBatch, one: UnknownTerm) -> UnknownTerm:
    """Complete a word with what was said of it, else with what it may mean."""
    if one.field and (code := batch.mapping.own_words(one.field).get(stem(one.word))):
        return one._replace(guess=code, target=one.field, is_confirmed=True)
    target, code = batch.mapping.about.meaning(one.column, one.word)
    if code:
        return one._replace(guess=code, target=target, is_confirmed=True)
    found = ((field, term(field, one.word) or guess(field, one.word)) for field in one.targets)
    target, code = next(((field, code) for field, code in found if code), (one.field, ""))
    return one._replace(guess=code, target=target)


def _unknown(batch: RowBatch, field: str) -> Counter[str]:
    """Count the words of a field that the vocabulary alone does not know, spelt as first met."""
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for text, rows in Counter(text for text in batch.texts(field) if stated(text)).items():
        for word in _pieces(field, text):
            counts[spelt.setdefault(stem(word), word)] += rows
    return counts


def _pieces(field: str, text: str) -> list[str]:
    if field in _SEVERAL:
        return terms(field, text)[1]
    return [] if term(field, text) else [text.strip()]
