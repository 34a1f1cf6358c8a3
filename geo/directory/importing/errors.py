"""How a file is refused: its name, what is wrong, what to do, in one French sentence."""

import re
from pathlib import Path
from typing import Final

from geo.directory.importing.limits import MEGABYTE, Limits
from geo.errors import BadFileError
from geo.french import CONTROLS, count, typeset

_LONGEST: Final = 80


def bad_file(name: str, why: str, remedy: str) -> BadFileError:
    """Build the fault; ``why`` and ``remedy`` carry no final point."""
    shown = re.sub(CONTROLS, " ", name)[:_LONGEST]
    return BadFileError(typeset(f"Fichier « {shown} » refusé : {why} ; {remedy}."))


def content(source: Path | bytes, name: str, limits: Limits) -> bytes:
    """Read the bytes of a file that is there, not empty and not too big.

    Raises
    ------
    BadFileError
        It is absent, empty or over the limit.
    """
    if isinstance(source, Path) and not source.is_file():
        raise bad_file(name, "il est introuvable", "vérifiez son nom et son dossier")
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > limits.megabytes * MEGABYTE:
        most = f"{limits.megabytes} Mo"
        raise bad_file(name, f"il dépasse {most}", "découpez-le en plusieurs fichiers")
    data = source.read_bytes() if isinstance(source, Path) else source
    if not data.strip():
        raise bad_file(name, "il est vide", "exportez-le à nouveau depuis votre tableur")
    return data


def bomb(name: str, limits: Limits) -> BadFileError:
    """Build the fault of a file that becomes too large once inflated."""
    why = f"décompressé, il dépasse {limits.unzipped_megabytes} Mo"
    return bad_file(name, why, "gardez les seules lignes et colonnes utiles")


def check_size(name: str, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a table with too many rows or columns."""
    if columns > limits.columns:
        size = count(columns, "colonne")
        remedy = "gardez les seules colonnes utiles"
        raise bad_file(name, f"{size}, la limite est de {limits.columns}", remedy)
    if rows > limits.rows:
        size, most = count(rows, "ligne"), count(limits.rows, "ligne")
        raise bad_file(
            name, f"{size}, la limite est de {most}", "découpez-le en plusieurs fichiers"
        )
