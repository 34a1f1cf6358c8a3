"""How answers look in a terminal: JSON as it is, or an aligned table."""

import json
import re
import shutil
import sys
import unicodedata
from typing import Any, Final

import click

from geo.french import CONTROLS

_GAP: Final = "  "
_MIN_WIDTH: Final = 8


def show_json(value: Any) -> None:
    """Print JSON, readable, accents kept."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def show_table(header: list[str], rows: list[list[str]]) -> None:
    """Print columns aligned; on a terminal, the widest are cut with « … » to its width."""
    columns = [*zip(header, *rows, strict=True)]
    widths = [max(map(_width, column)) for column in columns]
    room = shutil.get_terminal_size((120, 24)).columns - len(_GAP) * (len(widths) - 1)
    room = room if sys.stdout.isatty() else sum(widths)
    while sum(widths) > room and max(widths) > _MIN_WIDTH:
        widths[widths.index(max(widths))] -= 1
    for row in [header, ["─" * width for width in widths], *rows]:
        cells = [_fit(cell, width) for cell, width in zip(row, widths, strict=True)]
        click.echo(_GAP.join(cells).rstrip())


def tell(message: str) -> None:
    """Print what the reader must know beside the answer, on stderr, as one line.

    Messages repeat what was typed or read: it must not command the terminal.
    """
    click.echo(re.sub(CONTROLS, "�", message), err=True)


def way_back(snapshot: int) -> str:
    """Say the command that takes back what was just written."""
    return f"Pour l’annuler : catalyse revert {snapshot} --undo"


def _width(text: str) -> int:
    return sum(not unicodedata.combining(char) for char in text)


def _fit(text: str, width: int) -> str:
    cut = text if _width(text) <= width else f"{text[: width - 1]}…"
    return cut + " " * (width - _width(cut))
