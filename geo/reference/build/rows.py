"""Rows of an official CSV file as text, whatever its encoding, separator and header spelling."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from geo.errors import BadFileError

_MOST_VALUES: Final = 5
_QUOTES: Final = "\"'’‘“”«» \t\xa0"
# UTF-8 bytes read as cp1252 and written again: « Ã© » for « é », « â€™ » for « ’ ».
_TAILS: Final = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", errors="ignore"))
_MANGLED: Final = re.compile(f"[ÃÂ][{_TAILS}]|â€|\ufffd")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one column: what, and the values that show it."""

    column: str
    what: str
    values: tuple[str, ...]

    def message(self) -> str:
        """Return a French sentence with the first values and how many there are."""
        shown = ", ".join(list(dict.fromkeys(self.values))[:_MOST_VALUES])
        return f"colonne {self.column} : {self.what} : {shown} ({len(self.values)} au total)"


def fault(column: str, what: str, values: Iterable[object]) -> list[Fault]:
    """Make a fault of the values that show it, or nothing when there are none."""
    texts = tuple(str(value) for value in values)
    return [Fault(column, what, texts)] if texts else []


def refuse(path: Path, faults: list[Fault]) -> None:
    """Raise one error that holds every fault."""
    if faults:
        message = " — ".join(fault.message() for fault in faults)
        raise BadFileError(
            f"Le fichier « {path.name} » est refusé, rien n’a été modifié — {message}. "
            "Corrigez-le ou reprenez le fichier officiel, puis relancez."
        )


def read(path: Path) -> tuple[pd.DataFrame, list[Fault]]:
    """Read a CSV file as text columns with plain names, and what is wrong with its text."""
    lines = _lines(_decode(path.read_bytes()))
    if len(lines) < 2:  # noqa: PLR2004 - a header and one row
        raise BadFileError(
            f"Le fichier « {path.name} » est vide : aucune ligne sous l’en-tête. "
            "Reprenez le fichier officiel, puis relancez."
        )
    header = [plain(name) for name in lines[0]]
    bad_lines = [at for at, line in enumerate(lines[1:], 2) if len(line) != len(header)]
    even = [[cell.strip() for cell in line] for line in lines[1:] if len(line) == len(header)]
    table = pd.DataFrame(even, columns=header, dtype=str)
    table = table.loc[:, ~table.columns.duplicated()]
    faults = fault("(toutes)", "nombre de cellules inattendu aux lignes", bad_lines)
    for name in table:
        faults += fault(
            str(name), "encodage abîmé", table[name][table[name].str.contains(_MANGLED)]
        )
    return table, faults


def _lines(text: str) -> list[list[str]]:
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [line for line in lines if any(cell.strip() for cell in line)]


def _decode(data: bytes) -> str:
    """Decode UTF-8, with or without its mark, else Windows-1252; bad bytes stay visible."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def plain(name: str) -> str:
    """Strip a column name of quotes, accents, case and spaces: « Id CRTE » is id_crte."""
    text = unicodedata.normalize("NFKD", name.strip(_QUOTES)).casefold()
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "_", text).strip("_")
