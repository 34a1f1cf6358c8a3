"""The store of the settings in force: opened once a process, made on first use, never in the way.

When it cannot be written, the app goes on, read-only, and says why; when it cannot be read, the app
shows what ships, and says what is lost.
"""

import atexit
import logging
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Lock

from geo.directory.schema import KINDS
from geo.directory.store.bucket import bucket_access
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.keys import keyring
from geo.directory.store.seed import seed
from geo.directory.store.store import Store
from geo.errors import (
    ConflictError,
    LostDataError,
    MissingDataError,
    ReadOnlyStoreError,
    UnreadableStoreError,
)
from geo.french import NBSP
from geo.settings import Settings, settings

_ONE_AT_A_TIME = Lock()
_HELD: dict[tuple[object, ...], tuple[int, Store]] = {}
_MOST = 2


def open_store() -> Store:
    """Return the store in force.

    A catalogue that is lost or put back while the app runs is seen: the store is opened anew.

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
        # What does not say where the base is may change: it stays open.
        place = _place(now)
        where = (place, now.catalysts, now.catalysts_file, stamp)
        cached = _HELD.get(where)
        if cached is None or cached[0] != place.file_number():
            store = _opened(now)
            cached = _HELD[where] = place.file_number(), store
        while len(_HELD) > _MOST:
            del _HELD[next(iter(_HELD))]
        return cached[1]


def real_store(*, upgrading: bool = True) -> Store:
    """Return the store in force, never what ships in its place.

    Parameters
    ----------
    upgrading
        Leave a store of an older version as it is, when it is false.

    Raises
    ------
    UnreadableStoreError
        It cannot be read: the reason says what is lost.
    MissingDataError, BadFileError
        See ``open_store``.
    """
    now = settings()
    if not upgrading and not now.catalysts and not _place(now).is_new():
        with suppress(OSError, ReadOnlyStoreError):
            older = _created(now, upgrading=False)
            if older.read_only:
                return older
            older.connection.close()
    check_not_lost()
    return open_store()


def lost_store() -> str:
    """Say what is lost of the base when what ships stands in its place; nothing otherwise.

    Raises
    ------
    MissingDataError, BadFileError
        See ``open_store``.
    """
    if settings().catalysts:
        return ""
    store = open_store()
    return store.read_only if store.stands_in else ""


def check_not_lost() -> None:
    """Refuse to answer for the base when what ships stands in its place.

    Raises
    ------
    UnreadableStoreError
        It does: the reason says what is lost.
    MissingDataError, BadFileError
        See ``open_store``.
    """
    if lost := lost_store():
        raise UnreadableStoreError(lost)


def store_to_restore() -> Store:
    """Return the store that a backup comes back to: that in force, never filled with what ships.

    One whose catalogue or data are lost is replaced by an empty one, its catalogue set aside; so
    are damaged keys. The data of a catalogue of PostgreSQL that is whole cannot be replaced: the
    fault says where to restore.

    Raises
    ------
    LostDataError
        Data files are lost, and PostgreSQL keeps the catalogue.
    UnreadableStoreError
        The base is there, of a version that this app cannot read, or its file of turns is damaged.
    ReadOnlyStoreError
        It cannot be written: closed, or of a newer version.
    MissingDataError
        PostgreSQL does not answer.
    """
    now = settings()
    store = open_store() if now.catalysts else _readable(now)
    if store.read_only:
        raise ReadOnlyStoreError(store.read_only)
    _set_damaged_keys_aside(store)
    return store


def _set_damaged_keys_aside(store: Store) -> None:
    with store.place.turn():
        try:
            keyring(store).lost()
        except LostDataError:
            raise
        except UnreadableStoreError:
            store.place.set_aside(store.place.keys)


def _readable(now: Settings) -> Store:
    """Open a store of which everything can be read, made anew if its data are lost."""
    seen = _place(now).file_number()
    try:
        store = _created(now)
    except LostDataError:
        return _created(now, instead_of=seen)
    except (OSError, ReadOnlyStoreError):
        return open_store()
    if store.read_only:
        return store
    try:
        for kind in KINDS:
            store.read(kind)
    except LostDataError:
        if now.catalogue:
            raise
        store.connection.close()
        return _created(now, instead_of=seen)
    return store


def _place(now: Settings) -> StoreLocation:
    return StoreLocation(now.store, now.catalogue, bucket_access(now))


def _created(now: Settings, *, upgrading: bool = True, instead_of: int | None = None) -> Store:
    place = _place(now)
    return Store.create(
        place.folder, place.postgres, place.bucket, upgrading=upgrading, instead_of=instead_of
    )


def _opened(now: Settings) -> Store:
    if now.catalysts:
        why = f"Cette application montre le fichier {now.catalysts.name}{NBSP}: rien ne s’y écrit."
        return _passing_store(now.catalysts, why)
    try:
        store = _created(now)
        if store.is_new() and not store.read_only:
            # Another process that opens the same new place may have filled it meanwhile.
            with suppress(ConflictError):
                seed(store, now.catalysts_file, network=True)
    except UnreadableStoreError as fault:
        return _stand_in(now, str(fault))
    except (OSError, ReadOnlyStoreError):
        return _closed(now)
    return store


def _closed(now: Settings) -> Store:
    """Open a store that cannot be written; where there is none, show what ships."""
    why = (
        f"Le dossier {now.store} n’est pas accessible en écriture, ou son disque est plein{NBSP}: "
        "la base se consulte, rien ne s’y écrit."
    )
    try:
        return Store.closed(_place(now), why)
    except MissingDataError:
        return _passing_store(now.catalysts_file, why)


def _stand_in(now: Settings, why: str) -> Store:
    """Show what ships in the place of a store that cannot be read; say so to the operator too."""
    logging.getLogger(__name__).warning("%s", why)
    store = _passing_store(now.catalysts_file, why)
    store.stands_in = True
    return store


def _passing_store(catalysts: Path, why: str) -> Store:
    """Make a store that lasts as long as the process."""
    folder = Path(tempfile.mkdtemp(prefix="catalyse-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = Store.create(folder)
    seed(store, catalysts, network=catalysts == settings().catalysts_file)
    store.read_only = why
    return store
