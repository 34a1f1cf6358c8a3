"""Read a workbook: every cell as the text a person sees, merged cells filled downward."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from geo.directory.importing.errors import bad_file
from geo.directory.importing.header_row import LOOKED_AT, known_titles, sheets_notice, table_of
from geo.directory.importing.hyperlinks import follow
from geo.directory.importing.hyperlinks_ods import Merged, merged_of
from geo.directory.importing.limits import Limits
from geo.directory.importing.table import Rows, Table
from geo.french import count, quoted, typeset

_REPAIR: Final = "ouvrez-le dans un tableur et enregistrez-le à nouveau"
_LONGEST_WHOLE: Final = 1e15
_ENOUGH: Final = 2
_ABOUT: Final = "À propos"
_OURS: Final = ("Catalyseurs", "Acteurs")


def read_spreadsheet(data: bytes, name: str, limits: Limits, sheet: str, form: str) -> Table:
    """Read one sheet: the one named, else the first of two lines whose titles are of actors.

    Where none has two such titles, it is the one that has the most.

    A zipped one was looked into before, by ``check_zip``.

    Raises
    ------
    BadFileError
        Damaged, too large, empty, or no sheet of that name.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = list(book.sheet_names)
        chosen, page, rows = _chosen(book, sheet, name)
    except (CalamineError, ValueError, OSError):
        raise bad_file(name, "le classeur est illisible", _REPAIR) from None
    spans = merged_of(data, chosen, name) if form == "ods" else page.merged_cell_ranges or ()
    filled = _fill_merged(spans, rows)
    linked = follow(data, form, chosen, rows, name)
    table = table_of(name, rows, limits)
    table = replace(table, format=form, encoding="", sheet=chosen, sheets=tuple(sheets))
    sentences = [f"Classeur {form.upper()}, feuille {quoted(chosen)}."]
    if len(sheets) > 1:
        sentences.append(sheets_notice(sheets, chosen))
    if linked:
        sentences.append(f"Liens suivis : {count(linked, 'cellule')} avec l’adresse de leur lien.")
    if filled:
        cells = count(filled, "cellule remplie", "cellules remplies")
        sentences.append(f"Cellules fusionnées : {cells} avec la valeur du haut.")
    return table.noting(*(typeset(text) for text in sentences))


def _chosen(book: CalamineWorkbook, sheet: str, name: str) -> tuple[str, CalamineSheet, Rows]:
    if sheet and sheet not in book.sheet_names:
        raise bad_file(name, f"aucune feuille ne s’appelle « {sheet[:60]} »", "choisissez-en une")
    best: tuple[int, str, CalamineSheet, Rows] | None = None
    for candidate in [sheet] if sheet else _candidates(book):
        page = book.get_sheet_by_name(candidate)
        rows = _texts(page)
        if not sheet and sum(any(row) for row in rows) < _ENOUGH:
            continue
        known = known_titles(rows)
        if best is None or known > best[0]:
            best = (known, candidate, page, rows)
        if best[0] >= _ENOUGH:
            break  # its titles are those of actors: what comes before explains or lists
    if best is None:
        raise bad_file(name, "aucune feuille n’a deux lignes remplies", "vérifiez le classeur")
    return best[1:]


def _candidates(book: CalamineWorkbook) -> list[str]:
    """List the sheets to look at: a hidden one holds lists to choose from, not records.

    Of a workbook of ours, those of actors only.
    """
    shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
    ours = [name for name in shown if name in _OURS] if _ABOUT in shown else []
    return ours or shown or [*book.sheet_names]


def _texts(page: CalamineSheet) -> Rows:
    return [[_text(cell) for cell in row] for row in page.to_python(skip_empty_area=False)]


def _text(cell: Any) -> str:
    """Write a cell as it reads: 84200.0 typed as a number is « 84200 », a date is ISO."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return "oui" if cell else "non"
        case float() if cell.is_integer() and abs(cell) < _LONGEST_WHOLE:
            return str(int(cell))
        case dt.datetime():
            midnight = cell.time() == dt.time()
            return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
        case dt.date() | dt.time():
            return cell.isoformat()
        case _:
            return str(cell)


def _fill_merged(spans: Sequence[Merged], rows: Rows) -> int:
    """Copy the value of a merged cell in the rows below it; titles spread sideways stay alone."""
    filled = 0
    for (top, left), (bottom, _) in spans:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            row.extend([""] * (left + 1 - len(row)))
            row[left] = rows[top][left]
            filled += bool(row[left])
    _drop_groups(spans, rows)
    return filled


def _drop_groups(spans: Sequence[Merged], rows: Rows) -> None:
    """Blank a line of titles that groups those of the line below: some spread over both lines."""
    tall = {top for (top, _), (bottom, _) in spans if bottom == top + 1}
    wide = {top for (top, left), (bottom, right) in spans if top == bottom and right > left}
    for top in sorted(tall & wide)[:1]:
        if top < LOOKED_AT:
            rows[top] = [""] * len(rows[top])
