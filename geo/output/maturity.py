"""The assessments of one territory as a table: each answer in time, against the one before."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from geo.dates import in_words
from geo.directory.ecosystems.maturity import Questionnaire, points
from geo.french import NBSP
from geo.output.html import absent, lines, muted, strong, table
from geo.vocabulary import name_of

_MOVES = {1: "en hausse", 0: "inchangé", -1: "en baisse"}


def maturity_table(rows: Sequence[dict[str, Any]], grid: Questionnaire) -> Markup:
    """Write one column a date, the latest first, one line a question; the last is the level."""
    points_by_row = [points(row) for row in rows]
    body = [
        [
            question.label,
            *(
                _cell(question.answers, points_by_row, at, question.id)
                for at in reversed(range(len(rows)))
            ),
        ]
        for question in grid.questions
    ]
    body.append(["Niveau", *(strong(name_of("maturity", row["maturity"])) for row in rows[::-1])])
    header = ["Question", *(in_words(row["assessed_on"]) for row in rows[::-1])]
    return table("Ce territoire, comparé à lui-même", header, body)


def _cell(
    answers: tuple[str, ...], points_by_row: list[dict[str, int]], at: int, name: str
) -> Markup:
    value = points_by_row[at].get(name)
    if value is None or value >= len(answers):
        return absent("sans réponse")
    text = f"{answers[value]} ({value}{NBSP}/{NBSP}{len(answers) - 1})"
    before = points_by_row[at - 1].get(name) if at else None
    if before is None:
        return Markup.escape(text)
    return lines([text, muted(_MOVES[(value > before) - (value < before)])])
