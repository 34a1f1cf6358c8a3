"""Keys of the contacts: one each, kept without history beside the store, destroyed for good."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet

from geo import database
from geo.directory.store.store import Store
from geo.errors import UnknownCodeError

# A key destroyed stays in the table without its value: nothing brings that contact back.
_TABLE: Final = "CREATE TABLE IF NOT EXISTS {}cles (contact_id VARCHAR PRIMARY KEY, cle VARCHAR)"
_FIND: Final = "SELECT contact_id, cle FROM {}cles WHERE cle <> ''"
_IDS: Final = "SELECT contact_id FROM {}cles"
_FORGET: Final = "UPDATE {}cles SET cle = '' WHERE contact_id = ?"
_PATIENCE_S: Final = 20.0


class Keyring(ABC):
    """Where keys lie."""

    @abstractmethod
    def held(self, contact_ids: list[str]) -> dict[str, bytes]:
        """Give the keys of some contacts; a destroyed one is absent."""

    @abstractmethod
    def add(self, keys: dict[str, bytes]) -> None:
        """Keep new keys; a contact that has or had one keeps it as it is."""

    @abstractmethod
    def destroy(self, contact_id: str) -> None:
        """Forget one key, and overwrite where it lay."""

    def key(self, contact_id: str) -> bytes:
        """Give a contact's key, made when it has none."""
        if contact_id not in self.held([contact_id]):
            self.add({contact_id: Fernet.generate_key()})
        try:
            return self.held([contact_id])[contact_id]
        except KeyError:
            raise UnknownCodeError(
                "Ce contact a été effacé à sa demande : il ne revient pas sous cet identifiant."
            ) from None


class SqliteKeyring(Keyring):
    """Keys in a SQLite file that overwrites what it deletes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE_S)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(_TABLE.format(""))
            with connection:
                yield connection
        finally:
            connection.close()

    def held(self, contact_ids: list[str]) -> dict[str, bytes]:
        """Give the keys of some contacts; a destroyed one is absent."""
        if not self.path.exists():
            return {}
        wanted = {*contact_ids}
        with self._open() as connection:
            rows = connection.execute(_FIND.format("")).fetchall()
        return {name: key.encode() for name, key in rows if name in wanted}

    def add(self, keys: dict[str, bytes]) -> None:
        """Keep new keys; a contact that has or had one keeps it as it is."""
        rows = [(name, key.decode()) for name, key in keys.items()]
        with self._open() as connection:
            connection.executemany("INSERT OR IGNORE INTO cles VALUES (?, ?)", rows)

    def destroy(self, contact_id: str) -> None:
        """Forget one key, and overwrite where it lay."""
        with self._open() as connection:
            connection.execute(_FORGET.format(""), (contact_id,))


class PostgresKeyring(Keyring):
    """Keys in a table of PostgreSQL, outside the lake, rewritten whole when one is destroyed.

    What PostgreSQL itself keeps, its journal and its backups, lasts as long as its operator says.
    """

    def __init__(self, text: str) -> None:
        self.connection = database.connect_postgres(text, "coffre")
        self.connection.execute(_TABLE.format("coffre."))

    def held(self, contact_ids: list[str]) -> dict[str, bytes]:
        """Give the keys of some contacts; a destroyed one is absent."""
        wanted = {*contact_ids}
        rows = self.connection.cursor().execute(_FIND.format("coffre.")).fetchall()
        return {name: key.encode() for name, key in rows if name in wanted}

    def add(self, keys: dict[str, bytes]) -> None:
        """Keep new keys; a contact that has or had one keeps it as it is."""
        cursor = self.connection.cursor()
        held = {name for (name,) in cursor.execute(_IDS.format("coffre.")).fetchall()}
        for name, key in keys.items():
            if name not in held:
                cursor.execute("INSERT INTO coffre.cles VALUES (?, ?)", [name, key.decode()])

    def destroy(self, contact_id: str) -> None:
        """Forget one key, and rewrite the table without it."""
        cursor = self.connection.cursor()
        cursor.execute(_FORGET.format("coffre."), [contact_id])
        cursor.execute("CALL postgres_execute('coffre', 'VACUUM FULL cles', use_transaction=false)")


@lru_cache(maxsize=4)
def keyring(store: Store) -> Keyring:
    """Give the keys of a store."""
    if store.place.postgres:
        return PostgresKeyring(store.place.postgres)
    return SqliteKeyring(store.place.keys)
