"""What a backup file holds, read whole before anything is written from it, and refused if it lies.

See ``geo/directory/store/backup.py`` for what is in it.
"""

import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from cryptography.fernet import Fernet

from geo import database
from geo.directory.schema import KINDS, RecordKind
from geo.directory.store import rows
from geo.directory.store.versions import VERSION, upgraded
from geo.errors import AtlasError, BadFileError

ABOUT: Final = ("author", "message", "written_at")
JOURNAL: Final = pa.schema(
    [
        ("snapshot_id", pa.int64()),
        *((one, pa.string()) for one in ("written_at", "author", "message")),
    ]
)
"""Said, since a base to which nothing was written yet has a journal without rows."""
_CHANGE: Final = {"snapshot_id", "change_type"}
_CHANGES: Final = {"insert", "delete"}
_BY_HAND: Final = {
    "author": "Base de données",
    "message": "Changement écrit dans la base hors de l’application",
}
_MOST_TIMES: Final = 20
_AT_ONCE: Final = 10_000
_SPOILT: Final = (
    *(
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        MemoryError,
        NotImplementedError,
        pa.ArrowException,
    ),
    *(KeyError, ValueError, TypeError, AttributeError, AtlasError, database.Fault),
)


def read_backup(path: Path) -> tuple[pa.Table, dict[str, pd.DataFrame], dict[str, str]]:
    """Read a backup, brought up to this version: its journal, its changes by kind, its keys.

    Raises
    ------
    BadFileError
        The file is no backup, or one of a newer version.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_foreign(archive)
            version = json.loads(archive.read("manifeste.json"))["format"]
            if 1 <= version <= VERSION:
                found = {
                    name: _table(archive, kind.table)
                    for name, kind in KINDS.items()
                    if kind.since <= version
                }
                tables = {
                    name: _changes(table, KINDS[name])
                    for name, table in upgraded(found, version).items()
                }
                journal = _whole_journal(_table(archive, "journal"), tables)
                keys = json.loads(archive.read("cles.json"))
                return journal, tables, {name: _key(key) for name, key in keys.items()}
    except _SPOILT as fault:
        raise BadFileError(
            f"{path.name} n’est pas une sauvegarde de Catalyse, ou elle est abîmée. Rien n’a été "
            "écrit : choisissez un fichier fait par « catalyse backup »."
        ) from fault
    raise BadFileError(
        f"La sauvegarde {path.name} est de version {version}, que cette application ne connaît "
        f"pas (elle connaît jusqu’à la version {VERSION}). Rien n’a été écrit : mettez Catalyse à "
        "jour."
    )


def _changes(found: pa.Table, kind: RecordKind) -> pd.DataFrame:
    """Read what happened to the records of one kind; each must be one that can be written."""
    if not {*found["change_type"].to_pylist()} <= _CHANGES or found["snapshot_id"].null_count:
        raise ValueError
    # Written by hand without an identifier, a row is no record: no page reads it either.
    found = found.filter(pc.not_equal(pc.fill_null(found[kind.id], ""), ""))
    for part in found.drop_columns([*_CHANGE]).to_batches(max_chunksize=_AT_ONCE):
        records = part.to_pylist()
        rows.check(kind, records)
        rows.table(kind, records)
    return rows.frame(kind, found).reset_index(drop=True)


def _whole_journal(found: pa.Table, tables: dict[str, pd.DataFrame]) -> pa.Table:
    """Put in order what the journal says, and give a line to changes that it does not know.

    Whoever writes into the base by hand leaves no line: what they wrote comes back all the same.
    """
    lines: dict[int, dict[str, Any]] = {}
    for row in found.select(["snapshot_id", *ABOUT]).to_pylist():
        if row["snapshot_id"] is None or row["snapshot_id"] in lines:
            raise ValueError
        lines[row["snapshot_id"]] = {name: value or "" for name, value in row.items()}
    written_at = ""
    for number in sorted({*lines}.union(*(table["snapshot_id"] for table in tables.values()))):
        line = lines.setdefault(
            number, {"snapshot_id": int(number), "written_at": written_at, **_BY_HAND}
        )
        written_at = line["written_at"]
    return pa.Table.from_pylist([lines[number] for number in sorted(lines)], schema=JOURNAL)


def _key(text: str) -> str:
    Fernet(text)  # no key at all raises ValueError
    return text


def _refuse_foreign(archive: zipfile.ZipFile) -> None:
    """Refuse what we do not write: entries that open into far more than they are, or come twice."""
    entries = archive.infolist()
    if len({one.filename for one in entries}) < len(entries):  # of two, which one is meant?
        raise zipfile.BadZipFile
    if sum(one.file_size for one in entries) > _MOST_TIMES * sum(
        one.compress_size for one in entries
    ):
        raise zipfile.BadZipFile


def _table(archive: zipfile.ZipFile, name: str) -> pa.Table:
    content = archive.read(f"{name}.parquet")
    file = pq.ParquetFile(io.BytesIO(content))
    if file.metadata.num_rows > len(content):  # a row that names a record takes a byte at least
        raise zipfile.BadZipFile
    return file.read()
