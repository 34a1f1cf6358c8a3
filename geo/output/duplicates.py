"""Two records and their merger, as a table."""

from collections.abc import Iterable
from html import escape
from typing import Final

from geo.directory.duplicates.preview import NOTHING, Line
from geo.output.cards import table

_HEADER: Final = ("Champ", "Fiche gardée", "Autre fiche", "Après la fusion")


def comparison(lines: Iterable[Line]) -> str:
    """Write fields with what each record says and what the merged one would, all escaped."""
    return table("Les deux fiches, côte à côte", _HEADER, [_row(line) for line in lines])


def _row(line: Line) -> tuple[str, str, str, str]:
    result = _cell(line.result)
    changed = line.result != line.kept
    return (
        escape(line.label),
        _cell(line.kept),
        _cell(line.other),
        f"<strong>{result}</strong>" if changed else result,
    )


def _cell(text: str) -> str:
    return '<span class="muet">vide</span>' if text == NOTHING else escape(text)
