"""Read CSV: its encoding and its separator are recognised, its cells kept as they are."""

import codecs
import csv
import io
from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import Final

from geo.directory.importing.header import table_of
from geo.directory.importing.limits import Limits
from geo.directory.importing.refusal import refused
from geo.directory.importing.table import Rows, Table
from geo.files import uncovered
from geo.french import typeset

_SEPARATORS: Final = (";", ",", "\t", "|")
_NAMES: Final = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
_ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 avec marque d’ordre",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
}
_SAMPLE: Final = 40
_MARKS: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16",
                 codecs.BOM_UTF16_BE: "utf-16"}  # fmt: skip


def read_csv(data: bytes, name: str, limits: Limits) -> Table:
    """Read a CSV file whole.

    Raises
    ------
    BadFileError
        It is no text, or no table.
    """
    encoding, text = decoded(data, name)
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    if told.startswith("sep=") and told[4:] in _SEPARATORS:  # a line of Excel's own
        separator, text = told[4:], "\n" + rest
    else:
        separator = _separator(text)
    rows = _rows(text, separator, name)
    table = table_of(name, rows, limits)
    table = replace(table, format="csv", encoding=encoding, separator=separator)
    said = f"CSV, encodage {_ENCODINGS[encoding]}, séparateur : {_NAMES[separator]}."
    return table.noting(typeset(said))


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Turn bytes into text: by their mark, else UTF-8, else Windows-1252.

    Raises
    ------
    BadFileError
        No encoding makes a text of them.
    """
    marked = next((code for mark, code in _MARKS.items() if data.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return encoding, text
    remedy = "enregistrez-le au format CSV UTF-8, XLSX, ODS ou GeoJSON"
    raise refused(name, "ce n’est pas un fichier de texte ni un format reconnu", remedy)


def _rows(text: str, separator: str, name: str) -> Rows:
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [[uncovered(cell.strip()) for cell in line] for line in lines]
    except csv.Error:
        remedy = "vérifiez les séparateurs et les guillemets"
        raise refused(name, "ce n’est pas un tableau CSV lisible", remedy) from None


def _separator(text: str) -> str:
    """Choose the separator that cuts the most lines in the same number of cells."""
    return max(_SEPARATORS, key=lambda mark: _regularity(text, mark))


def _regularity(text: str, separator: str) -> float:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = Counter(len(line) for line in islice(lines, _SAMPLE) if line)
    except csv.Error:
        return 0.0
    wide = {width: times for width, times in widths.items() if width > 1}
    if not wide:
        return 0.0
    width, times = max(wide.items(), key=lambda item: (item[1], item[0]))
    return times / widths.total() + width / 1000
