"""The lake under the store: where it lies, how it is opened, made, and written by one at a time.

One row, ``turn``, is changed by every write: two writers at once then meet on it, one of them
starts again, and none is lost, whatever the catalogue. ``versions`` tells which tables there are.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from geo import database
from geo.directory.store import loss, refusals, turns
from geo.directory.store.data_place import (
    DAMAGED,
    DATA,
    MISSING,
    NO_FOLDER,
    DataBucket,
    DataFolder,
    DataPlace,
)
from geo.errors import LostDataError, MissingDataError

_MADE_MEANWHILE: Final = ("already exists", "duplicate key", "tuple concurrently updated")
_OPENINGS: Final = 6


@dataclass(frozen=True)
class StoreLocation:
    """Where a store lies: a folder, PostgreSQL's string unless SQLite keeps it, a bucket if any."""

    folder: Path
    postgres: str = field(default="", repr=False)
    bucket: database.BucketAccess | None = None

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
        """Folder of the Parquet files, when no bucket holds them."""
        return self.folder / DATA

    @property
    def data(self) -> DataPlace:
        """Where the Parquet files are."""
        return DataBucket(self.bucket) if self.bucket else DataFolder(self.files)

    @property
    def keys(self) -> Path:
        """File of the keys that open contacts, when SQLite keeps them."""
        return self.folder / "cles.sqlite"

    @property
    def lock(self) -> Path:
        """File by which the writers of this folder wait for each other; it holds nothing."""
        return self.folder / "tour.sqlite"

    @property
    def unfinished(self) -> Path:
        """File that is there as long as a new store is being made."""
        return self.folder / "creation-en-cours"

    def is_new(self) -> bool:
        """Return whether nothing was ever made here, or only what a making cut short left.

        The mark of an unfinished making is looked for last: it goes once the catalogue is whole.
        Data beside it are those of a base that was in use.
        """
        traces = [] if self.postgres else [self.sqlite, self.keys, self.lock]
        if not (any(path.exists() for path in traces) or self.data.exists()):
            return True
        return self.unfinished.exists() and not self.data.written_at()

    def file_number(self) -> int:
        """Tell one file of a catalogue from another put in its place; 0 for none, or PostgreSQL."""
        try:
            found = self.sqlite.stat()
        except OSError:
            return 0
        return found.st_ino if found.st_size and not self.postgres else 0

    def make(self) -> None:
        """Make the folders of a new store, and the mark that it is not finished.

        Raises
        ------
        OSError, MissingDataError
            The folder, or the place of the data, cannot be made.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # it holds people, and keys
        self.unfinished.touch()
        self.data.make()

    def give_way(self, seen: int) -> bool:
        """Set aside a lost catalogue; not the one that took its place since it was ``seen``."""
        if self.file_number() != seen:
            return False
        if not self.postgres:
            self.set_aside(self.sqlite)
        self.make()
        return True

    def check(self) -> None:
        """Refuse a place that lost its catalogue, or that could be read but never written.

        Raises
        ------
        LostDataError
            The catalogue is missing or empty.
        ReadOnlyStoreError
            The folder, or what is in it, is closed to writing.
        """
        if lost := self.lost():
            raise lost
        if self.files.exists() and not self.files.is_dir() and not self.bucket:
            raise loss.data_lost(self.data, "", NO_FOLDER, in_postgres=False)
        needed = [] if self.bucket else [self.files]
        needed += [] if self.postgres else [self.folder, self.sqlite]
        if not all(os.access(path, os.W_OK) for path in needed if path.exists()):
            raise refusals.folder_closed()

    def lost(self) -> LostDataError | None:
        """Say that the file of the catalogue is missing or empty; DuckDB would make another."""
        if self.postgres:
            return None
        try:
            size = self.sqlite.stat().st_size if self.sqlite.is_file() else None
        except OSError:  # a folder that may not be looked into says so itself
            return None
        return None if size else loss.catalogue(self.sqlite, loss.EMPTY if size == 0 else MISSING)

    def set_aside(self, file: Path) -> None:
        """Rename a catalogue or keys that cannot be used, so that others are made; delete nothing.

        Data files stay where they are: a new catalogue knows none of them.
        """
        for path in self.folder.glob(f"{file.name}*"):
            path.rename(path.with_name(f"{time.strftime('%Y%m%d-%H%M%S')}-{path.name}"))

    @contextmanager
    def turn(self, lake: database.Connection | None = None) -> Iterator[None]:
        """Wait for one's turn to write, among the processes of this store.

        With PostgreSQL it is there that they wait, the folder may be on a network disk: the turn is
        asked through the open ``lake``, if any.

        Raises
        ------
        BusyStoreError
            Another process held it for 20 s.
        UnreadableStoreError, ReadOnlyStoreError
            The file of turns is damaged, or its folder closed.
        """
        waiting = turns.in_postgres(self.postgres, lake) if self.postgres else self._turn_in_file()
        with waiting:
            yield

    @contextmanager
    def _turn_in_file(self) -> Iterator[None]:
        with ExitStack() as waiting:
            try:
                waiting.enter_context(turns.in_file(self.lock))
            except sqlite3.DatabaseError as fault:
                damaged = self.lock.is_dir() or any(sign in str(fault) for sign in refusals.NO_FILE)
                raise (loss.lock(self.lock) if damaged else self.refused(fault)) from fault
            yield

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Say in French why the lake does not answer, and never repeat PostgreSQL's address.

        Raises
        ------
        MissingDataError
            PostgreSQL does not answer.
        UnreadableStoreError
            The catalogue or a data file is lost or damaged, or closed to reading.
        ReadOnlyStoreError
            The disk is full or the folder closed.
        """
        if lost := self.lost():
            raise lost
        try:
            yield
        except database.Fault as fault:
            raise self.refused(fault) from (None if self.is_far else fault)

    @property
    def is_far(self) -> bool:
        """Return whether a part of it is on a server, whose faults may tell what opens it."""
        return bool(self.postgres or self.bucket)

    def refused(self, fault: Exception) -> Exception:
        """Return what to say of a fault that stays: those with a cure in French, others as is."""
        refusal = refusals.said_of(self, fault)
        if refusal or not self.postgres:
            return refusal or fault
        return type(fault)(str(fault).replace(self.postgres, "…"))

    def no_lake(self) -> LostDataError:
        """Say that what answers is no catalogue of a store."""
        if self.postgres:
            return loss.postgres(self.data)
        return loss.catalogue(self.sqlite, DAMAGED)


def open_lake(
    place: StoreLocation, *, create: bool = False, read_only: bool = False
) -> database.Connection:
    """Open the lake of a place; make it when ``create``.

    Raises
    ------
    LostDataError
        What answers is no catalogue, or a damaged one.
    MissingDataError
        The catalogue does not answer; the address is not repeated.
    """
    for attempt in range(_OPENINGS):
        try:
            return database.connect_lake(
                place.catalogue,
                place.data.address,
                access=place.bucket,
                create=create,
                read_only=read_only,
            )
        except database.Fault as fault:
            # Two processes that make the same new catalogue at once: the second finds it made.
            if attempt + 1 < _OPENINGS and any(sign in str(fault) for sign in _MADE_MEANWHILE):
                time.sleep(0.2 * (attempt + 1))
                continue
            raise _not_opened(place, fault) from (None if place.is_far else fault)
    raise _not_opened(place)


def _not_opened(place: StoreLocation, fault: Exception | None = None) -> MissingDataError:
    if fault and refusals.is_no_lake(fault):
        return place.no_lake()
    where = "PostgreSQL" if place.postgres else str(place.sqlite)
    return MissingDataError(
        f"La base {where} ne s’ouvre pas. Vérifiez qu’elle existe, qu’elle répond et que ses "
        "droits sont bons ; le réglage est CATALYSE_CATALOGUE ou CATALYSE_STORE."
    )


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
