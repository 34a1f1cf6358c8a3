"""A proposal beside the record as it is, as an HTML table: no meaning by colour alone."""

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from geo.dates import in_words
from geo.directory.proposals import DiffLine
from geo.output.html import lines as under_each_other
from geo.output.html import muted, strong, table
from geo.output.place_names import place_words, short_label

_SHARES: Final = (18, 32, 36, 14)
_SIGNS: Final = {
    "conflict": "Changé des deux côtés",
    "changed": "Modifié",
    "moved": "Changé depuis, gardé",
    "same": "Identique",
}


def side_by_side(caption: str, lines: Iterable[DiffLine]) -> Markup:
    """Write fields with their value now and their value as proposed, in the order given."""
    header = ("Champ", "Fiche actuelle", "Proposition", "État")
    return table(caption, header, [_row(line) for line in lines], folds=True, shares=_SHARES)


def _row(line: DiffLine) -> tuple[str, str, str, str]:
    current, proposed = (_cell(_read(line, text)) for text in (line.current, line.proposed))
    if line.state in {"changed", "conflict"}:
        proposed = strong(proposed)
    return short_label(line.field), current, proposed, _SIGNS[line.state]


def _read(line: DiffLine, text: str) -> str:
    if line.field.date:
        return in_words(text)
    return place_words(line.field.name, text)


def _cell(text: str) -> str:
    return under_each_other(text.split("\n")) if text else muted("vide")
