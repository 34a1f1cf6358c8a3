"""DuckDB: opened in memory, spatial loaded from its wheel, SQL read from files.

The only importer of duckdb. Sources: DuckDB 1.5 and DuckLake 1.0 documentation.
"""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd
import pyarrow as pa

from geo.errors import MissingDataError

SQL_FOLDER: Final = Path(__file__).parent / "sql"
_TEXTS: Final = pa.list_(pa.string())
Connection = duckdb.DuckDBPyConnection
Fault = duckdb.Error
_HTTP: Final = {
    # Seconds of silence: a file that comes slowly is waited for, whoever reads is told in half a
    # minute that nothing does.
    "http_timeout": 10,
    "http_retries": 2,
    # Parts of 5 MB, not 80: each is a request, which a slow line must end in time.
    "s3_uploader_max_filesize": "'50GB'",
}
# With less, a gateway slow to put parts of 60 MB together lost them: asked again, it had none.
_WRITING_S: Final = 30
# Both ask the catalogue for the statistics of every column, one question each: 0.3 s of planning
# for a table of 36 columns instead of 0.02. What the store asks is too simple to gain from them.
_DEAR: Final = "statistics_propagation,join_order"
_PASSING: Final = (
    *("database is locked", "Transaction conflict", "could not serialize", "deadlock"),
    "already exists",  # several make the tables of a new store at once
    "SQL statements in progress",
)
CATALOGUE: Final = "__ducklake_metadata_lake"
"""Name under which DuckLake attaches the catalogue of ``connect_lake``."""
_Identity = tuple[Path, int, int, int]
_CHECKED: Final[set[_Identity]] = set()
"""The extensions whose signatures this process has checked."""
_CATALOGUES: Final = (
    *("Failed to execute query", "Failed to prepare query"),
    *("Failed to copy data", "Failed to prepare COPY", "Failed to fetch", "during PQput"),
)
"""How DuckDB begins what SQLite or PostgreSQL refused, whatever the language of the server."""


def extension_file(name: str) -> Path:
    """Find one signed extension in its wheel."""
    spec = find_spec(f"duckdb_extension_{name}")
    folder = Path(spec.origin or "").parent if spec else Path()
    found = next(folder.rglob("*.duckdb_extension"), None) if spec else None
    if found is None:
        raise MissingDataError(
            f"L’extension {name} de DuckDB n’est pas installée. Relancez l’installation du projet."
        )
    return found


def _identity(file: Path) -> _Identity:
    seen = file.stat()
    return file, seen.st_ino, seen.st_size, seen.st_mtime_ns


def connect(*extensions: str) -> Connection:
    """Open an in-memory database; no extension is ever fetched or loaded behind our back.

    Those named are loaded from their wheels, by path. DuckDB checks a signature by reading the
    whole file, 0.2 s of CPU each time: this process checks a file once, then trusts it as long
    as it is the same. Once they are loaded, nothing unsigned is.
    """
    files = [extension_file(name) for name in extensions]
    identities = {_identity(file) for file in files}
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_unsigned_extensions": bool(files) and identities <= _CHECKED,
        },
    )
    for file in files:
        connection.execute(f"LOAD {_quoted(str(file))}")
    connection.execute("SET allow_unsigned_extensions = false")
    _CHECKED.update(identities)
    return connection


def connect_spatial() -> Connection:
    """Open an in-memory database with spatial, reading x as longitude, y as latitude."""
    connection = connect("spatial")
    # Without this, Paris-Lyon measures 440 km instead of 391.
    connection.execute("SET geometry_always_xy = true")
    return connection


@cache
def sql(name: str) -> str:
    """Read one question of ``geo/sql`` by its file name without ending."""
    return (SQL_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


Tables = Mapping[str, pa.Table]


def ask(
    connection: Connection, name: str, parameters: dict[str, Any], tables: Tables | None = None
) -> pd.DataFrame:
    """Answer one question of ``geo/sql`` with bound values and tables of its own.

    A cursor of its own makes it safe to call from several threads: nobody else sees its tables,
    which are read where they are, not copied.
    """
    text = sql(name)
    with closing(connection.cursor()) as cursor:
        for own, rows in (tables or {}).items():
            if own in text:  # to register one costs milliseconds
                cursor.register(own, rows)
        return cursor.execute(text, parameters).df()


def table(
    connection: Connection, text: str, values: dict[str, Any] | None, *, wide: bool = False
) -> pa.Table:
    """Answer a question of SQL by a cursor of its own.

    ``wide``: texts by offsets of 64 bits, as pandas holds them: they need not be changed for it.
    """
    cursor = connection.cursor()
    if wide:
        cursor.execute("SET SESSION arrow_large_buffer_size = true")  # of this cursor alone
    return cursor.execute(text, values).to_arrow_table()


def table_of(frame: pd.DataFrame) -> pa.Table:
    """Hand a frame's rows to a question; a column of lists of text becomes VARCHAR[]."""
    rows = pa.Table.from_pandas(frame, preserve_index=False)
    # A column whose every list is empty has no type of its own: it is text all the same.
    known = [f.with_type(_TEXTS) if f.type == pa.list_(pa.null()) else f for f in rows.schema]
    return rows.cast(pa.schema(known))


def load_reference(connection: Connection, folder: Path) -> None:
    """Load the reference tables, without geometry, from a folder of Parquet files.

    « catalysts » is there without any row: each question brings those it is about.

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


@dataclass(frozen=True)
class BucketAccess:
    """Where data lie in S3-compatible storage, and the key that opens them.

    ``place``: bucket and prefix, without « / » at either end; ``host``: server and port, "" for
    Amazon's. Neither key nor secret is ever shown.
    """

    place: str
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    host: str = ""
    tls: bool = True
    region: str = "us-east-1"
    path_style: bool = True

    def open_to(self, connection: Connection) -> None:
        """Let a connection that has ``httpfs`` read and write there, and nowhere else of S3.

        Values are bound: no fault repeats the key.
        """
        options = {"scope": f"s3://{self.place}", "key_id": self.key, "secret": self.secret}
        options |= {"region": self.region, "url_style": "path" if self.path_style else "vhost"}
        options |= {"endpoint": self.host} if self.host else {}
        names = ", ".join(f"{name} ${name}" for name in options)
        tls = str(self.tls).lower()
        connection.execute(f"CREATE SECRET bucket (TYPE s3, USE_SSL {tls}, {names})", options)
        for name, value in _HTTP.items():  # of a connection, its cursors would not have them
            connection.execute(f"SET GLOBAL {name} = {value}")

    def put(self, address: str, text: str) -> None:
        """Write a line of text as one object, the way data are written."""
        connection = connect("httpfs")
        self.open_to(connection)
        wait_to_write(connection)
        clause = f"(SELECT {_quoted(text)}) TO {_quoted(address)}"
        connection.execute(f"COPY {clause} (FORMAT csv, HEADER false, QUOTE '')")
        connection.close()


def wait_to_write(cursor: Connection) -> None:
    """Let a cursor wait for a storage as long as writing there may take."""
    cursor.execute(f"SET SESSION http_timeout = {_WRITING_S}")


def connect_lake(
    catalogue: str,
    files: str,
    *,
    access: BucketAccess | None = None,
    create: bool = False,
    read_only: bool = False,
) -> Connection:
    """Open a DuckLake as ``lake``, all its past with it.

    Parameters
    ----------
    catalogue
        « sqlite:path » or « postgres:connection string »; it is never written to a log.
    files
        Where the Parquet files are, « / » at its end; wherever they have moved to since.
    access
        Opens them, where they are in S3.
    create
        Make it when there is none; it is a fault otherwise.
    """
    scanner = "postgres_scanner" if catalogue.startswith("postgres:") else "sqlite_scanner"
    connection = connect(scanner, "ducklake", *(("httpfs",) if access else ()))
    # A question here reads a few thousand rows: shared among threads, it costs more and lasts
    # longer. Those who ask at once are answered each in their own thread all the same.
    connection.execute("SET threads = 1")
    if access:
        access.open_to(connection)
    options = [f"DATA_PATH {_quoted(files)}", "OVERRIDE_DATA_PATH true"]
    options.append(f"CREATE_IF_NOT_EXISTS {str(create).lower()}")
    if read_only:
        options.append("READ_ONLY")
    connection.execute(f"ATTACH {_quoted(f'ducklake:{catalogue}')} AS lake ({', '.join(options)})")
    connection.execute(f"SET disabled_optimizers = {_quoted(_DEAR)}")
    return connection


def connect_postgres(text: str, name: str) -> Connection:
    """Open a PostgreSQL database under a name, as it is, without a lake."""
    connection = connect("postgres_scanner")
    connection.execute(f"ATTACH {_quoted(text)} AS {name} (TYPE postgres)")
    return connection


def is_passing(fault: Fault) -> bool:
    """Tell a fault that goes away by itself, another writer at work, from one that stays."""
    return any(sign in str(fault) for sign in _PASSING)


def is_undecodable(fault: Exception) -> bool:
    """Tell a data file that cannot be decoded; DuckDB gives such a fault no kind of its own.

    Nor does it to one of the catalogue, SQLite's or PostgreSQL's: the data are not in question.
    """
    return type(fault) is Fault and not is_refused(fault)


def is_refused(fault: Exception) -> bool:
    """Tell a question that SQLite or PostgreSQL refused; why, the server says in its language."""
    return isinstance(fault, Fault) and any(sign in str(fault) for sign in _CATALOGUES)


def is_without(fault: Exception, table: str) -> bool:
    """Tell a question about a table that a store, or its past, does not have yet."""
    return isinstance(fault, duckdb.CatalogException) and f"name {table} does not exist" in str(
        fault
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
