"""Read the columns of a table that a preset names, as text."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from geo.directory.importing.errors import bad_file
from geo.directory.indicators.model import IndicatorPreset
from geo.errors import BadFileError

_SHOWN: Final = 12
_CENTURY: Final = 60  # « 75 » in a name is 1975, « 22 » is 2022
_UTF_8: Final = "utf-8"
_ENCODINGS: Final = (_UTF_8, "cp1252")
Columns = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class RawTable:
    """Cells as text, and the columns that hold each indicator, with the year that a name says."""

    cells: pd.DataFrame
    columns: Columns


def raw_table(preset: IndicatorPreset, path: Path) -> RawTable:
    """Read the columns of a file that hold codes, years and indicators.

    Its encoding is the preset's, else UTF-8, else Windows-1252. A line that has not the cells of
    the first is a fault: what follows a stray separator would be read in the wrong column.

    Raises
    ------
    BadFileError
        It is absent, no text, no table, or lacks the columns that the preset names.
    """
    if not path.is_file():
        raise bad_file(path.name, "il est introuvable", "vérifiez son nom et son dossier")
    for encoding in [preset.encoding.lower()] if preset.encoding else _ENCODINGS:
        try:
            return _read(preset, path, encoding)
        except UnicodeDecodeError:
            continue
        except OSError:
            remedy = "vérifiez ses droits et le disque"
            raise bad_file(path.name, "sa lecture est impossible", remedy) from None
        except (pa.ArrowException, csv.Error) as fault:
            if "UTF8" not in str(fault):
                raise _no_table(path, str(fault)) from None
        except (LookupError, ValueError):  # no encoding has that name, or it wants a mark
            break
    remedy = "enregistrez-le au format CSV UTF-8"
    raise bad_file(path.name, "ce n’est pas un texte dans l’encodage attendu", remedy)


def _read(preset: IndicatorPreset, path: Path, encoding: str) -> RawTable:
    written = _head(preset, path, encoding)
    head = [name.strip() for name in written]
    found = {one.code: columns_of(one.columns, head) for one in preset.indicators}
    needed = [name for name in (preset.code, preset.year_column) if name]
    _check_head(preset, path, head, (needed, found))
    names = [*needed, *(name for columns in found.values() for name, _ in columns)]
    wanted = [written[head.index(name)] for name in dict.fromkeys(names)]
    cells = _cells(preset, path, encoding, wanted)
    cells.columns = pd.Index([name.strip() for name in wanted])
    return RawTable(cells, found)


def _head(preset: IndicatorPreset, path: Path, encoding: str) -> list[str]:
    # A mark at the start of UTF-8 is no part of the first name.
    with path.open(encoding="utf-8-sig" if encoding == _UTF_8 else encoding, newline="") as file:
        for _ in range(preset.skip):
            file.readline()
        return next(csv.reader(file, delimiter=preset.separator), [])


def _cells(preset: IndicatorPreset, path: Path, encoding: str, wanted: list[str]) -> pd.DataFrame:
    table = arrow_csv.read_csv(
        path,
        arrow_csv.ReadOptions(use_threads=False, encoding=encoding, skip_rows=preset.skip),
        arrow_csv.ParseOptions(delimiter=preset.separator, newlines_in_values=True),
        arrow_csv.ConvertOptions(
            include_columns=wanted,
            column_types=dict.fromkeys(wanted, pa.string()),
            strings_can_be_null=False,
        ),
    )
    columns = {name: table[name].to_pylist() for name in wanted}
    return pd.DataFrame(columns, dtype=object)


def columns_of(patterns: tuple[str, ...], head: list[str]) -> list[tuple[str, str]]:
    """Find the columns that an indicator's patterns name, with their years."""
    found = []
    for pattern in patterns:
        shape = re.compile(re.escape(pattern).replace(r"\{aa\}", "([0-9]{2})"))
        matches = [match for name in head if (match := shape.fullmatch(name))]
        found += [(one.string, _year(one[1]) if one.groups() else "") for one in matches]
    return found


def _year(two: str) -> str:
    return f"{19 if int(two) >= _CENTURY else 20}{two}"


def _check_head(
    preset: IndicatorPreset,
    path: Path,
    head: list[str],
    requested_columns: tuple[list[str], Columns],
) -> None:
    needed, found = requested_columns
    if not any(head):
        raise bad_file(path.name, "il est vide", "téléchargez-le à nouveau")
    shown = ", ".join(head[:_SHOWN]) + (", …" if len(head) > _SHOWN else "")
    remedy = f"vérifiez le séparateur et les colonnes du préréglage {preset.name} (lues : {shown})"
    for name in needed:
        if name not in head:
            raise bad_file(path.name, f"la colonne « {name} » manque", remedy)
    if not any(found.values()):
        raise bad_file(path.name, "aucune colonne d’indicateur ne s’y trouve", remedy)
    wanted = {*needed, *(name for columns in found.values() for name, _ in columns)}
    for name, times in Counter(head).items():
        if times > 1 and name in wanted:
            raise bad_file(path.name, f"deux colonnes s’appellent « {name} »", "gardez-en une")


def _no_table(path: Path, fault: str) -> BadFileError:
    line = re.search(r"Row #([0-9]+)", fault)
    where = f" à la ligne {line[1]}" if line else ""
    remedy = "vérifiez le séparateur, les guillemets et le nombre de cellules de chaque ligne"
    return bad_file(path.name, f"ce n’est pas un tableau CSV lisible{where}", remedy)
