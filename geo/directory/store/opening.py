"""The store of the settings in force: opened once a process, made on first use, never in the way.

When it cannot be written, the app goes on, read-only, and says why.
"""

import atexit
import shutil
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock

from geo.directory.store.lake import Place, open_lake
from geo.directory.store.seed import seed
from geo.directory.store.store import Store
from geo.errors import ConflictError, MissingDataError, ReadOnlyStoreError
from geo.french import NBSP
from geo.settings import Settings, settings

_ONE_AT_A_TIME = Lock()


def open_store() -> Store:
    """Give the store in force.

    Raises
    ------
    MissingDataError
        PostgreSQL does not answer, or the folder holds no store.
    BadFileError
        A new store cannot be filled: the file of catalysts is at fault.
    """
    now = settings()
    stamp = now.catalysts.stat().st_mtime_ns if now.catalysts and now.catalysts.is_file() else 0
    with _ONE_AT_A_TIME:
        return _opened(now, stamp)


def empty_store() -> Store | None:
    """Give the store in force when nothing was ever written to it, without filling it."""
    now = settings()
    if now.catalysts:
        return None
    try:
        store = Store.create(now.store, now.catalogue)
    except (OSError, ReadOnlyStoreError):
        return None
    return store if store.is_new() else None


@lru_cache(maxsize=2)
def _opened(now: Settings, _stamp: int) -> Store:
    if now.catalysts:
        why = f"Cette application montre le fichier {now.catalysts.name}{NBSP}: rien ne s’y écrit."
        return _passing_store(now.catalysts, why)
    try:
        store = Store.create(now.store, now.catalogue)
        if store.is_new():
            # Another process that opens the same new place may have filled it meanwhile.
            with suppress(ConflictError):
                seed(store, now.catalysts_file)
    except (OSError, ReadOnlyStoreError):
        return _closed(now)
    return store


def _closed(now: Settings) -> Store:
    """Open a store that cannot be written; where there is none, show what ships."""
    why = (
        f"Le dossier {now.store} n’est pas accessible en écriture, ou son disque est plein{NBSP}: "
        "la base se consulte, rien ne s’y écrit."
    )
    place = Place(now.store, now.catalogue)
    try:
        return Store(place, open_lake(place, read_only=True), why)
    except MissingDataError:
        return _passing_store(now.catalysts_file, why)


def _passing_store(catalysts: Path, why: str) -> Store:
    """Make a store that lasts as long as the process."""
    folder = Path(tempfile.mkdtemp(prefix="catalyse-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = Store.create(folder)
    seed(store, catalysts)
    store.read_only = why
    return store
