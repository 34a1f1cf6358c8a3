"""The lake under the store: where it lies, how it is opened, made, and written by one at a time.

Tables are those of ``kinds``, and ``turn``, one row that every write changes: two writers at once
then meet on it, one of them starts again, and none is lost, whatever the catalogue.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo import database
from geo.directory.store.kinds import KINDS
from geo.errors import BusyStoreError, MissingDataError

_PATIENCE_S: Final = 20.0


@dataclass(frozen=True)
class Place:
    """Where a store lies: a folder, and a PostgreSQL connection string unless SQLite keeps it."""

    folder: Path
    postgres: str = ""

    @property
    def catalogue(self) -> str:
        """Address of the DuckLake catalogue."""
        return f"postgres:{self.postgres}" if self.postgres else f"sqlite:{self.sqlite}"

    @property
    def sqlite(self) -> Path:
        """File of the SQLite catalogue."""
        return self.folder / "catalogue.sqlite"

    @property
    def files(self) -> Path:
        """Folder of the Parquet files."""
        return self.folder / "fichiers"

    @property
    def keys(self) -> Path:
        """File of the keys that open contacts, when SQLite keeps them."""
        return self.folder / "cles.sqlite"

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn to write, among the processes of this folder.

        SQLite lets go of the lock when the process that holds it dies, however it dies. With
        PostgreSQL, whose folder may be on a network disk, the row ``turn`` does it alone.

        Raises
        ------
        BusyStoreError
            Another process held it for 20 s.
        """
        if self.postgres:
            yield
            return
        lock = sqlite3.connect(self.folder / "tour.sqlite", timeout=_PATIENCE_S)
        lock.isolation_level = None
        try:
            lock.execute("BEGIN IMMEDIATE")
            yield
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault):
                raise
            raise BusyStoreError(
                "La base est occupée par une autre écriture depuis 20 secondes. "
                "Rien n’a été écrit : recommencez dans un instant."
            ) from None
        finally:
            lock.close()


def open_lake(place: Place, *, read_only: bool = False) -> database.Connection:
    """Open the lake of a place.

    Raises
    ------
    MissingDataError
        The catalogue does not answer, or is no catalogue; the address is not repeated.
    """
    try:
        return database.connect_lake(place.catalogue, place.files, read_only=read_only)
    except database.Fault as fault:
        where = "PostgreSQL" if place.postgres else str(place.sqlite)
        raise MissingDataError(
            f"La base {where} ne s’ouvre pas. Vérifiez qu’elle existe, qu’elle répond et que ses "
            "droits sont bons ; le réglage est CATALYSE_CATALOGUE ou CATALYSE_STORE."
        ) from (None if place.postgres else fault)


def make_tables(connection: database.Connection) -> bool:
    """Make the tables that are missing, in one transaction; tell whether there was none."""
    held = {name for (name,) in connection.execute("SHOW TABLES FROM lake").fetchall()}
    columns = {
        kind.table: ", ".join(f'"{field.name}" {field.type}' for field in kind.fields)
        for kind in KINDS.values()
    } | {"turn": "turn BIGINT"}
    missing = [name for name in columns if name not in held]
    if not missing:
        return False
    with transaction(connection):
        for name in missing:
            connection.execute(f"CREATE TABLE lake.{name} ({columns[name]})")
        if "turn" in missing:
            connection.execute("INSERT INTO lake.turn VALUES (0)")
    return "turn" in missing


@contextmanager
def transaction(connection: database.Connection) -> Iterator[None]:
    """Commit what is done inside, or nothing of it."""
    connection.execute("BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(database.Fault):
            connection.execute("ROLLBACK")
        raise
