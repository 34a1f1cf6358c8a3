"""Columns that draw from a vocabulary: known words become codes, others are told."""

from typing import Any

import numpy as np

from geo.directory.importing.dry_run import INFO
from geo.directory.importing.row_batch import Mask, RowBatch, Texts, each, where
from geo.directory.importing.terms import VOCABULARIES, stated, stem, term, terms
from geo.french import quoted
from geo.vocabulary import items


def one_term(batch: RowBatch, name: str) -> Texts:
    """Return the code of each cell, empty for what the vocabulary does not know."""
    read, own = _stated(batch, name), batch.mapping.own_words(name)
    values = each(read, lambda text: term(name, text, own) if text.strip() else "")
    # A word that was said to mean something else is no unknown one.
    known = {one.word for one in batch.mapping.about.words if one.column == batch.column(name)}
    unknown = where(read, lambda text: text.strip() and stem(text) not in known) & (values == "")
    message = f"Valeur inconnue, laissée vide. Connues : {_known(name)}."
    batch.tell(unknown, name, message, (read, values))
    return values


def many_terms(batch: RowBatch, name: str) -> list[list[str]]:
    """Return the codes of each cell, several of which may share one."""
    read, own = _stated(batch, name), batch.mapping.own_words(name)
    known = {text: terms(name, text, own) for text in set(read) if text.strip()}
    nothing: tuple[list[str], list[str]] = ([], [])
    found = [known.get(text, nothing) for text in read]
    values = np.array([*("; ".join(codes) for codes, _ in found), ""], dtype=object)[:-1]
    unknown = _mask([bool(pieces) for _, pieces in found])
    several = _mask([len(codes) > 1 for codes, _ in found]) & ~unknown
    batch.tell(unknown, name, lambda at: "Non repris, car inconnu : "
              f"{', '.join(map(quoted, found[at][1][:5]))}. Connues : {_known(name)}.",
              (read, values))  # fmt: skip
    batch.tell(several, name, lambda at: f"{len(found[at][0])} pratiques dans une cellule : "
              "séparées.", (read, values), INFO)  # fmt: skip
    return [list(codes) for codes, _ in found]


def _stated(batch: RowBatch, name: str) -> Texts:
    return each(batch.texts(name), lambda text: text if stated(text) else "")


def _known(name: str) -> str:
    return ", ".join(item.label for item in items(VOCABULARIES[name][-1]))


def _mask(values: list[Any]) -> Mask:
    return np.array(values, dtype=bool)
