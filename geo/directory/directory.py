"""The directory in force: the catalysts of one file, and the questions asked of them."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import pandas as pd

from geo import database
from geo.directory.catalysts import read_catalysts
from geo.errors import UnknownCodeError
from geo.selection import Selection
from geo.settings import settings

_AREA_COLUMNS = {
    "commune": "commune_code",
    "departement": "departement_code",
    "region": "region_code",
}


@dataclass(frozen=True, eq=False)
class Directory:
    """Catalysts of one file, with the DuckDB tables that answer for them.

    ``frame`` is what ``read_catalysts`` gives, by ``catalyst_id``.
    """

    path: Path
    frame: pd.DataFrame
    _lock: Lock = field(default_factory=Lock, repr=False)

    @cached_property
    def fictive(self) -> bool:
        """Tell whether these catalysts are made up."""
        return bool(self.frame["fictive"].any())

    @cached_property
    def _catalysts_only(self) -> database.Connection:
        connection = database.connect()
        database.fill(connection, "catalysts", _searchable(self.frame))
        return connection

    @cached_property
    def _with_reference(self) -> database.Connection:
        connection = self._catalysts_only
        database.load_reference(connection, settings().reference)
        return connection

    def ask(self, question: str, **parameters: Any) -> pd.DataFrame:
        """Answer one question of ``geo/sql`` about catalysts and territories."""
        with self._lock:
            connection = self._with_reference
        return database.ask(connection, question, parameters)

    def select(self, selection: Selection) -> pd.DataFrame:
        """Keep the catalysts a selection asks for, in the order of the file."""
        if selection.is_empty():
            return self.frame
        with self._lock:
            connection = self._catalysts_only
        ids = database.ask(connection, "catalysts_selected", selection.parameters())
        return self.frame.loc[ids["catalyst_id"]]

    def catalyst(self, catalyst_id: str) -> dict[str, Any]:
        """Give one catalyst.

        Raises
        ------
        UnknownCodeError
            The file holds none of that id.
        """
        if catalyst_id not in self.frame.index:
            raise UnknownCodeError(
                f"Catalyseur inconnu : « {catalyst_id[:80]} ». "
                "Cherchez-le par son nom dans la liste des catalyseurs."
            )
        return dict(self.frame.loc[catalyst_id])


def _searchable(frame: pd.DataFrame) -> pd.DataFrame:
    """Shape catalysts for SQL: the scope split, and the code of the place they are known to."""
    scope = frame["scope"].str.partition(":")
    location = [
        row[_AREA_COLUMNS[precision]]
        if (precision := row["location_precision"]) in _AREA_COLUMNS
        else ""
        for row in frame.to_dict("records")
    ]
    return frame.reset_index(drop=True).assign(
        position=range(len(frame)),
        scope_kind=scope[0].to_numpy(),
        scope_code=scope[2].to_numpy(),
        location_code=location,
    )


def directory() -> Directory:
    """Give the directory of the file in force, read again only when the file has changed."""
    path = settings().catalysts_file
    stamp = path.stat().st_mtime_ns if path.is_file() else 0
    return _directory(path, stamp)


@lru_cache(maxsize=2)
def _directory(path: Path, _stamp: int) -> Directory:
    return Directory(path, read_catalysts(path).set_index("catalyst_id", drop=False))
