"""What a fault of DuckDB, SQLite, PostgreSQL or S3 means for who reads or writes, in French."""

import errno
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from geo import database
from geo.directory.store import loss
from geo.errors import BusyStoreError, MissingDataError, ReadOnlyStoreError

if TYPE_CHECKING:
    from geo.directory.store.ducklake import StoreLocation

# What DuckDB, SQLite and the system say, in English, of a disk, a folder, a server.
_FULL: Final = ("is full", "no space left", "disk i/o", "file too large")
_CLOSED: Final = (
    *("readonly", "read-only", "permission denied", "open file", "open database file"),
    "create directory",
)
_SILENT: Final = ("unable to connect", "server closed", "terminating connection", "connection")
NO_FILE: Final = ("disk image is malformed", "file is not a database", "file is encrypted")
_NO_LAKE: Final = (*NO_FILE, "explicitly disabled", "failed to parse ducklake")
_LATEST: Final = "query most recent snapshot"
_LOCKED: Final = "database is locked"
# PostgreSQL shows the place, in the question, of a table that it does not have; of nothing else.
_NO_TABLE: Final = re.compile(r"LINE \d+:\s+FROM \S+ducklake_snapshot")


def said_of(place: "StoreLocation", fault: Exception) -> Exception | None:
    """Return what to say of a fault that stays, nothing where it has no cure."""
    message = str(fault)
    return next((refusal for refusal in _meanings(place, fault, message) if refusal), None)


def _meanings(place: "StoreLocation", fault: Exception, message: str) -> Iterator[Exception | None]:
    """Look for each meaning in turn: the first that fits is the right one."""
    text, in_postgres = message.lower(), bool(place.postgres)
    if _no_file_opens():
        yield BusyStoreError(
            "Le serveur a trop de fichiers ouverts : rien n’a été écrit. Recommencez dans un "
            "instant. Si cela dure, l’exploitant relève sa limite (« ulimit -n »)."
        )
    if _LOCKED in text:
        yield BusyStoreError(
            "La base est occupée par un autre programme : rien n’a été écrit. Recommencez dans un "
            "instant."
        )
    if any(sign in text for sign in _FULL):
        yield ReadOnlyStoreError(
            "Le disque est plein : rien n’a été écrit. Libérez de la place, puis recommencez."
        )
    yield place.data.unanswered(message)
    yield place.lost() or loss.data_file(place.data, message, in_postgres=in_postgres)
    if any(sign in text for sign in _CLOSED):
        yield postgres_closed() if in_postgres and database.is_refused(fault) else folder_closed()
    if in_postgres and any(sign in text for sign in _SILENT):
        yield MissingDataError(
            "La base PostgreSQL ne répond pas. Recommencez dans un instant : ce qui était en "
            "cours d’écriture est dans l’historique, ou n’a pas été écrit."
        )
    if is_no_lake(fault):
        yield place.no_lake()
    if in_postgres and database.is_refused(fault):
        yield postgres_closed()
    if database.is_undecodable(fault):
        yield loss.data_lost(place.data, in_postgres=in_postgres)


def _no_file_opens() -> bool:
    """Tell that no more files may be opened: SQLite does not say why it fails."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError as fault:
        return fault.errno in {errno.EMFILE, errno.ENFILE}
    return False


def is_no_lake(fault: Exception) -> bool:
    """Tell that what answers is no catalogue, or a damaged one; not one that does not answer now.

    One that another program keeps, or that a server refuses to read, is whole.
    """
    message = str(fault)
    if any(sign in message.lower() for sign in _NO_LAKE):
        return True
    is_refused = database.is_refused(fault) and not _NO_TABLE.search(message)
    return _LATEST in message.lower() and not is_refused


def postgres_closed() -> ReadOnlyStoreError:
    """Say that PostgreSQL refuses: it is read-only, a right is missing, time is over.

    Its own words are in the language of its server.
    """
    return ReadOnlyStoreError(
        "La base PostgreSQL refuse ce qui lui est demandé : rien n’a été écrit. Recommencez dans "
        "un instant. Si cela dure, l’exploitant en lit la raison dans le journal de PostgreSQL : "
        "lecture seule, droits, délai ou place."
    )


def folder_closed() -> ReadOnlyStoreError:
    """Say that the folder of the store may not be written."""
    return ReadOnlyStoreError(
        "Le dossier de la base n’est pas accessible en écriture : rien n’a été écrit. "
        "Demandez à l’exploitant d’en ouvrir les droits."
    )
