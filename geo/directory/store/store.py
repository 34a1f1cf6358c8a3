"""The store: read what is, write one snapshot at a time, with author and message."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any, Final, Self

import pandas as pd
import pyarrow as pa

from geo import database
from geo.directory.schema import KINDS, RecordKind
from geo.directory.store import rows, turns, writing
from geo.directory.store.catching_up import HeldTables
from geo.directory.store.changes import Changes, Record
from geo.directory.store.ducklake import StoreLocation, open_lake, transaction
from geo.directory.store.moment import forget, once
from geo.directory.store.versions import brought_up, newer, turn_taken, version_now
from geo.errors import (
    ReadOnlyStoreError,
    UnknownCodeError,
)
from geo.french import quoted

_NO_SUCH: Final = ("No snapshot found", "does not exist at version", "can't be cast")


@dataclass(eq=False)
class Store:
    """One base, open. ``read_only`` says in French why nothing can be written, or is empty.

    ``stands_in``: what it holds is what ships, in the place of a base that cannot be read.
    Safe to share between threads; several processes may open the same place.
    """

    place: StoreLocation
    connection: database.Connection = field(repr=False)
    read_only: str = ""
    stands_in: bool = False
    _lock: RLock = field(default_factory=RLock, repr=False)
    tables: HeldTables = field(default_factory=HeldTables, repr=False)

    @classmethod
    def create(
        cls,
        folder: Path,
        postgres: str = "",
        bucket: database.BucketAccess | None = None,
        *,
        upgrading: bool = True,
        instead_of: int | None = None,
    ) -> Self:
        """Open the store of a folder, empty when there was none, brought up to this version.

        Parameters
        ----------
        upgrading
            Leave an older store as it is, to be read only, when it is false.
        instead_of
            Make an empty one in the place of a catalogue of this number that was found lost, if no
            other replaced it meanwhile; nothing is deleted.

        Raises
        ------
        OSError, ReadOnlyStoreError
            The folder cannot be made or written.
        LostDataError
            The store lost its catalogue or data; nothing was written nor made.
        UnreadableStoreError
            It cannot be brought up, or the file of turns is damaged; likewise.
        MissingDataError
            See ``open_lake``.
        """
        place = StoreLocation(folder, postgres, bucket)
        new = place.is_new()
        if new:
            place.make()  # before the file of turns: killed between the two, it is still new
        elif instead_of is None:
            place.check()
        with place.turn():
            new = new or (instead_of is not None and place.give_way(instead_of))
            connection = open_lake(place, create=new)
            try:
                why = writing.until_done(lambda: brought_up(connection, upgrading=upgrading), place)
            except BaseException:
                connection.close()
                raise
            place.unfinished.unlink(missing_ok=True)
        return cls(place, connection, why)

    @classmethod
    def closed(cls, place: StoreLocation, why: str) -> Self:
        """Open a store that may not be written, as it is; ``why`` says so.

        Its version comes first: opening the folder to writing would change nothing to it.

        Raises
        ------
        MissingDataError
            See ``open_lake``.
        AtlasError
            It does not answer now.
        """
        connection = open_lake(place, read_only=True)
        with place.answering():
            newer_or_older = brought_up(connection, upgrading=False)
        return cls(place, connection, newer_or_older or why)

    # --- reading ----------------------------------------------------------------------------

    def fetch(self, text: str, values: Record | None = None, *, wide: bool = False) -> pa.Table:
        """Answer one question in SQL; see ``database.table``. It is safe between threads.

        Raises
        ------
        MissingDataError
            PostgreSQL does not answer, or a file of the store is lost or damaged.
        """
        with self.place.answering():
            return database.table(self.connection, text, values, wide=wide)

    def is_new(self) -> bool:
        """Return whether nothing was ever written."""
        return bool(self.fetch("SELECT turn FROM lake.turn")["turn"].to_pylist() == [0])

    def snapshot(self) -> int:
        """Return the number of the latest snapshot, the same for a whole page (``one_moment``)."""
        return once(self, self._latest)

    def _latest(self) -> int:
        return int(self.fetch("FROM lake.current_snapshot()")["id"][0].as_py())

    @property
    def origin(self) -> str:
        """Name what is read: the state of the base, or what ships in its place."""
        return "données livrées" if self.stands_in else f"base, état n° {self.snapshot()}"

    def version(self) -> int:
        """Return the version that the store carries now."""
        with self.place.answering():
            return version_now(self.connection.cursor())

    def touched(self, since: int) -> set[str]:
        """Return the kinds of record that were changed after a snapshot."""
        found = self.fetch(database.sql("store/touched"), {"since": since})
        return {*found["kind"].to_pylist()} & {*KINDS}

    def read(self, kind: str, at: int | None = None) -> pd.DataFrame:
        """Read every record of a kind, now or at a past snapshot: a frame by id, not to be changed.

        Raises
        ------
        UnknownCodeError
            There is no such snapshot.
        """
        if at is not None:
            return self._ask("read", KINDS[kind], at)
        read = self.tables.read
        whole = partial(self._ask, "read", KINDS[kind], None)
        return read(kind, self.snapshot(), self.touched, self.fetch, whole)

    def changed(self, kind: str, before: pd.DataFrame, now: pd.DataFrame) -> set[str] | None:
        """Name the records that differ from one frame of ``read`` to a later; None: unknown."""
        return self.tables.changed(kind, before, now)

    def record(self, kind: str, record_id: str, at: int | None = None) -> Record:
        """Read one record, now or at a past snapshot.

        Raises
        ------
        UnknownCodeError
            The store holds none of that id, or no such snapshot.
        """
        known = record_id == rows.printable(record_id)
        found = self._ask("record", KINDS[kind], at, id=record_id if known else "")
        if found.empty:
            raise UnknownCodeError(
                f"Fiche introuvable ({KINDS[kind].label}) : {quoted(record_id[:80])}. "
                "Elle a pu être supprimée : voyez l’historique."
            )
        return rows.plain(dict(found.iloc[0]))

    def _ask(self, question: str, kind: RecordKind, at: int | None, **values: Any) -> pd.DataFrame:
        moment = "" if at is None else f"AT (VERSION => {int(at)})"
        text = database.sql(f"store/{question}").format(table=kind.table, id=kind.id, at=moment)
        try:
            found = self.fetch(text, values or None)
        except database.Fault as fault:
            if kind.since > 1 and database.is_without(fault, kind.table):
                return rows.frame(kind, rows.table(kind, []))
            if at is None or not any(sign in str(fault) for sign in _NO_SUCH):
                raise
            raise UnknownCodeError(
                f"L’enregistrement n° {at} n’existe pas dans l’historique."
            ) from None
        return rows.frame(kind, rows.distinct(rows.in_order(found, kind.id), kind.id))

    # --- writing ----------------------------------------------------------------------------

    def write(
        self,
        changes: Changes,
        *,
        author: str,
        message: str,
        written_at: str = "",
        still: Callable[[], object] | None = None,
    ) -> int:
        """Write changes whole, as one snapshot, or nothing of them; give its number.

        A record must be put at the revision it was read at; another writer's turn is waited for.
        ``written_at`` (UTC, ISO 8601) is for what was first written elsewhere, then brought here.
        ``still`` is asked once nobody else may write: what it raises leaves all as it was.

        Raises
        ------
        AtlasError
            Of no known kind, without an id, or with a field its kind does not know.
        ReadOnlyStoreError
            The store cannot be written.
        ConflictError
            A record was changed since it was read, or is already there.
        BusyStoreError
            Another writer held the store too long.
        """
        if self.read_only:
            raise ReadOnlyStoreError(self.read_only)
        if not changes:
            return self.snapshot()
        writing.check(changes)
        return self._write(changes, author, message, written_at, still)

    def note(self, *, author: str, message: str, written_at: str = "") -> int:
        """Write to the history that something was done which changes no record.

        Raises
        ------
        ReadOnlyStoreError, BusyStoreError
            See ``write``.
        """
        if self.read_only:
            raise ReadOnlyStoreError(self.read_only)
        return self._write(Changes(), author, message, written_at)

    def _write(
        self, changes: Changes, author: str, message: str, written_at: str, still: Any = None
    ) -> int:
        with turns.in_process(self._lock), self.place.turn(self.connection):
            if still:
                forget(self)
                still()
            details = writing.commit_details(author, message, writing.summary(changes, written_at))
            try:
                return int(writing.until_done(lambda: self._commit(changes, details), self.place))
            finally:
                forget(self)

    def _commit(self, changes: Changes, details: dict[str, str]) -> int:
        # Closed whatever happens: a commit that failed may not be rolled back, and holds SQLite.
        with closing(self.connection.cursor()) as cursor:
            if self.place.bucket:
                database.wait_to_write(cursor)
            return self._committed(cursor, changes, details)

    def _committed(
        self, cursor: database.Connection, changes: Changes, details: dict[str, str]
    ) -> int:
        with transaction(cursor):
            if not turn_taken(cursor):
                # A newer app upgraded the store since this one opened it.
                self.read_only = newer(version_now(cursor))
                raise ReadOnlyStoreError(self.read_only)
            for name in KINDS:
                put = {record[KINDS[name].id]: record for record in changes.put.get(name, ())}
                gone = changes.drop.get(name, ()), changes.seen.get(name, {})
                writing.replace(cursor, KINDS[name], put, *gone)
            cursor.execute(
                "CALL lake.set_commit_message($author, $message, extra_info => $extra)", details
            )
        # The function itself: by the name of the lake it is looked for in the catalogue.
        last = cursor.execute("FROM ducklake_last_committed_snapshot('lake')").fetchone()
        return int(last[0]) if last else self.snapshot()
