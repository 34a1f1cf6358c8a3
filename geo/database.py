"""DuckDB: opened in memory, spatial loaded from its wheel, SQL read from files.

The only importer of duckdb. Sources: DuckDB 1.5 documentation.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb
import duckdb_extension_spatial
import pyarrow as pa

SQL_FOLDER: Final = Path(__file__).parent / "sql"
Connection = duckdb.DuckDBPyConnection


def _spatial_path() -> Path:
    folder = Path(duckdb_extension_spatial.__file__).parent
    return next(folder.rglob("*.duckdb_extension"))


def connect() -> Connection:
    """Open an in-memory database with spatial, reading x as longitude, y as latitude.

    No extension is ever fetched: the signed file ships in a wheel and is loaded by path.
    """
    connection = duckdb.connect(
        ":memory:",
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )
    connection.execute(f"LOAD '{_spatial_path()}'")
    # Without this, Paris-Lyon measures 440 km instead of 391.
    connection.execute("SET geometry_always_xy = true")
    return connection


@cache
def sql(name: str) -> str:
    """Read one question of ``geo/sql`` by its file name without ending."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def ask(connection: Connection, name: str, parameters: dict[str, Any] | None = None) -> pa.Table:
    """Answer one question of ``geo/sql`` with bound values, as an Arrow table.

    A cursor of its own makes it safe to call from several threads.
    """
    cursor = connection.cursor()
    return cursor.execute(sql(name), parameters or {}).to_arrow_table()
