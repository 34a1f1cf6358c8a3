"""The report of an import: one line per problem, per changed field and per new record."""

import csv
import io
from collections.abc import Iterable
from typing import Any, Final

from geo.directory.importing.dry_run import INFO, Problem
from geo.directory.importing.fields import BY_NAME
from geo.directory.importing.plan import Plan
from geo.directory.schema import ACTOR
from geo.files import inert
from geo.french import typeset

HEADER: Final = (
    *("ligne", "colonne", "champ", "gravité", "message"),
    *("valeur d’origine", "valeur gardée"),
)
_LABELS: Final = {
    **{field.name: field.label for field in ACTOR.fields},
    **{name: target.label for name, target in BY_NAME.items()},
    "geojson": "Tracé",
}


def report_csv(problems: Iterable[Problem], plan: Plan | None = None) -> bytes:
    """Write the report: CSV, semicolons, UTF-8 with BOM, no cell that runs as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for problem in problems:
        label = field_label(problem.field)
        cells = (problem.column, label, problem.severity, problem.message)
        writer.writerow(_line(problem.row, *cells, problem.original, problem.result))
    for line in _planned(plan) if plan else ():
        writer.writerow(line)
    return out.getvalue().encode("utf-8-sig")


def field_label(name: str) -> str:
    """Name a field as a person reads it."""
    return _LABELS.get(name, name)


def _line(row: int, *cells: str) -> list[str]:
    return [str(row) if row else "", *(inert(cell) for cell in cells)]


def _planned(plan: Plan) -> Iterable[list[str]]:
    """Say what would be written: the summary, each changed field, each new record."""
    yield _line(0, "", "", INFO, typeset(plan.sentence), "", "")
    for update in plan.changed:
        name = update.record["actor_name"]
        for change in update.fields:
            message = f"Fiche modifiée : {name}"
            yield _line(update.row, "", change.label, INFO, typeset(message),
                        value_text(change.old), value_text(change.new))  # fmt: skip
    rows = {actor_id: row for row, actor_id in plan.rows.items()}
    for record in plan.new:
        message = typeset(f"Nouvelle fiche : {record['actor_name']}")
        yield _line(rows[record["actor_id"]], "", "", INFO, message, "", record["actor_id"])


def value_text(value: Any) -> str:
    """Write a value as a person reads it in a cell."""
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, list) else str(value)
