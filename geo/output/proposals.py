"""A proposal beside the record as it is, as an HTML table: escaped, no meaning by colour alone."""

from collections.abc import Iterable
from html import escape
from typing import Final

from geo.directory.proposals import Line
from geo.output.cards import table

_SIGNS: Final = {
    "conflict": "Changé des deux côtés",
    "changed": "Modifié",
    "moved": "Changé depuis, gardé",
    "same": "Identique",
}


def side_by_side(caption: str, lines: Iterable[Line]) -> str:
    """Write fields with their value now and their value as proposed, in the order given."""
    header = ("Champ", "Fiche actuelle", "Proposition", "État")
    return table(caption, header, [_row(line) for line in lines])


def _row(line: Line) -> tuple[str, str, str, str]:
    proposed = _cell(line.proposed)
    if line.state in {"changed", "conflict"}:
        proposed = f"<strong>{proposed}</strong>"
    return escape(line.field.label), _cell(line.current), proposed, _SIGNS[line.state]


def _cell(text: str) -> str:
    return escape(text).replace("\n", "<br>") if text else '<span class="muet">vide</span>'
