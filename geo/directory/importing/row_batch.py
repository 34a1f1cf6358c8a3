"""The table of a dry run: texts by field, problems noted as they are met."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.directory.importing.address_parts import assembled, ranks
from geo.directory.importing.dry_run import WARNING, Problem
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.table import Table
from geo.french import typeset

Mask = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]
_JOINTS: Final = {"contact_name": " ", "practices": ";"}
LONGEST_SAID: Final = 300
_LONG, _LONGEST = 1_000, 20_000
_BLANK: Final = re.compile(r"\s{20,}")


@dataclass
class RowBatch:
    """A table, its mapping, the problems found so far, the rows filled by what is said of all."""

    table: Table
    mapping: Mapping
    problems: list[Problem] = field(default_factory=list)
    declared: dict[str, frozenset[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the records."""
        return len(self.table)

    def has(self, name: str) -> bool:
        """Return whether a column feeds a field."""
        return bool(self.mapping.columns_of(name))

    def texts(self, name: str) -> Texts:
        """Return the texts of a field, those of several columns joined, empty without a column.

        A cell counts up to its first 20,000 letters, without its runs of blanks: no field keeps
        as many, and a file may not make an import endless.
        """
        columns = self.mapping.columns_of(name)
        if not columns:
            return np.full(len(self), "", dtype=object)
        if name == "address" and len(columns) > 1:
            return self._addresses(columns)
        first, *others = (self._cells(column) for column in columns)
        joint = _JOINTS.get(name, " ; ")
        for other in others:
            pairs = zip(first, other, strict=True)
            first = np.array([_joined(a, b, joint) for a, b in pairs], dtype=object)
        return np.asarray(first)

    def _addresses(self, columns: tuple[str, ...]) -> Texts:
        """Return the addresses that several columns cut in parts."""
        places = ranks(columns)
        rows = zip(*(self._cells(column) for column in columns), strict=True)
        return np.array([*(assembled([*row], places) for row in rows), ""], dtype=object)[:-1]

    def _cells(self, column: str) -> Texts:
        cells = self.table.cells[column].to_numpy(dtype=object)
        if not where(cells, lambda text: len(text) > _LONG).any():
            return cells
        return each(cells, lambda text: _read(text) if len(text) > _LONG else text)

    def column(self, name: str) -> str:
        """Name the columns that feed a field, as a person reads them."""
        return " + ".join(self.mapping.columns_of(name))

    def tell(
        self,
        where: Mask,
        name: str,
        message: str | Callable[[int], str],
        values: tuple[Texts | None, Texts | None] = (None, None),
        severity: str = WARNING,
    ) -> None:
        """Note the same problem for some records; ``values`` are what was read and what is kept."""
        original, result = values
        original = self.texts(name) if original is None else original
        column = self.column(name)
        fixed = typeset(message) if isinstance(message, str) else ""
        for at in np.flatnonzero(where).tolist():
            self.problems.append(
                Problem(
                    int(self.table.rows[at]),
                    column,
                    name,
                    fixed or typeset(message(at)),  # type: ignore[operator]
                    str(original[at])[:LONGEST_SAID],
                    "" if result is None else str(result[at])[:LONGEST_SAID],
                    severity,
                )
            )


def _read(text: str) -> str:
    return _BLANK.sub(lambda run: "\n" if "\n" in run[0] else " ", text[:_LONGEST])


def _joined(first: str, second: str, joint: str) -> str:
    if not first or not second or first == second:
        return first or second
    return f"{first}{joint}{second}"


def each(texts: Texts, change: Callable[[str], str]) -> Texts:
    """Change every text, each distinct one once."""
    codes, distinct = pd.factorize(texts)
    changed = np.array([change(text) for text in distinct], dtype=object)
    return np.asarray(changed[codes]) if len(distinct) else texts


def where(texts: Texts, test: Callable[[str], object]) -> Mask:
    """Mark the texts that pass a test, each distinct one tried once."""
    codes, distinct = pd.factorize(texts)
    passed = np.array([bool(test(text)) for text in distinct], dtype=bool)
    return np.asarray(passed[codes]) if len(distinct) else np.zeros(len(texts), dtype=bool)
