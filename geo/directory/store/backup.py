"""The whole base in one file, history and all, whatever the catalogue; and back.

A zip: ``manifeste.json``, ``journal.parquet`` (who wrote what, when), one Parquet file a table with
every change ever made to it, ``cles.json``. It holds personal data.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.directory.store import history, rows
from geo.directory.store.changes import Changes
from geo.directory.store.keys import keyring
from geo.directory.store.kinds import KINDS, Kind
from geo.directory.store.store import Store
from geo.errors import BadFileError
from geo.files import write_whole

_FORMAT: Final = 1
_ALL: Final = 1 << 31
Progress = Callable[[int, int], None]


def backup(store: Store, path: Path) -> int:
    """Write the base as it is now into one file, whole or not at all; give its last snapshot.

    Raises
    ------
    BadFileError
        The file cannot be written.
    """
    last = store.snapshot()
    told = [one for one in history.entries(store, _ALL) if one.snapshot <= last]
    journal = pa.Table.from_pylist(
        [
            {
                "snapshot_id": one.snapshot,
                "written_at": one.written_at,
                "author": one.author,
                "message": one.message,
            }
            for one in told[::-1]
        ]
    )
    contacts = [*history.changes(store, KINDS["contact"], 0, last).column("contact_id").to_pylist()]
    keys = {name: key.decode() for name, key in keyring(store).held(contacts).items()}
    manifest = {
        "format": _FORMAT,
        "état": last,
        "avertissement": "contient des données personnelles",
        "fiches": {kind.plural: len(store.read(name)) for name, kind in KINDS.items()},
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("manifeste.json", json.dumps(manifest, ensure_ascii=False, indent=1))
        archive.writestr("cles.json", json.dumps(keys))
        archive.writestr("journal.parquet", _parquet(journal))
        for kind in KINDS.values():
            archive.writestr(
                f"{kind.table}.parquet", _parquet(history.changes(store, kind, 0, last))
            )
    write_whole(path, content.getvalue())
    return last


def _parquet(table: pa.Table) -> bytes:
    content = io.BytesIO()
    pq.write_table(table, content, compression="zstd")
    return content.getvalue()


def restore(store: Store, path: Path, *, author: str, progress: Progress | None = None) -> int:
    """Bring back what a backup holds; give the number of snapshots written.

    Into an empty store comes the whole history, snapshot by snapshot, with its authors and dates.
    A store that holds something keeps its own history: it is led to the state of the backup by one
    snapshot more, which can be undone. Contacts erased since stay erased.

    Raises
    ------
    BadFileError
        The file is no backup.
    """
    journal, tables, keys = _read(path)
    keyring(store).add({name: key.encode() for name, key in keys.items()})
    if not store.is_new():
        state = _led_to(store, tables)
        message = f"Restauration de la sauvegarde {path.name}"
        before = store.snapshot()
        return int(store.write(state, author=author, message=message) > before)
    steps = [*_steps(journal, tables)]
    for done, (row, changes) in enumerate(steps, start=1):
        store.write(changes, **{name: row[name] for name in ("author", "message", "written_at")})
        if progress:
            progress(done, len(steps))
    return len(steps)


def _read(path: Path) -> tuple[pa.Table, dict[str, pd.DataFrame], dict[str, str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            if json.loads(archive.read("manifeste.json"))["format"] != _FORMAT:
                raise BadFileError(
                    f"La sauvegarde {path.name} est d’une autre version : mettez Catalyse à jour."
                )
            tables = {
                name: rows.frame(kind, _table(archive, kind.table)).reset_index(drop=True)
                for name, kind in KINDS.items()
            }
            return _table(archive, "journal"), tables, json.loads(archive.read("cles.json"))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, pa.ArrowException) as bad:
        raise BadFileError(
            f"{path.name} n’est pas une sauvegarde de Catalyse, ou elle est abîmée. Rien n’a été "
            "écrit : choisissez un fichier fait par « catalyse backup »."
        ) from bad


def _table(archive: zipfile.ZipFile, name: str) -> pa.Table:
    return pq.read_table(io.BytesIO(archive.read(f"{name}.parquet")))


def _steps(
    journal: pa.Table, tables: dict[str, pd.DataFrame]
) -> Iterable[tuple[dict[str, Any], Changes]]:
    """Give what each snapshot changed, in order."""
    parts = {
        name: dict([*table.groupby("snapshot_id")]) for name, table in tables.items() if len(table)
    }
    for row in journal.to_pylist():
        changes = Changes()
        for name, part in parts.items():
            if row["snapshot_id"] in part:
                changes += _changed(KINDS[name], part[row["snapshot_id"]])
        yield row, changes


def _changed(kind: Kind, part: pd.DataFrame) -> Changes:
    put, gone = [], []
    for before, after in history.pairs(part, kind):
        if after:
            put.append(after | {"revision": after["revision"] - 1})
        elif before:
            gone.append(before[kind.id])
    return Changes({kind.name: put}, {kind.name: gone})


def _led_to(store: Store, tables: dict[str, pd.DataFrame]) -> Changes:
    """Give the changes that lead the base to the last state of a backup."""
    changes = Changes()
    for name, table in tables.items():
        kind = KINDS[name]
        latest = table.sort_values("snapshot_id", kind="stable").drop_duplicates(
            ["snapshot_id", kind.id], keep="last"
        )
        latest = latest.drop_duplicates(kind.id, keep="last")
        latest = latest[latest["change_type"] == "insert"].set_index(kind.id, drop=False)
        if name == "contact":
            latest = history.remembered(store, latest)
        past = latest.drop(columns=["snapshot_id", "change_type"])
        changes += history.back(name, past, store.read(name))
    return changes
