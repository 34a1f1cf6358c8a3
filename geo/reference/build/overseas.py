"""The communes of the overseas collectivities, named so that nobody takes them for unknown."""

from typing import Final

import pandas as pd

from geo.reference.build.history import History
from geo.reference.build.read import Divisions

COLUMNS: Final = [
    *("code", "name", "collectivity_code", "collectivity_name", "postcodes", "former_codes"),
]


def overseas(divisions: Divisions, history: History) -> pd.DataFrame:
    """List the communes of 975 to 989: no contour, no figure of them ships."""
    former_codes: dict[str, set[str]] = {}
    for old in history.names():
        if not old.holders:
            former_codes.setdefault(old.name, set()).add(old.code)
    rows = [
        (
            row["code"],
            row["nom"],
            row["departement"],
            row["collectivity"],
            sorted(row.get("codesPostaux", ())),
            sorted(former_codes.get(row["nom"], ())),
        )
        for row in divisions.overseas
    ]
    return pd.DataFrame(rows, columns=COLUMNS).sort_values("code", ignore_index=True)
