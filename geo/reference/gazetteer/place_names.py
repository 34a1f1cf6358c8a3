"""The names, codes and postcodes of the reference, as read from its tables.

Nothing is turned into Python objects before somebody finds it: columns stay in Arrow.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.reference import kinds
from geo.reference.parquet import parquet

Ints = npt.NDArray[np.int64]

# Sections of the search, in the order given to equally good answers.
KINDS: Final = kinds.searched_kinds()
_TERRITORIES: Final = tuple(kind for kind in KINDS if kind != "commune")
SECTIONS: Final = ("commune", "arrondissement", "former", *_TERRITORIES)
FIRST_TERRITORY: Final = SECTIONS.index(_TERRITORIES[0])
_COMMUNE: Final = ("commune_code", "commune_name", "population", "departement_code", "region_code")
_COMMUNE_MORE: Final = (
    *(f"{kind.code}_code" for kind in kinds.KINDS if kind.group),
    *("longitude", "latitude", "postcodes"),
)
_TERRITORY: Final = (
    *("territory_kind", "territory_code", "territory_name"),
    *("population", "longitude", "latitude"),
)
# Population counts fully for a commune, little for a larger territory (else "nan" would put
# Nantes Métropole before Nantes) and hardly for a name that is no longer in force.
_WEIGHT: Final = np.array([1, 1, 1e-3, *[0.05] * len(_TERRITORIES)])


def _read(folder: Path, name: str, columns: tuple[str, ...] | None = None) -> pa.Table:
    return parquet(folder / f"{name}.parquet").read(columns=columns).combine_chunks()


def _section(kind: str, name_kind: str) -> str:
    if kind != "commune" or name_kind == "current":
        return kind
    return "arrondissement" if name_kind == "arrondissement" else "former"


def _numpy(column: Any) -> npt.NDArray[Any]:
    # Any other way from Arrow to NumPy imports pandas, a second that nobody needs here.
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return np.from_dlpack(whole)


@dataclass(frozen=True)
class PlaceNames:
    """The rows of ``names.parquet`` with what the other tables say of each."""

    table: pa.Table
    communes: pa.Table
    territories: pa.Table
    former: pa.Table

    @classmethod
    def read(cls, folder: Path) -> "PlaceNames":
        """Read the tables of a reference folder, without geometry."""
        return cls(
            table=_read(folder, "names"),
            communes=_read(folder, "communes", (*_COMMUNE, *_COMMUNE_MORE)),
            territories=_read(folder, "territories", _TERRITORY),
            former=_read(folder, "former_codes"),
        )

    def cell(self, column: str, row: int) -> Any:
        """Read one value of the table of names."""
        return self._columns[column][row].as_py()

    @cached_property
    def _columns(self) -> dict[str, Any]:
        return {name: self.table[name].combine_chunks() for name in self.table.column_names}

    def facts(self, row: int) -> dict[str, Any]:
        """Read what the other tables say of the place that a name names."""
        at = int(self.places[row])
        communes, territories = self._facts
        count = self.communes.num_rows
        columns, at = (communes, at) if at < count else (territories, at - count)
        return {name: column[at].as_py() for name, column in columns.items()}

    @cached_property
    def _facts(self) -> tuple[dict[str, Any], dict[str, Any]]:
        communes, territories = (
            {name: table[name].combine_chunks() for name in table.column_names}
            for table in (self.communes, self.territories)
        )
        return communes, territories

    def __len__(self) -> int:
        """Count the names."""
        return int(self.table.num_rows)

    @cached_property
    def places(self) -> Ints:
        """Return the row, per name, of the place it names: communes first, then territories."""
        others = self.territories.select(["territory_kind", "territory_code"]).to_pylist()
        first = len(self.communes)
        at = {code: row for row, code in enumerate(self.communes["commune_code"].to_pylist())}
        row_of_other = {tuple(other.values()): first + row for row, other in enumerate(others)}
        places = np.array([at.get(code, -1) for code in self.codes], dtype=np.int64)
        for row in np.flatnonzero(self.sections >= FIRST_TERRITORY).tolist():
            places[row] = row_of_other[self.cell("territory_kind", row), self.codes[row]]
        return places

    @cached_property
    def codes(self) -> list[str]:
        """Return the code in force of each name."""
        codes: list[str] = self.table["territory_code"].to_pylist()
        return codes

    @cached_property
    def sections(self) -> Ints:
        """Return the section of ``SECTIONS`` of each name."""
        kinds = self.table["territory_kind"].combine_chunks().dictionary_encode()
        name_kinds = self.table["name_kind"].combine_chunks().dictionary_encode()
        section = np.array(
            [
                [
                    SECTIONS.index(_section(kind, name_kind))
                    for name_kind in name_kinds.dictionary.to_pylist()
                ]
                for kind in kinds.dictionary.to_pylist()
            ]
        )
        return np.asarray(section[_numpy(kinds.indices), _numpy(name_kinds.indices)])

    @cached_property
    def weights(self) -> npt.NDArray[np.float64]:
        """Return the importance of each name: the inhabitants of its place, by kind of name."""
        population = np.concatenate(
            [_numpy(self.communes["population"]), _numpy(self.territories["population"])]
        )
        return np.asarray(population[self.places] * _WEIGHT[self.sections], dtype=np.float64)

    @cached_property
    def departements(self) -> dict[tuple[str, str], str]:
        """Département of each group (EPCI, EPT), the most populous one when there are several."""
        order = np.argsort(_numpy(self.communes["population"]), kind="stable").tolist()
        codes = self.communes["departement_code"].to_pylist()
        found: dict[tuple[str, str], str] = {}
        for kind in (kind.code for kind in kinds.KINDS if kind.group):
            members = self.communes[f"{kind}_code"].to_pylist()
            found |= {(kind, members[row]): codes[row] for row in order if members[row]}
        return found

    @cached_property
    def homonyms(self) -> frozenset[str]:
        """Return the names shared by several territories of one kind."""
        rows = self.territories.select(["territory_kind", "territory_name"]).to_pylist()
        uses = Counter((row["territory_kind"], row["territory_name"]) for row in rows)
        return frozenset(name for (_, name), times in uses.items() if times > 1)

    def with_code(self, code: str) -> list[int]:
        """List the rows of a code in force: INSEE, SIREN, CRTE, département, région."""
        return self.in_force.get(code, [])

    def with_unit_code(self, code: str) -> list[int]:
        """List the rows of the INSEE code of an old commune or an arrondissement.

        An old commune whose name is not kept answers with the commune of today.
        """
        if code in self._units:
            return self._units[code]
        return self.in_force.get(self._former.get(code, ""), [])

    @cached_property
    def _former(self) -> dict[str, str]:
        columns = (self.former[name].to_pylist() for name in ("former_code", "commune_code"))
        return {old: new for old, new in zip(*columns, strict=True) if old not in self.in_force}

    @cached_property
    def in_force(self) -> dict[str, list[int]]:
        """Return the rows per code in force, one code for a département and a région at times."""
        found = self._rows_by("territory_code", self.sections >= FIRST_TERRITORY)
        rows = np.flatnonzero(self.sections == 0)
        return found | {self.codes[row]: [row] for row in rows.tolist()}

    @cached_property
    def _units(self) -> dict[str, list[int]]:
        return self._rows_by("name_code", np.isin(self.sections, (1, 2)))

    def _rows_by(self, column: str, among: npt.NDArray[np.bool_]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row in np.flatnonzero(among).tolist():
            if code := self.cell(column, row):
                found.setdefault(code, []).append(row)
        return found

    @cached_property
    def postcodes(self) -> tuple[npt.NDArray[np.str_], Ints]:
        """Return every postcode in order, each with the row of a name that has it."""
        column = self.table["postcodes"].combine_chunks()
        codes = np.asarray(column.flatten().to_pylist(), dtype="U5")
        rows = _numpy(pc.list_parent_indices(column)).astype(np.int64)
        order = np.argsort(codes, kind="stable")
        return codes[order], rows[order]

    def with_postcode(self, start: str) -> Ints:
        """List the names that have a postcode beginning so, most important first."""
        codes, rows = self.postcodes
        first, last = np.searchsorted(codes, [start, start + "~"])
        found = np.unique(rows[first:last])
        return found[np.lexsort((-self.weights[found], self.sections[found] != 1))]
