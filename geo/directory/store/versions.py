"""Versions of the store: which tables it has, which version it carries, how an older one comes up.

Version 1 is what was written before a store said its version. A later version adds the tables and
the fields that the schema says it began (``since``); one that does anything else has a file of
``geo/sql/store`` besides, read after. An upgrade is one transaction and one state of the history,
whatever the number of versions gone through: killed, it has not begun. A field that is missing and
is not new is a loss, not an upgrade: it is never added in silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from geo import database
from geo.directory.schema import KINDS, WHOLE
from geo.directory.store.ducklake import transaction
from geo.errors import UnreadableStoreError
from geo.french import NBSP, quoted

AUTHOR: Final = "Catalyse"


@dataclass(frozen=True)
class Upgrade:
    """What a version does beside adding fields: what the history says of it, its file of SQL."""

    version: int
    name: str
    sql: str


UPGRADES: Final = (Upgrade(2, "la base porte sa version", "store/to_version_2"),)
VERSION: Final = max(
    *(upgrade.version for upgrade in UPGRADES),
    *(kind.since for kind in KINDS.values()),
    *(field.since for kind in KINDS.values() for field in kind.fields),
)
"""The version that this app writes: the last that the schema or an upgrade names."""
_TURN: Final = {"turn": WHOLE, "version": WHOLE}
_TABLES: Final = {
    "turn": _TURN,
    **{kind.table: {field.name: field.type for field in kind.fields} for kind in KINDS.values()},
}
_TAKE_TURN: Final = "UPDATE lake.turn SET turn = turn + 1 WHERE coalesce(version, 1) <= $version"
Columns = dict[str, dict[str, str]]


def brought_up(connection: database.Connection, *, upgrading: bool = True) -> str:
    """Make the tables of a new store, upgrade an older one; say why it may only be read, if so.

    Parameters
    ----------
    upgrading
        Make nothing, and leave an older store as it is, to be read only, when it is false.

    Raises
    ------
    UnreadableStoreError
        The tables are not those of its version; nothing was changed.
    """
    with transaction(connection):
        existing = _columns(connection)
        version = _version(connection, existing)
        if 0 < version < VERSION and not upgrading:
            return _older(version)
        if version < VERSION:
            if version == 0 and upgrading:
                _make(connection)
            else:
                _upgrade(connection, version)
            existing = _columns(connection)
        if fault := next(_faults(existing), ""):
            raise UnreadableStoreError(_unfit(version, fault))
        unknown = next(_unknown(existing), "")
    return newer(version, unknown) if version > VERSION or unknown else ""


def version_now(connection: database.Connection) -> int:
    """Return the version that the store carries at this moment."""
    return _version(connection, _columns(connection))


def turn_taken(connection: database.Connection) -> bool:
    """Count one more write; nothing, and false, where a newer app upgraded the store.

    One question for both: the catalogue is what a small write waits for.
    """
    done = connection.execute(_TAKE_TURN, {"version": VERSION}).fetchone()
    return bool(done and done[0])


def upgraded(tables: dict[str, pa.Table], version: int) -> dict[str, pa.Table]:
    """Bring up the tables of an older backup, by what upgrades a store."""
    connection = database.connect()
    connection.execute("ATTACH ':memory:' AS lake; CREATE TABLE lake.turn (turn BIGINT)")
    for name, table in tables.items():
        connection.register("incoming", table)
        connection.execute(f"CREATE TABLE lake.{KINDS[name].table} AS FROM incoming")
    for step in range(version + 1, VERSION + 1):
        _step(connection, step)
    brought = {
        name: connection.execute(f"FROM lake.{KINDS[name].table}").to_arrow_table()
        for name in tables
    }
    connection.close()
    return brought


def newer(version: int, unknown: str = "") -> str:
    """Say that a store is of a version that this app does not know."""
    what = f"est de version {version}, que cette application ne connaît pas"
    if version <= VERSION:
        what = f"porte un champ que cette application ne connaît pas ({unknown})"
    return (
        f"La base {what}{NBSP}: elle se consulte, rien ne s’y écrit. Mettez Catalyse à jour pour y "
        "écrire de nouveau."
    )


def _older(version: int) -> str:
    return (
        f"La base est de version {version}{NBSP}: elle se lit telle quelle, rien ne s’y écrit "
        "avant sa mise à niveau."
    )


def _unfit(version: int, fault: str) -> str:
    if version > VERSION:
        return (
            f"La base est de version {version}, que cette application ne sait pas lire{NBSP}: "
            f"{fault}. Rien n’y a été changé. Mettez Catalyse à jour."
        )
    return (
        f"La base, de version {version}, ne peut être mise à niveau{NBSP}: {fault}. Rien n’y a été "
        "changé. Revenez à l’application qui l’a écrite, ou reprenez une sauvegarde dans un "
        f"dossier neuf{NBSP}: « catalyse restore FICHIER »."
    )


def _columns(connection: database.Connection) -> Columns:
    """List the columns of each table, with their types."""
    columns: Columns = {}
    for table, column, kind in connection.execute(database.sql("store/columns")).fetchall():
        columns.setdefault(table, {})[column] = kind
    return columns


def _version(connection: database.Connection, existing: Columns) -> int:
    """Read the version of a store: 0 for one that has no table yet, 1 where none is said."""
    if not existing:
        return 0
    if "version" not in existing.get("turn", {}):
        return 1
    found = connection.execute("SELECT version FROM lake.turn").fetchone()
    return int(found[0]) if found else 1


def _make(connection: database.Connection) -> None:
    for table in _TABLES:
        _make_table(connection, table)
    connection.execute("INSERT INTO lake.turn VALUES (0, $version)", {"version": VERSION})


def _make_table(connection: database.Connection, table: str) -> None:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in _TABLES[table].items())
    connection.execute(f"CREATE TABLE lake.{table} ({columns})")


def _step(connection: database.Connection, version: int) -> list[str]:
    """Lead to a version from the one before: its tables, its fields, its SQL; say what was done.

    The fields have no value in the records already there; ``rows`` reads that as empty.
    """
    text, changes = database.sql("store/add_column"), []
    for kind in KINDS.values():
        if kind.since == version:
            _make_table(connection, kind.table)
            changes.append(f"nouvelle table {quoted(kind.plural)}")
        for field in kind.fields:
            if field.since == version > kind.since:
                names = {"table": kind.table, "column": field.name, "type": field.type}
                connection.execute(text.format(**names))
                changes.append(f"nouveau champ {quoted(field.label)} ({kind.plural})")
    for upgrade in UPGRADES:
        if upgrade.version == version:
            connection.execute(database.sql(upgrade.sql))
            changes.append(upgrade.name)
    return changes


def _upgrade(connection: database.Connection, version: int) -> None:
    """Go through each version that a store lacks; the transaction is the caller's."""
    if "turn" not in _columns(connection):
        raise UnreadableStoreError(_unfit(version, "la table turn y manque"))
    steps = range(version + 1, VERSION + 1)
    names = ", ".join(done for step in steps for done in _step(connection, step))
    connection.execute(
        "UPDATE lake.turn SET turn = turn + 1, version = $version", {"version": VERSION}
    )
    message = f"Mise à niveau de la base, de la version {version} à la version {VERSION} : {names}"
    connection.execute(
        "CALL lake.set_commit_message($author, $message, extra_info => '{}')",
        {"author": AUTHOR, "message": message},
    )


def _faults(existing: Columns) -> Iterator[str]:
    """Name what this app needs and a store has not, or has of another type."""
    for table, columns in _TABLES.items():
        for column, kind in columns.items():
            if table not in existing:
                yield f"la table {table} y manque"
            elif existing[table].get(column) != kind:
                yield f"le champ {table}.{column} y manque ou a un autre type"


def _unknown(existing: Columns) -> Iterator[str]:
    """Name the fields that a store has and this app does not know: a write would empty them."""
    for table, columns in existing.items():
        for column in columns:
            if table in _TABLES and column not in _TABLES[table]:
                yield f"{table}.{column}"
