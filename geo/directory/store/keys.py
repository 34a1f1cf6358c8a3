"""Keys of people, contacts and requests: one each, without history, destroyed for good."""

import logging
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from typing import Final

from cryptography.fernet import Fernet

from geo import database
from geo.directory.schema import SEALED
from geo.directory.store import loss
from geo.directory.store.data_place import DAMAGED, MISSING
from geo.directory.store.ducklake import StoreLocation, transaction
from geo.directory.store.store import Store
from geo.errors import ReadOnlyStoreError, UnknownCodeError, UnreadableStoreError

OWNERS: Final = ":organisations"
"""Name of the key that signs the links of organisations; no person's, it proves nothing of them.

So begin the names of what is destroyed when the links of one record are ended.
"""
# A key destroyed stays in the table without its value: nothing brings that contact back.
_TABLE: Final = "CREATE TABLE IF NOT EXISTS {}cles (contact_id VARCHAR PRIMARY KEY, cle VARCHAR)"
_FIND: Final = "SELECT contact_id, cle FROM {}cles WHERE cle <> ''"
_GONE: Final = "SELECT contact_id FROM {}cles WHERE cle = ''"
_IDS: Final = "SELECT contact_id FROM {}cles"
_ANY: Final = "SELECT 1 FROM {}cles WHERE contact_id NOT LIKE ':organisations%' LIMIT 1"
_FORGET: Final = "UPDATE {}cles SET cle = '' WHERE contact_id = ?"
_DAMAGED: Final = ("malformed", "not a database")
_PATIENCE_S: Final = 20.0
_REWRITE: Final = ("SET LOCAL lock_timeout = 1000", "CLUSTER cles USING cles_pkey")
_REWRITINGS: Final = 3
_PAUSE_S: Final = 0.5


class Keyring(ABC):
    """Where keys lie."""

    @abstractmethod
    def existing(self, contact_ids: list[str]) -> dict[str, bytes]:
        """Return the keys of some contacts; a destroyed one is absent."""

    @abstractmethod
    def destroyed(self, contact_ids: list[str]) -> set[str]:
        """Return those of some contacts whose key was destroyed."""

    @abstractmethod
    def add(self, keys: dict[str, bytes]) -> None:
        """Keep new keys; a contact that has or had one keeps it as it is."""

    @abstractmethod
    def destroy(self, contact_id: str) -> None:
        """Forget one key for good, and overwrite where it lay; there may have been none."""

    @abstractmethod
    def lost(self) -> UnreadableStoreError | None:
        """Say that no key is kept, destroyed ones neither, where there must be some."""

    def key(self, contact_id: str) -> bytes:
        """Return a contact's key, made when it has none."""
        return self.keys([contact_id])[contact_id]

    def keys(self, contact_ids: list[str]) -> dict[str, bytes]:
        """Return the keys of some contacts, made for those that have none.

        Raises
        ------
        UnknownCodeError
            One of them was erased: its key does not come back.
        """
        existing = self.existing(contact_ids)
        new = {name: Fernet.generate_key() for name in contact_ids if name not in existing}
        if new:
            self.add(new)
            existing = self.existing(contact_ids)  # another process may have made one meanwhile
        if not existing.keys() >= {*contact_ids}:
            raise UnknownCodeError(
                "Ce contact a été effacé à sa demande : il ne revient pas sous cet identifiant."
            )
        return existing


class SqliteKeyring(Keyring):
    """Keys in a SQLite file that overwrites what it deletes."""

    def __init__(self, place: StoreLocation) -> None:
        self.place, self.path = place, place.keys

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE_S)) as connection:
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute(_TABLE.format(""))
                with connection:
                    yield connection
        except sqlite3.DatabaseError as fault:
            damaged = self.path.is_dir() or any(sign in str(fault) for sign in _DAMAGED)
            raise (
                loss.key_file(self.path, DAMAGED) if damaged else self.place.refused(fault)
            ) from fault

    def lost(self) -> UnreadableStoreError | None:
        """Say that the file of the keys is missing, or holds none."""
        if not self.path.exists():
            return loss.key_file(self.path, MISSING)
        if self.path.is_file() and not self.path.stat().st_size:
            return loss.key_file(self.path, loss.EMPTY)
        with self._open() as connection:
            found = connection.execute(_ANY.format("")).fetchone()
        return None if found else loss.key_file(self.path, loss.EMPTY)

    def existing(self, contact_ids: list[str]) -> dict[str, bytes]:
        """Return the keys of some contacts; a destroyed one is absent."""
        if not self.path.exists():
            return {}
        wanted = {*contact_ids}
        with self._open() as connection:
            rows = connection.execute(_FIND.format("")).fetchall()
        return {name: key.encode() for name, key in rows if name in wanted}

    def destroyed(self, contact_ids: list[str]) -> set[str]:
        """Return those of some contacts whose key was destroyed."""
        if not self.path.exists():
            return set()
        with self._open() as connection:
            return {*contact_ids} & {name for (name,) in connection.execute(_GONE.format(""))}

    def add(self, keys: dict[str, bytes]) -> None:
        """Keep new keys; a contact that has or had one keeps it as it is."""
        rows = [(name, key.decode()) for name, key in keys.items()]
        with self._open() as connection:
            connection.executemany("INSERT OR IGNORE INTO cles VALUES (?, ?)", rows)

    def destroy(self, contact_id: str) -> None:
        """Forget one key, and overwrite where it lay."""
        self.add({contact_id: b""})
        with self._open() as connection:
            connection.execute(_FORGET.format(""), (contact_id,))


class PostgresKeyring(Keyring):
    """Keys in a table of PostgreSQL, outside the lake, rewritten whole when one is destroyed.

    What PostgreSQL itself keeps, its journal and its backups, lasts as long as its operator says.
    """

    def __init__(self, place: StoreLocation) -> None:
        self.place = place
        with place.answering():
            self.connection = database.connect_postgres(place.postgres, "coffre")
        try:
            self._ask(_TABLE)
        except ReadOnlyStoreError:
            self._ask(_ANY)  # another process made it at the same moment

    def lost(self) -> UnreadableStoreError | None:
        """Say that the table of the keys holds none."""
        return None if self._ask(_ANY) else loss.keys("la table « cles » de PostgreSQL", loss.EMPTY)

    def _ask(self, text: str, values: list[str] | None = None) -> list[tuple[str, ...]]:
        with self.place.answering():
            return self.connection.cursor().execute(text.format("coffre."), values).fetchall()

    def existing(self, contact_ids: list[str]) -> dict[str, bytes]:
        """Return the keys of some contacts; a destroyed one is absent."""
        wanted = {*contact_ids}
        return {name: key.encode() for name, key in self._ask(_FIND) if name in wanted}

    def destroyed(self, contact_ids: list[str]) -> set[str]:
        """Return those of some contacts whose key was destroyed."""
        return {*contact_ids} & {name for (name,) in self._ask(_GONE)}

    def add(self, keys: dict[str, bytes]) -> None:
        """Keep new keys; a contact that has or had one keeps it as it is."""
        existing_ids = self._ids()
        for name, key in keys.items():
            if name in existing_ids:
                continue
            try:
                self._ask("INSERT INTO {}cles VALUES (?, ?)", [name, key.decode()])
            except ReadOnlyStoreError:
                if name not in self._ids():  # else another process was sooner
                    raise

    def _ids(self) -> set[str]:
        return {name for (name,) in self._ask(_IDS)}

    def destroy(self, contact_id: str) -> None:
        """Forget one key, and rewrite the table without it."""
        self.add({contact_id: b""})
        self._ask(_FORGET, [contact_id])
        self._rewrite()

    def _rewrite(self) -> None:
        """Leave nothing of destroyed keys in the table, unless a dump reads it for long.

        Whoever reads a key waits behind whoever waits to rewrite: not for as long as a dump lasts.
        """
        for _ in range(_REWRITINGS):
            with suppress(ReadOnlyStoreError), self.place.answering():
                with closing(self.connection.cursor()) as cursor, transaction(cursor):
                    for question in _REWRITE:
                        cursor.execute(f"CALL postgres_execute('coffre', '{question}')")
                return
            time.sleep(_PAUSE_S)
        logging.getLogger(__name__).warning(
            "PostgreSQL keeps a destroyed key until the next one: its table is read meanwhile"
        )


@lru_cache(maxsize=4)
def keyring(store: Store) -> Keyring:
    """Return the keys of a store."""
    if store.place.postgres:
        return PostgresKeyring(store.place)
    return SqliteKeyring(store.place)


def check_keys(store: Store) -> None:
    """Refuse to go on without the keys of a store that ever held somebody.

    Raises
    ------
    UnreadableStoreError
        They are lost: nobody was erased, and nobody can be read.
    """
    lost = keyring(store).lost()
    if lost and _sealed_ever(store):
        raise lost


def _sealed_ever(store: Store) -> bool:
    """Return whether a store ever held something sealed."""
    touched, last = store.touched(0), {"last": store.snapshot()}
    text = database.sql("store/sealed_ever")
    tables = [kind.table for kind in SEALED if kind.name in touched]
    return any(store.fetch(text.format(table=one), last).num_rows for one in tables)
