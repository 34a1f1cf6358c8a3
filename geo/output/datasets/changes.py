"""What changed between two dates, as a table without shapes, for the files of an ecosystem."""

from typing import Final

import pandas as pd

from geo.analysis.past.changes import PastChanges
from geo.directory.schema import KINDS
from geo.output.datasets.table import Column, Dataset, shapes_of
from geo.output.past import change_head, change_words

_COLUMNS: Final = (
    Column("change_id", "Identifiant"),
    Column("change", "Ce qui a changé"),
    Column("record_kind", "Type de fiche"),
    Column("record_id", "Identifiant de la fiche"),
    Column("record_name", "Nom de la fiche"),
    Column("when", "Date que porte la fiche"),
    Column("detail", "Détail"),
)


def changes(found: PastChanges) -> Dataset:
    """Return one row a change, none placed: its nature, its record, when or what."""
    rows = [
        {
            "change_id": f"{row.nature}-{row.kind}-{row.record_id}",
            "change": change_head(row, found),
            "record_kind": KINDS[row.kind].label,
            "record_id": row.record_id,
            "record_name": row.title,
            "when": row.when,
            "detail": change_words(row) if row.altered else "",
        }
        for row in found.rows
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in _COLUMNS])
    frame = frame.set_index("change_id", drop=False)
    return Dataset(
        "changes", "Changements", _COLUMNS, frame, shapes_of([None] * len(rows)), "Point"
    )
