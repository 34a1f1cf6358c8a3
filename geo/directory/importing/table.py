"""A file once read: its cells as text, its points or perimeters, and what was recognised."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.french import count

Rows = list[list[str]]
_NAMED: Final = 5


@dataclass(frozen=True)
class Table:
    """What a file holds, before anybody says what its columns mean.

    Attributes
    ----------
    cells
        One row per record, every cell a text, columns unique, index 0…n-1.
    rows
        Number of each record in the file, from 1, as a spreadsheet counts; a record of a layer
        without lines is counted from 1.
    geometry
        Points or perimeters, shapely, longitude and latitude as the file gives them once its own
        system is undone (WGS 84); None where a record has none; None altogether for a table.
    notices
        French sentences on what was recognised in reading.
    """

    name: str
    format: str
    cells: pd.DataFrame
    rows: npt.NDArray[np.int64]
    geometry: npt.NDArray[np.object_] | None = None
    encoding: str = "utf-8"
    separator: str = ""
    header_row: int = 1
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Count the records."""
        return len(self.cells)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the file."""
        return tuple(self.cells.columns)

    def noting(self, *notices: str) -> "Table":
        """Add what was recognised, first."""
        return replace(self, notices=(*notices, *self.notices))


def named_rows(numbers: list[int]) -> str:
    """Name rows of a file at the head of a sentence: the first ones, and how many others."""
    first, others = ", ".join(map(str, numbers[:_NAMED])), len(numbers) - _NAMED
    more = f" et {count(others, 'autre')}" if others > 0 else ""
    return f"{'Ligne' if len(numbers) == 1 else 'Lignes'} {first}{more}"
