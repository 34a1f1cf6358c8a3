"""A store looked at from end to end: catalogue, files, records, keys; what is found, in French.

The catalogue knows of each file its size and its rows, not a digest: a file put in the place of
another with the same size, the same rows and sound pages is not told from it.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Final, NamedTuple

import pyarrow as pa
from cryptography.fernet import Fernet, InvalidToken

from geo import database
from geo.directory.schema import KINDS, SEALED, RecordKind
from geo.directory.store import history, rows
from geo.directory.store.data_place import DataPlace
from geo.directory.store.keys import check_keys, keyring
from geo.directory.store.store import Store
from geo.errors import AtlasError, MissingDataError
from geo.french import NBSP, count, quoted

ASIDE: Final = "orphelins"
"""Folder where files that no state needs are put; its operator deletes it."""
_OLD_S: Final = 86_400.0
_UNREADABLE: Final = (OSError, pa.ArrowException, ValueError)


class DataFile(NamedTuple):
    """One file as the catalogue knows it: under the folder of the data, of a table."""

    path: str
    table: str
    rows: int
    size: int


def faults(store: Store) -> Iterator[str]:
    """Say what is wrong with a store, one sentence each; nothing when it is whole.

    Nothing is written. What a fault leaves readable is what the others do not name.
    """
    yield from _catalogue_faults(store)
    yield from _file_faults(store)
    for kind in KINDS.values():
        yield from _record_faults(store, kind)
    yield from _history_faults(store)
    yield from _key_faults(store)


def data_files(store: Store) -> list[DataFile]:
    """List the files that some state of the base needs.

    Raises
    ------
    MissingDataError
        See ``Store.fetch``.
    """
    found = store.fetch(database.sql("store/data_files")).to_pylist()
    return [DataFile(*(row[name] for name in row)) for row in found]


def _catalogue_faults(store: Store) -> Iterator[str]:
    for path in () if store.place.postgres else (store.place.sqlite, store.place.keys):
        if path.exists():
            try:
                with closing(
                    sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
                ) as file:
                    result = file.execute("PRAGMA integrity_check").fetchone()[0]
            except sqlite3.DatabaseError:
                result = ""
            if result != "ok":
                yield f"Le fichier {quoted(path.name)} est abîmé{NBSP}: {_FROM_COPY}."


_FROM_COPY: Final = "rétablissez-le depuis une copie, ou reprenez une sauvegarde"


def _file_faults(store: Store) -> Iterator[str]:
    try:
        known = data_files(store)
    except (AtlasError, database.Fault) as fault:
        yield f"Le catalogue ne dit pas ses fichiers{NBSP}: {fault}"
        return
    titles = {kind.table: kind.plural for kind in KINDS.values()}
    for one in known:
        try:
            wrong = _fault(store.place.data, one)
        except MissingDataError as fault:
            yield str(fault)
            return
        if wrong:
            what = titles.get(one.table, one.table)
            yield f"Le fichier {quoted(one.path)} ({what}) {wrong}{NBSP}: {_FROM_COPY}."


def _fault(data: DataPlace, known: DataFile) -> str:
    """Say what is wrong with a file, "" when nothing is: every page of it is decoded.

    Raises
    ------
    MissingDataError
        The storage of the data does not answer.
    """
    size = data.size(known.path)
    if size is None:
        return "manque"
    try:
        with data.read(known.path) as file:
            row_count = sum(file.read_row_group(one).num_rows for one in range(file.num_row_groups))
    except _UNREADABLE:
        cut = " (coupé)" if size < known.size else ""
        return f"est illisible{cut}"
    if size != known.size or row_count != known.rows:
        return (
            f"n’est pas celui que le catalogue attend ({row_count} lignes, {known.rows} attendues)"
        )
    return ""


def _record_faults(store: Store, kind: RecordKind) -> Iterator[str]:
    try:
        found = store.read(kind.name)
    except (AtlasError, database.Fault):
        yield f"Les fiches ({kind.plural}) ne se lisent pas{NBSP}; les autres restent lisibles."
        return
    if odd := _odd_ids(store, kind) if len(found) else 0:
        yield (
            f"{count(odd, 'fiche')} en double sous un même identifiant, ou sans identifiant "
            f"({kind.plural})."
        )
    wrong = int((found["revision"] < 1).sum()) if len(found) else 0
    if wrong:
        yield f"{count(wrong, 'fiche')} sans numéro de révision ({kind.plural})."
    try:
        # What a newer app added is not this one's to judge.
        known = [field.name for field in kind.fields if field.name in found]
        rows.check(kind, rows.plain_rows(found[known]))
    except AtlasError as fault:
        yield f"Une fiche ({kind.plural}) n’est pas de celles qui s’écrivent{NBSP}: {fault}"


def _odd_ids(store: Store, kind: RecordKind) -> int:
    """Count the rows that reading leaves out; a file that cannot be read is said elsewhere."""
    text = database.sql("store/odd_ids").format(table=kind.table, id=kind.id)
    with suppress(AtlasError, database.Fault):
        return int(store.fetch(text)["odd"][0].as_py())
    return 0


def _history_faults(store: Store) -> Iterator[str]:
    try:
        snapshots = [one.snapshot for one in history.entries(store, 1 << 31)]
    except (AtlasError, database.Fault):
        yield "L’historique ne se lit pas."
        return
    missing = {*range(min(snapshots), max(snapshots) + 1)} - {*snapshots} if snapshots else set()
    if missing:
        yield f"{count(len(missing), 'état')} manque(nt) à l’historique, dont le n° {min(missing)}."


def _key_faults(store: Store) -> Iterator[str]:
    try:
        check_keys(store)
        for kind in SEALED:
            yield from _sealed_faults(store, kind)
    except (AtlasError, database.Fault) as fault:
        yield str(fault)


def _sealed_faults(store: Store, kind: RecordKind) -> Iterator[str]:
    found = store.read(kind.name)
    sealed = {str(one): text for one, text in found["sealed"].items() if text}
    ring = keyring(store)
    existing, destroyed = ring.existing([*sealed]), ring.destroyed([*sealed])
    lost = [one for one in sealed if one not in existing and one not in destroyed]
    if lost:
        yield f"{count(len(lost), 'fiche')} ({kind.plural}) sans clé, sans avoir été effacée(s)."
    wrong = sum(not _opens(existing[one], text) for one, text in sealed.items() if one in existing)
    if wrong:
        yield f"{count(wrong, 'fiche')} ({kind.plural}) que leur clé n’ouvre pas."


def _opens(key: bytes, text: str) -> bool:
    try:
        Fernet(key).decrypt(text.encode())
    except (InvalidToken, ValueError):
        return False
    return True


# --- files that no state needs ------------------------------------------------------------


def orphans(store: Store, now: float | None = None) -> list[str]:
    """List the files that no state of the base needs, and that no writer may be writing.

    A writer makes its files before the catalogue knows them: those of the last day are left out.
    What a storage is asked comes before what the catalogue knows: no file of now is taken for one,
    nor is a file without a date, as a storage may give while it takes it.
    """
    before = (time.time() if now is None else now) - _OLD_S
    found = store.place.data.written_at()
    known = {one.path for one in data_files(store)}
    return [path for path in sorted(found) if path not in known and 0 < found[path] < before]


def set_orphans_aside(store: Store, now: float | None = None) -> list[str]:
    """Put away the files that no state needs, in the turn of a writer; no content is lost.

    They may be of a later catalogue, which somebody will put back.

    Raises
    ------
    BusyStoreError
        See ``StoreLocation.turn``.
    """
    with store.place.turn():
        found = orphans(store, now)
        store.place.data.set_aside(found, ASIDE)
        if store.place.bucket and found:  # they are there twice
            before = (time.time() if now is None else now) - _OLD_S
            store.fetch(database.sql("store/delete_orphans").format(before=before))
    return found
