"""A table about to leave: its columns, its rows, its shapes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.directory.schema import TEXT

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Column:
    """One column: its name, what a person reads, its type, the vocabulary it draws from."""

    name: str
    label: str
    type: str = TEXT
    vocabulary: str = ""


NAMED_TERRITORY: Final = (
    Column("territory_id", "Identifiant"),
    Column("territory_kind", "Type de territoire", TEXT, "territory_kind"),
    Column("territory_code", "Code"),
    Column("territory_name", "Nom"),
)
"""What names a territory, first in every table of territories."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """One table about to leave, its first column the id.

    ``frame``: one row a record, the columns in order, indexed by id; a missing number is NaN, a
    missing text empty. ``geometry``: one shape a row, WGS 84, None where nothing is placed.
    ``shape``: the type of its shapes, as GeoJSON names it.
    """

    subject: str
    title: str
    columns: tuple[Column, ...]
    frame: pd.DataFrame
    geometry: Shapes
    shape: str

    @property
    def id(self) -> str:
        """Name the column of the id."""
        return self.columns[0].name

    @property
    def names(self) -> list[str]:
        """List the columns."""
        return [column.name for column in self.columns]

    @property
    def placed_count(self) -> int:
        """Count the rows that have a shape."""
        return int(sum(one is not None for one in self.geometry))

    @property
    def unplaced_count(self) -> int:
        """Count the rows that have none."""
        return len(self.frame) - self.placed_count

    @property
    def fictive(self) -> bool:
        """Return whether any row is made up."""
        return "fictive" in self.frame and bool(self.frame["fictive"].any())


def with_columns(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Keep the columns of a dataset, in their order."""
    return frame[[column.name for column in columns]]


def shapes_of(found: Iterable[Any]) -> Shapes:
    """Put shapes in an array, those absent as None."""
    listed = list(found)
    array = np.full(len(listed), None, dtype=object)
    array[:] = listed
    return array
