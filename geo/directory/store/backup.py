"""The whole base in one file, history and all, whatever the catalogue; and back.

A zip: ``manifeste.json``, which says the version of the base, ``journal.parquet`` (who wrote what,
when), one Parquet file a table with every change ever made to it, ``cles.json``. It holds personal
data.
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

from geo.directory.schema import KINDS, REQUEST, SEALED, RecordKind
from geo.directory.store import history, rows
from geo.directory.store.backup_file import ABOUT, JOURNAL, read_backup
from geo.directory.store.changes import Changes
from geo.directory.store.keys import OWNERS, check_keys, keyring
from geo.directory.store.store import Store
from geo.directory.store.versions import VERSION
from geo.errors import UnreadableStoreError
from geo.files import write_whole
from geo.french import NBSP

_ALL: Final = 1 << 31
Progress = Callable[[int, int], None]


def backup(store: Store, path: Path) -> int:
    """Write the base as it is now into one file, whole or not at all; give its last snapshot.

    Raises
    ------
    BadFileError
        The file cannot be written.
    UnreadableStoreError
        A file of the base or the keys are lost, or its version is one that this app does not know
        whole.
    """
    version = store.version()
    if version > VERSION:
        raise UnreadableStoreError(
            f"Cette base est de version {version}, que cette application ne connaît pas{NBSP}: "
            "elle n’en sauvegarderait qu’une partie. Rien n’a été écrit. Mettez Catalyse à jour."
        )
    check_keys(store)
    last = store.snapshot()
    entries = [one for one in history.entries(store, _ALL) if one.snapshot <= last]
    journal = pa.Table.from_pylist(
        [
            {
                "snapshot_id": one.snapshot,
                "written_at": one.written_at,
                "author": one.author,
                "message": one.message,
            }
            for one in entries[::-1]
        ],
        schema=JOURNAL,
    )
    lives = _lives(store, last)
    people = [one for kind in SEALED for one in lives[kind.name].column(kind.id).to_pylist()]
    keys = {name: key.decode() for name, key in keyring(store).existing(people).items()}
    manifest = {
        "format": version,
        "état": last,
        "avertissement": "contient des données personnelles",
        "fiches": {kind.plural: len(store.read(name)) for name, kind in KINDS.items()},
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("manifeste.json", json.dumps(manifest, ensure_ascii=False, indent=1))
        archive.writestr("cles.json", json.dumps(keys))
        archive.writestr("journal.parquet", _parquet(journal))
        for name, kind in KINDS.items():
            archive.writestr(f"{kind.table}.parquet", _parquet(lives[name]))
    write_whole(path, content.getvalue(), private=True)
    return last


def _lives(store: Store, last: int) -> dict[str, pa.Table]:
    """List every change ever made to each kind."""
    touched = store.touched(0)
    none = {"snapshot_id": pa.array([], pa.int64()), "change_type": pa.array([], pa.string())}
    lives = {}
    for name, kind in KINDS.items():
        if name in touched:
            lives[name] = history.changes(store, kind, 0, last)
        else:
            blank = rows.table(kind, [])
            lives[name] = pa.table(none | dict(zip(blank.column_names, blank.columns, strict=True)))
    return lives


def _parquet(table: pa.Table) -> bytes:
    content = io.BytesIO()
    pq.write_table(table, content, compression="zstd")
    return content.getvalue()


def restore(store: Store, path: Path, *, author: str, progress: Progress | None = None) -> int:
    """Bring back what a backup holds, of this version or older; give the snapshots written.

    Into an empty store comes the whole history, snapshot by snapshot, with its authors and dates;
    if it is cut short, the next time goes on from there. A store that holds something else keeps
    its own history: it is led to the state of the backup by one snapshot more, which can be
    undone. People erased since stay erased; requests received since stay, and are as they are now.

    Raises
    ------
    BadFileError
        The file is no backup, or one of a newer version; nothing was touched.
    """
    journal, tables, keys = read_backup(path)
    sealed = [
        one
        for kind in SEALED
        if kind.name in tables
        for one in tables[kind.name].query("sealed != ''")[kind.id]
    ]
    # Who was erased before the backup has no key in it, and gets none. No other key comes in: that
    # which signs the links of organisations, least of all.
    names = {name for name in map(str, sealed) if not name.startswith(OWNERS)}
    keyring(store).add({name: keys.get(name, "").encode() for name in names})
    begun = _begun(store, journal)
    if begun is None:
        state = _led_to(store, tables)
        message = f"Restauration de la sauvegarde {path.name}"
        before = store.snapshot()
        return int(store.write(state, author=author, message=message) > before)
    steps = [*_steps(journal, tables)]
    for done, (row, changes) in enumerate(steps[begun:], start=begun + 1):
        details = {name: row[name] for name in ABOUT}
        _ = store.write(changes, **details) if changes else store.note(**details)
        if progress:
            progress(done, len(steps))
    return len(steps) - begun


def _begun(store: Store, journal: pa.Table) -> int | None:
    """Count the snapshots of a journal that are all the store holds; nothing if it holds more."""
    existing = [tuple(getattr(one, name) for name in ABOUT) for one in history.entries(store, _ALL)]
    first = [
        tuple(row[name] for name in ABOUT) for row in journal.slice(0, len(existing)).to_pylist()
    ]
    return len(existing) if existing[::-1] == first else None


def check(path: Path) -> None:
    """Refuse a file that cannot be restored, before anything is touched.

    Raises
    ------
    BadFileError
        The file is no backup, or one of a newer version.
    """
    read_backup(path)


def _steps(
    journal: pa.Table, tables: dict[str, pd.DataFrame]
) -> Iterable[tuple[dict[str, Any], Changes]]:
    """Return what each snapshot changed, in order; revisions are counted from what is written.

    What was written into the base by hand did not count its own.
    """
    revisions: dict[tuple[str, str], int] = {}
    parts = {
        name: dict([*table.groupby("snapshot_id")]) for name, table in tables.items() if len(table)
    }
    for row in journal.to_pylist():
        changes = Changes()
        for name, part in parts.items():
            if row["snapshot_id"] in part:
                changes += _changed(KINDS[name], part[row["snapshot_id"]], revisions)
        yield row, changes


def _changed(
    kind: RecordKind, part: pd.DataFrame, revisions: dict[tuple[str, str], int]
) -> Changes:
    put, drop = [], []
    for before, after in history.pairs(part, kind):
        one = kind.name, (after or before or {})[kind.id]
        if after:
            put.append(after | {"revision": revisions.get(one, 0)})
            revisions[one] = revisions.get(one, 0) + 1
        elif before and revisions.pop(one, 0):
            drop.append(before[kind.id])
    return Changes({kind.name: put}, {kind.name: drop})


def _led_to(store: Store, tables: dict[str, pd.DataFrame]) -> Changes:
    """Return the changes that lead the base to the last state of a backup."""
    changes = Changes()
    unknown = KINDS.keys() - tables.keys() - {REQUEST.name}
    for name in unknown:  # kinds that the backup is too old to know
        changes += Changes(drop={name: [*map(str, store.read(name).index)]})
    for name, table in tables.items():
        kind = KINDS[name]
        latest = table.sort_values("snapshot_id", kind="stable").drop_duplicates(
            ["snapshot_id", kind.id], keep="last"
        )
        latest = latest.drop_duplicates(kind.id, keep="last")
        latest = latest[latest["change_type"] == "insert"].set_index(kind.id, drop=False)
        if kind in SEALED:
            latest = history.remembered(store, latest)
        past, now = latest.drop(columns=["snapshot_id", "change_type"]), store.read(name)
        if kind is REQUEST:  # whoever made one since waits for an answer
            past, now = past[~past.index.isin(now.index)], now.iloc[:0]
        left = history.as_they_left(store, name, past, now)
        changes += history.back(name, past, now, left)
    return changes
