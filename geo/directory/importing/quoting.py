"""Cut the lines of a CSV in cells; a quote that is never closed costs its own line only."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from geo.directory.importing.errors import bad_file
from geo.directory.importing.table import Rows, named_rows
from geo.files import uncovered
from geo.french import typeset

_QUOTE: Final = '"'


class _Lines:
    """Lines of a text, ends kept, which may be taken again."""

    def __init__(self, text: str) -> None:
        self.all: list[str] = [*io.StringIO(text, newline="")]
        self.at = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.all):
            raise StopIteration
        self.at += 1
        return self.all[self.at - 1]


def quoted_rows(text: str, separator: str, name: str) -> tuple[Rows, tuple[str, ...]]:
    """Return the cells of each line, and say which lines open a quote that nothing closes.

    Raises
    ------
    BadFileError
        A line is no line of a table.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator)
    rows, unclosed = Rows(), list[int]()
    while lines.at < len(lines.all):
        start = lines.at
        try:
            row = next(reader)
        except csv.Error:
            row = []
        first, row_lines = lines.all[start], lines.all[start : lines.at]
        width = len(rows[-1]) if rows else first.count(separator) + 1
        if _QUOTE in first and _swallows(row_lines, row, separator, width):
            row = [cell.strip().removeprefix(_QUOTE) for cell in first.split(separator)]
            lines.at = start + 1
            reader = csv.reader(lines, delimiter=separator)
            unclosed.append(len(rows) + 1)
        elif not row and first.strip():
            remedy = "vérifiez les séparateurs et les guillemets"
            raise bad_file(name, "ce n’est pas un tableau CSV lisible", remedy)
        rows.append([uncovered(cell.strip()) for cell in row])
    return rows, _notices(unclosed)


def _swallows(row_lines: list[str], row: list[str], separator: str, width: int) -> bool:
    """Tell a line that an open quote joins to the next ones, though it is whole by itself.

    Cells may hold lines of their own, and quotes that are not doubled: neither is a fault as long
    as no line that they take is as wide as the table.
    """
    widths = [line.count(separator) + 1 for line in row_lines]
    joined = any(one >= width for one in widths[1:])
    if widths[0] != width or (len(row) == width and not joined):
        return False
    try:
        list(csv.reader(row_lines, delimiter=separator, strict=True))
    except csv.Error:
        return True
    return False


def _notices(unclosed: list[int]) -> tuple[str, ...]:
    if not unclosed:
        return ()
    return (typeset(f"{named_rows(unclosed)} : guillemet non fermé, lu sans lui."),)
