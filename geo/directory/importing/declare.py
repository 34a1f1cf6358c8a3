"""Give the rows that do not say it the profile and practices declared by who brings the file."""

from typing import Any, Final

import numpy as np

from geo.directory.importing.declaration import BASIS, DECLARABLE
from geo.directory.importing.dry_run import INFO, Problem
from geo.directory.importing.row_batch import RowBatch
from geo.directory.importing.terms import codes, stem
from geo.directory.importing.type_columns import pieces
from geo.french import count, quoted, typeset

Codes = list[list[str]]
_SAYS: Final = {"profile": "Profil", "practices": "Pratiques"}


def declare(batch: RowBatch, columns: dict[str, Any]) -> None:
    """Fill what rows leave out, by the words of their type, else by what is said of all.

    Practices so declared say so (``practices_basis``); the rows filled are kept apart: a record
    that says otherwise already is not changed by them.
    """
    for field in DECLARABLE:
        several = field == "practices"
        own: Codes = columns[field] if several else [[one] if one else [] for one in columns[field]]
        typed = _typed(batch, field)
        of_all = [*batch.mapping.about.codes(field)]
        final_codes = [row or kind or of_all for row, kind in zip(own, typed, strict=True)]
        filled = np.array(
            [not row and bool(new) for row, new in zip(own, final_codes, strict=True)], bool
        )
        if not filled.any():
            continue
        batch.declared[field] = frozenset(batch.table.rows[filled].tolist())
        _tell(batch, field, filled & np.array([not kind for kind in typed], bool), of_all)
        if several:
            columns[field] = final_codes
            basis = columns["practices_basis"]
            columns["practices_basis"] = np.where(filled, BASIS, basis).astype(object)
        else:
            first = [row[0] if row else "" for row in final_codes]
            columns[field] = np.array([*first, ""], dtype=object)[:-1]


def _typed(batch: RowBatch, field: str) -> Codes:
    """Return the codes that the words of a row's types mean."""
    about, found = batch.mapping.about, Codes([] for _ in range(len(batch)))
    for column in dict.fromkeys(one.column for one in about.words if one.field == field):
        if column not in batch.table.columns:
            continue
        known = about.meanings(column, field)
        cells = batch.table.cells[column].tolist()
        codes_by_cell = {
            cell: [known[stem(one)] for one in pieces(cell) if stem(one) in known]
            for cell in {*cells}
        }
        rows = 0
        for row, cell in zip(found, cells, strict=True):
            row.extend(code for code in dict.fromkeys(codes_by_cell[cell]) if code not in row)
            rows += bool(codes_by_cell[cell])
        text = f"{_SAYS[field]} d’après les mots de {quoted(column)} : {count(rows, 'ligne')}."
        batch.problems.append(Problem(0, column, field, typeset(text), severity=INFO))
    return found


def _tell(batch: RowBatch, field: str, rows: Any, of_all: list[str]) -> None:
    """Say how many rows are given what is said of all."""
    if not rows.any():
        return
    names = ", ".join(codes(field)[code] for code in of_all)
    text = f"{_SAYS[field]} déclarées pour tout le fichier" if field == "practices" else (
        "Profil déclaré pour tout le fichier"
    )  # fmt: skip
    message = f"{text}, {count(int(rows.sum()), 'ligne')} sans le dire : {names}."
    batch.problems.append(Problem(0, "", field, typeset(message), severity=INFO))
