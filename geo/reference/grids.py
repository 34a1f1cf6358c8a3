"""Official grids of communes: density (INSEE) and rurality (ANCT), as their authors class them."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd

from geo.reference.parquet import parquet
from geo.reference.territory import member_codes
from geo.settings import settings

GRIDS: Final = {
    "densite": "Grille communale de densité (INSEE)",
    "ruralite": "Typologie des ruralités (ANCT)",
}
"""The column of each grid, and its name with its author."""
LISTED: Final = "juillet 2026"


def classes(kind: str, code: str) -> dict[str, dict[str, int]]:
    """Count, for each grid, the communes of a territory by class, the most frequent first.

    A commune has one class of each; one whose class is unknown counts in none.
    """
    table = _table(settings().reference)
    rows = table[table.index.isin(member_codes(kind, code))]
    return {
        grid: {str(name): int(quantity) for name, quantity in rows[grid].value_counts().items()}
        for grid in GRIDS
    }


def communes_of_class(grid: str, names: Sequence[str]) -> list[str]:
    """List the codes of the communes that a grid puts in some of its classes."""
    column = _table(settings().reference)[grid]
    return [str(code) for code in column.index[column.isin(names)]]


@lru_cache(maxsize=2)
def _table(folder: Path) -> pd.DataFrame:
    table: pd.DataFrame = parquet(folder / "grids.parquet").read().to_pandas()
    return table.set_index("code")
