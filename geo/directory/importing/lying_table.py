"""A table that lies on its side: the titles go down its first column, each record is a column."""

from collections.abc import Callable
from itertools import zip_longest
from typing import Final

from geo.directory.importing.column_titles import readings
from geo.directory.importing.table import Rows
from geo.french import typeset

_FEWEST, _MOST = 3, 120
"""Titles that such a column holds."""
_SHARE: Final = 0.6
_NOTICE: Final = (
    "Tableau couché, ses titres en première colonne : il a été tourné, une fiche par colonne ; "
    "les lignes dites plus bas sont ses colonnes."
)


def upright(
    rows: Rows, is_title: Callable[[str], bool], is_value: Callable[[str], bool]
) -> tuple[Rows, tuple[str, ...]]:
    """Turn a table that lies on its side, and say so; any other is given back as it is.

    Its first column holds titles of several fields, the actor's name among them; beside them stand
    values and no title, or it would be a notice that explains the columns of another sheet.
    """
    filled = [row for row in rows if any(row)]
    if not _FEWEST <= len(filled) <= _MOST or not filled[0][0]:
        return rows, ()
    titles = [row[0] for row in filled if row[0] and is_title(row[0])]
    fields = {next(readings(title, "")) for title in titles}
    if len(fields) < max(_FEWEST, _SHARE * len(filled)) or "actor_name" not in fields:
        return rows, ()
    beside = [cell for row in filled for cell in row[1:] if cell]
    if any(map(is_title, beside)) or not any(map(is_value, beside)):
        return rows, ()
    return [[*column] for column in zip_longest(*filled, fillvalue="")], (typeset(_NOTICE),)
