"""Two records and their merger, as a table."""

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from geo.directory.duplicates.preview import NOTHING, FieldComparison
from geo.output.html import muted, strong, table

_HEADER: Final = ("Champ", "Fiche gardée", "Autre fiche", "Après la fusion")


def comparison(lines: Iterable[FieldComparison]) -> Markup:
    """Write fields with what each record says and what the merged one would."""
    return table(
        "Les deux fiches, côte à côte", _HEADER, [_row(line) for line in lines], folds=True
    )


def _row(line: FieldComparison) -> tuple[str, str, str, str]:
    result = _cell(line.result)
    changed = line.result != line.survivor
    return (
        line.label,
        _cell(line.survivor),
        _cell(line.other),
        strong(result) if changed else result,
    )


def _cell(text: str) -> str:
    return muted("vide") if text == NOTHING else text
