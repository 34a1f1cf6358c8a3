"""The lake under the store: where it lies, how it is opened, made, and written by one at a time.

Tables are those of ``kinds``, and ``turn``, one row that every write changes: two writers at once
then meet on it, one of them starts again, and none is lost, whatever the catalogue.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from geo import database
from geo.directory.store.kinds import KINDS, Kind
from geo.errors import BusyStoreError, MissingDataError, ReadOnlyStoreError

_PATIENCE_S: Final = 20.0
# What DuckDB, SQLite and the system say, in English, of a disk, a folder, a server.
_FULL: Final = ("is full", "no space left", "disk i/o", "file too large")
_CLOSED: Final = ("readonly", "read-only", "permission denied", "open file", "open database file")
_SILENT: Final = ("unable to connect", "server closed", "terminating connection", "connection")
_MADE_MEANWHILE: Final = ("already exists", "duplicate key", "tuple concurrently updated")
_OPENINGS: Final = 6


@dataclass(frozen=True)
class Place:
    """Where a store lies: a folder, and a PostgreSQL connection string unless SQLite keeps it."""

    folder: Path
    postgres: str = field(default="", repr=False)

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

    def make(self) -> None:
        """Make the folders; refuse at once a place that could be read but never written.

        Raises
        ------
        ReadOnlyStoreError
            The folder, or what is in it, is closed to writing.
        OSError
            The folder cannot be made.
        """
        self.files.mkdir(parents=True, exist_ok=True)
        needed = [self.files] if self.postgres else [self.folder, self.files, self.sqlite]
        if not all(os.access(path, os.W_OK) for path in needed if path.exists()):
            raise _folder_closed()

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
            self._wait(lock)
            yield
        finally:
            lock.close()

    def _wait(self, lock: sqlite3.Connection) -> None:
        try:
            lock.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault):
                raise self.refused(fault) from fault
            raise BusyStoreError(
                "La base est occupée par une autre écriture depuis 20 secondes. "
                "Rien n’a été écrit : recommencez dans un instant."
            ) from None

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Say in French why the lake does not answer, and never repeat PostgreSQL's address.

        Raises
        ------
        MissingDataError
            PostgreSQL does not answer.
        ReadOnlyStoreError
            The disk is full or the folder closed.
        """
        try:
            yield
        except database.Fault as fault:
            raise self.refused(fault) from (None if self.postgres else fault)

    def refused(self, fault: Exception) -> Exception:
        """Give what to say of a fault that stays: those with a cure in French, others as is."""
        text = str(fault).lower()
        if any(sign in text for sign in _FULL):
            return ReadOnlyStoreError(
                "Le disque est plein : rien n’a été écrit. Libérez de la place, puis recommencez."
            )
        if any(sign in text for sign in _CLOSED):
            return _folder_closed()
        if self.postgres and any(sign in text for sign in _SILENT):
            return MissingDataError(
                "La base PostgreSQL ne répond pas. Recommencez dans un instant : ce qui était en "
                "cours d’écriture est dans l’historique, ou n’a pas été écrit."
            )
        return type(fault)(str(fault).replace(self.postgres, "…")) if self.postgres else fault


def _folder_closed() -> ReadOnlyStoreError:
    return ReadOnlyStoreError(
        "Le dossier de la base n’est pas accessible en écriture : rien n’a été écrit. "
        "Demandez à l’exploitant d’en ouvrir les droits."
    )


def open_lake(place: Place, *, read_only: bool = False) -> database.Connection:
    """Open the lake of a place.

    Raises
    ------
    MissingDataError
        The catalogue does not answer, or is no catalogue; the address is not repeated.
    """
    for attempt in range(_OPENINGS):
        try:
            return database.connect_lake(place.catalogue, place.files, read_only=read_only)
        except database.Fault as fault:
            # Two processes that make the same new catalogue at once: the second finds it made.
            if attempt + 1 < _OPENINGS and any(sign in str(fault) for sign in _MADE_MEANWHILE):
                time.sleep(0.2 * (attempt + 1))
                continue
            raise _not_opened(place) from (None if place.postgres else fault)
    raise _not_opened(place)


def _not_opened(place: Place) -> MissingDataError:
    where = "PostgreSQL" if place.postgres else str(place.sqlite)
    return MissingDataError(
        f"La base {where} ne s’ouvre pas. Vérifiez qu’elle existe, qu’elle répond et que ses "
        "droits sont bons ; le réglage est CATALYSE_CATALOGUE ou CATALYSE_STORE."
    )


def make_tables(connection: database.Connection) -> None:
    """Make the tables, and the columns, that a store made earlier has not, in one transaction."""
    held: dict[str, set[str]] = {}
    for table, column in connection.execute(database.sql("store/columns")).fetchall():
        held.setdefault(table, set()).add(column)
    steps = [step for kind in KINDS.values() for step in _steps(kind, held.get(kind.table))]
    if "turn" not in held:
        steps += ["CREATE TABLE lake.turn (turn BIGINT)", "INSERT INTO lake.turn VALUES (0)"]
    if steps:
        with transaction(connection):
            for step in steps:
                connection.execute(step)


def _steps(kind: Kind, held: set[str] | None) -> list[str]:
    """List what makes the table of one kind whole."""
    columns = {field.name: f'"{field.name}" {field.type}' for field in kind.fields}
    if held is None:
        return [f"CREATE TABLE lake.{kind.table} ({', '.join(columns.values())})"]
    return [
        f"ALTER TABLE lake.{kind.table} ADD COLUMN {columns[field.name]}"
        for field in kind.fields
        if field.name not in held
    ]


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
