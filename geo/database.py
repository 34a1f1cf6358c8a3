"""DuckDB: opened in memory, spatial loaded from its wheel, SQL read from files.

The only importer of duckdb. Sources: DuckDB 1.5 documentation.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

import duckdb
import duckdb_extension_spatial
import pandas as pd
import pyarrow as pa

from geo.errors import MissingDataError

SQL_FOLDER: Final = Path(__file__).parent / "sql"
_TEXTS: Final = pa.list_(pa.string())
Connection = duckdb.DuckDBPyConnection


def _spatial_path() -> Path:
    folder = Path(duckdb_extension_spatial.__file__).parent
    return next(folder.rglob("*.duckdb_extension"))


def connect() -> Connection:
    """Open an in-memory database; no extension is ever fetched or loaded behind our back."""
    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )


def connect_spatial() -> Connection:
    """Open an in-memory database with spatial, reading x as longitude, y as latitude.

    The signed extension ships in a wheel and is loaded by path, with no network.
    """
    connection = connect()
    connection.execute(f"LOAD '{_spatial_path()}'")
    # Without this, Paris-Lyon measures 440 km instead of 391.
    connection.execute("SET geometry_always_xy = true")
    return connection


@cache
def sql(name: str) -> str:
    """Read one question of ``geo/sql`` by its file name without ending."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def ask(connection: Connection, name: str, parameters: dict[str, Any]) -> pd.DataFrame:
    """Answer one question of ``geo/sql`` with bound values.

    A cursor of its own makes it safe to call from several threads.
    """
    return connection.cursor().execute(sql(name), parameters).df()


def fill(connection: Connection, table: str, frame: pd.DataFrame) -> None:
    """Make a table of a frame's rows; a column of lists of text becomes VARCHAR[]."""
    rows = pa.Table.from_pandas(frame, preserve_index=False)
    # A column whose every list is empty has no type of its own: it is text all the same.
    known = [f.with_type(_TEXTS) if f.type == pa.list_(pa.null()) else f for f in rows.schema]
    rows = rows.cast(pa.schema(known))
    connection.register("incoming", rows)
    connection.table("incoming").create(table)
    connection.unregister("incoming")


def load_reference(connection: Connection, folder: Path) -> None:
    """Load the reference tables, without geometry, from a folder of Parquet files.

    Raises
    ------
    MissingDataError
        A file is absent or damaged.
    """
    connection.execute("SET VARIABLE reference = $folder", {"folder": str(folder)})
    try:
        connection.execute(sql("reference"))
    except (duckdb.IOException, duckdb.InvalidInputException) as fault:
        raise MissingDataError(
            f"La géographie de {folder} est incomplète ou abîmée. "
            "Rétablissez-la depuis le dépôt ou lancez « make reference »."
        ) from fault
