"""XLSX: typed cells, no formula, no address made a link behind one's back; a sheet says what it is.

Written row by row: xlsxwriter keeps none in memory.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import shapely
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from geo.directory.schema import REAL, WHOLE
from geo.errors import AtlasError
from geo.french import number
from geo.output.datasets.table import Column, Dataset
from geo.output.exports.files import pieces
from geo.output.exports.model import (
    Export,
    in_words,
    steps,
    title_column,
    values,
)
from geo.palette import colour

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ROWS: Final = 1_048_575
_CELL: Final = 32_767
_NARROW, _USUAL, _WIDE = 12, 20, 44
_ABOUT: Final = "À propos"


class Head(NamedTuple):
    """One column of a sheet: what its first cell says, its width in characters."""

    text: str
    width: int
    hidden: bool = False


def xlsx(export: Export) -> Iterator[bytes]:
    """Write one sheet a dataset, and one that says where the file comes from.

    Raises
    ------
    AtlasError
        There are more rows than a sheet holds.
    """
    most = max(len(dataset.frame) for dataset in export.datasets)
    if most > _ROWS:
        raise AtlasError(
            f"{number(most)} lignes : une feuille Excel en tient {number(_ROWS)}. "
            "Filtrez, ou choisissez le CSV."
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        with xlsxwriter.Workbook(path, {**_OPTIONS, "tmpdir": folder}) as workbook:
            _describe(workbook, export)
            for dataset in export.datasets:
                _fill(workbook, dataset)
            _about(workbook, export)
        yield from pieces(path)


def _describe(workbook: Workbook, export: Export) -> None:
    workbook.set_properties(
        {
            "title": export.caption.title,
            "subject": export.caption.filters,
            "comments": " ; ".join(f"{term} : {text}" for term, text in export.facts),
        }
    )


def _fill(workbook: Workbook, dataset: Dataset) -> None:
    """Write one dataset: French headers, French labels, the columns of codes hidden beside."""
    worksheet = workbook.add_worksheet(dataset.title[:31])
    _frame(workbook, worksheet, _heads(dataset), dataset)
    row = 1
    for part in steps(dataset):
        for cells in _rows(dataset, part):
            for at, value in enumerate(cells):
                _write(worksheet, row, at, value)
            row += 1


def _heads(dataset: Dataset) -> list[Head]:
    heads = []
    for column in dataset.columns:
        width = _width(dataset, column)
        heads.append(Head(column.label, width))
        if column.vocabulary:
            heads.append(Head(f"{column.label} (code)", width, hidden=True))
    coordinates = ("Longitude", "Latitude") if dataset.shape == "Point" else ()
    return heads + [Head(name, _NARROW) for name in coordinates]


def _frame(workbook: Workbook, worksheet: Worksheet, heads: list[Head], dataset: Dataset) -> None:
    bold = workbook.add_format({"bold": True, "bg_color": colour("sheet-head"), "bottom": 1})
    for at, head in enumerate(heads):
        worksheet.set_column(at, at, head.width, None, {"hidden": head.hidden})
        worksheet.write_string(0, at, head.text, bold)
    worksheet.freeze_panes(1, 2)
    worksheet.autofilter(0, 0, max(len(dataset.frame), 1), len(heads) - 1)


def _width(dataset: Dataset, column: Column) -> int:
    if column.name in (title_column(dataset), "description", "note", "summary", "member_names"):
        return _WIDE
    return _NARROW if column.type in (REAL, WHOLE) or "code" in column.name else _USUAL


def _rows(dataset: Dataset, part: slice) -> Iterator[tuple[Any, ...]]:
    columns = []
    for column in dataset.columns:
        found = values(dataset, column, part)
        if column.vocabulary:
            columns.append([in_words(column, value) for value in found])
        columns.append(found)
    coordinates = []
    if dataset.shape == "Point":
        points = dataset.geometry[part]
        coordinates = [shapely.get_x(points).tolist(), shapely.get_y(points).tolist()]
    return zip(*columns, *coordinates, strict=True)


def _write(worksheet: Worksheet, row: int, at: int, value: Any) -> None:
    if isinstance(value, list):
        value = ";".join(value)
    if isinstance(value, bool):
        value = "oui" if value else "non"
    if isinstance(value, str):
        if value:
            worksheet.write_string(row, at, value[:_CELL])
    elif value is not None and value == value:  # noqa: PLR0124 - NaN is an empty cell
        worksheet.write_number(row, at, value)


def _about(workbook: Workbook, export: Export) -> None:
    worksheet = workbook.add_worksheet(_ABOUT)
    bold, wrapped = workbook.add_format({"bold": True, "valign": "top"}), workbook.add_format()
    wrapped.set_text_wrap()
    worksheet.set_column(0, 0, _USUAL)
    worksheet.set_column(1, 1, 2 * _WIDE)
    for row, (term, text) in enumerate(export.facts):
        worksheet.write_string(row, 0, term, bold)
        worksheet.write_string(row, 1, text, wrapped)
