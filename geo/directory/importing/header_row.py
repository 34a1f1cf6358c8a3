"""Find the line that names the columns, and name every column once."""

import re
from typing import Final

import numpy as np
import pandas as pd

from geo.directory.importing.column_titles import readings, shared_prefix
from geo.directory.importing.errors import bad_file, check_size
from geo.directory.importing.extra_rows import records_only
from geo.directory.importing.limits import Limits
from geo.directory.importing.lying_table import upright
from geo.directory.importing.table import Rows, Table, named_rows
from geo.directory.importing.telling_words import told_by
from geo.directory.importing.terms import term
from geo.french import CONTROLS, either, quoted, typeset

LOOKED_AT: Final = 30
"""How many lines may stand down to the titles."""
_SHARE: Final = 0.5
_SHOWN: Final = 40
_LONGEST_TITLE: Final = 80
_LONGEST: Final = 1_000
"""Letters of a title at most: whatever is longer is text, and is not gone through."""
_BEYOND: Final = 10
"""Times too wide for any line of it to be left out."""
_BELOW, _NEAR, _FEWER = 200, 4, 3
_VALUE: Final = re.compile(
    r"[-+]?\d[\d \u00a0\u202f]*([.,]\d+)?|https?://.*|[^@\s]+@[^@\s]+\.[a-z]+", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_RANK: Final = re.compile(r"(?:19|20)\d\d|\d{1,3}")
# A day, a telephone, an address, a place: no title is written so.
_WRITTEN: Final = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}|0[1-9](?:[ .]\d\d){4}|\d{5} \D+|"
    r"\d+(?: ?(?:bis|ter))?,? (?:rue|avenue|av|bd|boulevard|place|chemin|route|impasse|allée) .+",
    re.IGNORECASE,
)


def table_of(name: str, rows: Rows, limits: Limits) -> Table:
    """Make a table of raw lines: its header found, blank lines and blank columns left out.

    Raises
    ------
    BadFileError
        No line below the header, or too many lines or columns.
    """
    check_size(name, 0, max(map(len, rows), default=0) // _BEYOND, limits)  # not worth a look
    rows, turned = upright(rows, is_title, _is_written)
    at = _header(rows)
    rows, extra = records_only(rows, at)
    below = [(number, row) for number, row in enumerate(rows[at + 1 :], at + 2) if any(row)]
    check_size(name, len(below), max((len(row) for row in rows), default=0), limits)
    if not below:
        remedy = "vérifiez que la bonne feuille est remplie sous la ligne de titres"
        raise bad_file(name, "il ne contient aucune ligne de données", remedy)
    width = max(len(row) for row in (rows[at] if at >= 0 else [], *(row for _, row in below)))
    head = [*rows[at], *[""] * (width - len(rows[at]))] if at >= 0 else [""] * width
    cells = pd.DataFrame([row + [""] * (width - len(row)) for _, row in below], dtype=object)
    columns = [i for i in range(width) if head[i] or (cells[i] != "").any()]
    names = unique([head[i] for i in columns], columns)
    cells = cells[columns].set_axis(names, axis=1)
    numbers = np.array([number for number, _ in below], dtype=np.int64)
    notices = (*turned, *_notices(rows, at, columns, head), *extra)
    return Table(name, "", cells, numbers, header_row=at + 1, notices=notices)


def _header(rows: Rows) -> int:
    """Return the place of the header, -1 when the first full line is already a record."""
    top = [[cell for cell in row if cell] for row in rows[:LOOKED_AT]]
    widest = max((len(row) for row in top), default=0)
    enough = max(min(2, widest), _SHARE * widest)
    at = next((i for i, row in enumerate(top) if len(row) >= enough), 0)
    # What stands just above many known titles groups or dates them.
    known = [
        sum(map(is_title, {*row})) if len(row) >= enough else 0 for row in top[at : at + _NEAR]
    ]
    best = max(range(len(known)), key=lambda i: known[i], default=0)
    line = top[at] if top else []
    grouping = len({*line}) < len(line)  # « Structure, Structure, Adresse, Adresse »
    if best and known[best] >= max(2, known[0] + 1 if grouping else _FEWER * known[0]):
        at += best
    return -1 if _is_record(rows[at] if top else [], rows[at + 1 : at + _BELOW]) else at


def _is_record(row: list[str], below: Rows) -> bool:
    """Tell a record from titles: a third of its cells are values, or one is of a record only.

    So does one whose cell is a town over towns, a profile over profiles. A line of two known
    titles is none, nor is one where they stand beside years or ranks. A year
    over anything but years is a title.
    """
    cells = [(cell, [line[i] for line in below if i < len(line)])
             for i, cell in enumerate(row) if cell]  # fmt: skip
    known = sum(is_title(cell) for cell, _ in cells)
    values = [cell for cell, under in cells if _is_value(cell, under)]
    if known > 1 or (known and all(_RANK.fullmatch(value) for value in values)):
        return False
    if values and len(values) * 3 >= len(cells):
        return True
    if known:
        return False
    return any(_WRITTEN.fullmatch(cell) or cell in under for cell, under in cells) or any(
        (field := told_by([cell])) and told_by(under) == field for cell, under in cells
    )


def is_title(cell: str) -> bool:
    """Tell a cell that names a field and is no word that a record may hold: « Association »."""
    if len(cell) > _LONGEST:
        return False
    return not term("profile", cell) and any(readings(cell, ""))


def _is_written(cell: str) -> bool:
    return len(cell) <= _LONGEST and bool(_VALUE.fullmatch(cell) or _WRITTEN.fullmatch(cell))


def known_titles(rows: Rows) -> int:
    """Count the known titles of the line that has the most, among those where titles stand.

    A line without the name of an actor counts for one at most: it may be a list of choices; so do
    titles one below the other, which explain those of another sheet.
    """
    top = [row[0] for row in rows[:LOOKED_AT] if row and row[0]]
    if sum(map(is_title, top)) >= max(_FEWER, _SHARE * len(top)):
        return 1
    return max((_known(row) for row in rows[:LOOKED_AT]), default=0)


def _known(row: list[str]) -> int:
    titles = [cell for cell in {*row} if cell and len(cell) <= _LONGEST_TITLE and is_title(cell)]
    named = any("actor_name" in readings(cell, "") for cell in titles)
    fields = {next(readings(cell, "")) for cell in titles}  # « Nom » explained by « Le nom »: one
    return len(titles) if named and len(fields) > 1 else min(len(titles), 1)


def _is_value(cell: str, under: list[str]) -> bool:
    if len(cell) > _LONGEST or not _VALUE.fullmatch(cell):
        return False
    filled = [one for one in under if one]
    years = sum(bool(_YEAR.fullmatch(one)) for one in filled)
    return not _YEAR.fullmatch(cell) or not filled or years * 2 > len(filled)


def _notices(rows: Rows, at: int, columns: list[int], head: list[str]) -> tuple[str, ...]:
    sentences = []
    if at < 0:
        sentences.append("Aucune ligne de titres : les colonnes sont numérotées.")
    if at > 0:
        sentences.append(
            f"Les titres des colonnes sont en ligne {at + 1} ; les lignes au-dessus "
            "ne sont pas reprises."
        )
    prefix = shared_prefix([head[i] for i in columns if head[i]])
    if at >= 0 and not any(is_title(head[i].removeprefix(prefix)) for i in columns):
        first = ", ".join(quoted(head[i][:_SHOWN]) for i in columns if head[i])
        sentences.append(
            f"Aucun titre connu : la ligne {at + 1} ({first}) est prise pour celle des titres ; si "
            "c’est une fiche, ajoutez des titres au-dessus."
        )
    unnamed = [f"colonne {i + 1}" for i in columns if not head[i]]
    if at >= 0 and unnamed:
        sentences.append(f"Colonne sans titre : {', '.join(unnamed)}.")
    if doubled := {head[i] for i in columns if head[i] and head.count(head[i]) > 1}:
        names = ", ".join(quoted(name) for name in sorted(doubled))
        sentences.append(f"Titre de colonne en double, numéroté : {names}.")
    if at >= 0 and (wide := [i + 1 for i, row in enumerate(rows) if any(row[len(rows[at]) :])]):
        sentences.append(
            f"{named_rows(wide)} : plus de cellules que la ligne de titres, peut-être un "
            "séparateur au milieu d’un texte ; vérifiez."
        )
    return tuple(typeset(text) for text in sentences)


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
