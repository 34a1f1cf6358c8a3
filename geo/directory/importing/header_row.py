"""Find the line that names the columns, and name every column once."""

import re
from typing import Final

import numpy as np
import pandas as pd

from geo.directory.importing.errors import bad_file, check_size
from geo.directory.importing.limits import Limits
from geo.directory.importing.table import Rows, Table
from geo.french import CONTROLS, either, quoted, typeset

LOOKED_AT: Final = 30
"""How many lines may stand down to the titles."""
_SHARE: Final = 0.5
_VALUE: Final = re.compile(r"[-+]?\d+([.,]\d+)?|https?://.*|[^@\s]+@[^@\s]+\.[a-z]+", re.IGNORECASE)


def table_of(name: str, rows: Rows, limits: Limits) -> Table:
    """Make a table of raw lines: its header found, blank lines and blank columns left out.

    Raises
    ------
    BadFileError
        No line below the header, or too many lines or columns.
    """
    at = _header(rows)
    below = [(number, row) for number, row in enumerate(rows[at + 1 :], at + 2) if any(row)]
    check_size(name, len(below), max((len(row) for row in rows), default=0), limits)
    if not below:
        remedy = "vérifiez que la bonne feuille est remplie sous la ligne de titres"
        raise bad_file(name, "il ne contient aucune ligne de données", remedy)
    width = max(len(row) for row in (rows[at] if at >= 0 else [], *(row for _, row in below)))
    head = [*rows[at], *[""] * (width - len(rows[at]))] if at >= 0 else [""] * width
    cells = pd.DataFrame([row + [""] * (width - len(row)) for _, row in below], dtype=object)
    kept = [i for i in range(width) if head[i] or (cells[i] != "").any()]
    names = unique([head[i] for i in kept], kept)
    cells = cells[kept].set_axis(names, axis=1)
    numbers = np.array([number for number, _ in below], dtype=np.int64)
    return Table(
        name, "", cells, numbers, header_row=at + 1, notices=_notices(rows, at, kept, head)
    )


def _header(rows: Rows) -> int:
    """Give the place of the header, -1 when the first full line is already a record."""
    top = [[cell for cell in row if cell] for row in rows[:LOOKED_AT]]
    widest = max((len(row) for row in top), default=0)
    enough = max(1, _SHARE * widest)
    at = next((i for i, row in enumerate(top) if len(row) >= enough), 0)
    return -1 if _is_record(top[at] if top else []) else at


def _is_record(cells: list[str]) -> bool:
    """Tell a record from titles: a third of its cells are numbers, addresses or mails."""
    values = sum(bool(_VALUE.fullmatch(cell)) for cell in cells)
    return bool(values) and values * 3 >= len(cells)


def _notices(rows: Rows, at: int, kept: list[int], head: list[str]) -> tuple[str, ...]:
    said = []
    if at < 0:
        said.append("Aucune ligne de titres : les colonnes sont numérotées.")
    if at > 0:
        said.append(
            f"Les titres des colonnes sont en ligne {at + 1} ; les lignes au-dessus "
            "ne sont pas reprises."
        )
    unnamed = [f"colonne {i + 1}" for i in kept if not head[i]]
    if at >= 0 and unnamed:
        said.append(f"Colonne sans titre : {', '.join(unnamed)}.")
    if doubled := {head[i] for i in kept if head[i] and head.count(head[i]) > 1}:
        names = ", ".join(quoted(name) for name in sorted(doubled))
        said.append(f"Titre de colonne en double, numéroté : {names}.")
    if at >= 0 and len(rows[at]) < max(map(len, rows[at:])):
        said.append("Des lignes ont plus de cellules que la ligne de titres.")
    return tuple(typeset(text) for text in said)


def unique(names: list[str], places: list[int] | None = None) -> list[str]:
    """Name each column once: « colonne 3 » for a blank, « nom (2) » for a second « nom »."""
    found: dict[str, None] = {}
    for place, name in zip(places or range(len(names)), names, strict=True):
        plain = " ".join(re.sub(CONTROLS, " ", name).split()) or f"colonne {place + 1}"
        turn, title = 1, plain
        while title in found:
            turn += 1
            title = f"{plain} ({turn})"
        found[title] = None
    return [*found]


def sheets_notice(sheets: list[str], read: str) -> str:
    """Say which of several sheets or layers is read."""
    others = either([quoted(name) for name in sheets if name != read])
    return typeset(f"Plusieurs feuilles : {quoted(read)} est lue, pas {others}.")
