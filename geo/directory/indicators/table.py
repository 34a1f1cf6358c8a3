"""Read the columns of a table that a preset names, as text."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.directory.importing.refusal import refused
from geo.directory.indicators.model import Preset
from geo.errors import BadFileError

_SHOWN: Final = 12
_CENTURY: Final = 60  # « 75 » in a name is 1975, « 22 » is 2022
_MARKED: Final = "utf-8-sig"


@dataclass(frozen=True)
class RawTable:
    """Cells as text, and the columns that hold each indicator, with the year that a name says."""

    cells: pd.DataFrame
    columns: dict[str, list[tuple[str, str]]]


def raw_table(preset: Preset, path: Path) -> RawTable:
    """Read the columns of a file that hold codes, years and indicators.

    Raises
    ------
    BadFileError
        It is absent, no text, no table, or lacks the columns that the preset names.
    """
    if not path.is_file():
        raise refused(path.name, "il est introuvable", "vérifiez son nom et son dossier")
    head = [str(name).strip() for name in _read(preset, path, header=None, nrows=1).iloc[0]]
    found = {one.code: columns_of(one.columns, head) for one in preset.indicators}
    needed = [name for name in (preset.code, preset.year_column) if name]
    _check_head(preset, path, head, needed, found)
    wanted = [*needed, *(name for columns in found.values() for name, _ in columns)]
    places = sorted({head.index(name) for name in wanted})
    cells = _read(preset, path, usecols=places)
    cells.columns = pd.Index([head[place] for place in places])
    return RawTable(cells, found)


def columns_of(patterns: tuple[str, ...], head: list[str]) -> list[tuple[str, str]]:
    """Find the columns that an indicator's patterns name, with their years."""
    found = []
    for pattern in patterns:
        shape = re.compile(re.escape(pattern).replace(r"\{aa\}", r"(\d\d)"))
        matches = [match for name in head if (match := shape.fullmatch(name))]
        found += [(one.string, _year(one[1]) if one.groups() else "") for one in matches]
    return found


def _year(two: str) -> str:
    return f"{19 if int(two) >= _CENTURY else 20}{two}"


def _check_head(
    preset: Preset,
    path: Path,
    head: list[str],
    needed: list[str],
    found: dict[str, list[tuple[str, str]]],
) -> None:
    shown = ", ".join(head[:_SHOWN]) + (", …" if len(head) > _SHOWN else "")
    remedy = f"vérifiez le séparateur et les colonnes du préréglage {preset.name} (lues : {shown})"
    for name in needed:
        if name not in head:
            raise refused(path.name, f"la colonne « {name} » manque", remedy)
    if not any(found.values()):
        raise refused(path.name, "aucune colonne d’indicateur ne s’y trouve", remedy)
    twice = [name for name, times in Counter(head).items() if times > 1]
    wanted = {*needed, *(name for columns in found.values() for name, _ in columns)}
    for name in twice:
        if name in wanted:
            raise refused(path.name, f"deux colonnes s’appellent « {name} »", "gardez-en une")


def _read(preset: Preset, path: Path, **options: Any) -> pd.DataFrame:
    """Read with the encoding of the preset, else UTF-8, else Windows-1252."""
    encodings = [preset.encoding] if preset.encoding else [_MARKED, "cp1252"]
    for encoding in encodings:
        try:
            return _read_as(preset, path, encoding, options)
        except UnicodeDecodeError:
            continue
        except LookupError:
            break
        except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as fault:
            raise _no_table(path, fault) from None
    raise refused(
        path.name, "ce n’est pas un texte dans l’encodage attendu", "enregistrez-le en CSV UTF-8"
    )


def _read_as(preset: Preset, path: Path, encoding: str, options: dict[str, Any]) -> pd.DataFrame:
    table: pd.DataFrame = pd.read_csv(
        path,
        sep=preset.separator,
        encoding=encoding,
        skiprows=preset.skip,
        dtype=str,
        na_filter=False,
        index_col=False,
        **options,
    )
    return table


def _no_table(path: Path, fault: Exception) -> BadFileError:
    if isinstance(fault, pd.errors.EmptyDataError):
        return refused(path.name, "il est vide", "téléchargez-le à nouveau")
    line = re.search(r"line (\d+)", str(fault))
    where = f" à la ligne {line[1]}" if line else ""
    remedy = "vérifiez le séparateur, les guillemets et le nombre de cellules"
    return refused(path.name, f"ce n’est pas un tableau CSV lisible{where}", remedy)
