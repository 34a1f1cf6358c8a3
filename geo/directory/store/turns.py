"""Turns to write, among the processes of one store: one at a time, and nobody for ever the last.

Whoever holds a turn and dies, however it dies, lets go of it: SQLite and PostgreSQL see to that.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Final

from geo import database
from geo.errors import BusyStoreError

_PATIENCE_S: Final = 20.0
# « Catalyse » in ASCII, as the number of a lock that PostgreSQL keeps for whoever asks for it. A
# machine that vanishes without a word is looked for after 15 s, not after the two hours of TCP.
_QUESTIONS: Final = (
    "SET LOCAL lock_timeout = {patience_ms}",
    "SET LOCAL tcp_keepalives_idle = 15",
    f"SELECT pg_advisory_xact_lock({int.from_bytes(b'Catalyse')})",
)


@contextmanager
def in_process(lock: RLock) -> Iterator[None]:
    """Hold the turn that the threads of one process pass on: no longer waited for than others.

    Raises
    ------
    BusyStoreError
        Another thread held it for 20 s.
    """
    if not lock.acquire(timeout=_PATIENCE_S):
        raise _busy()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def in_file(path: Path) -> Iterator[None]:
    """Hold the turn that a file keeps; it is made if it is not there.

    Raises
    ------
    BusyStoreError
        Another process held it for 20 s.
    sqlite3.DatabaseError
        The file is damaged or closed.
    """
    with closing(sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as fault:
            if "locked" in str(fault):
                raise _busy() from None
            raise
        yield


@contextmanager
def in_postgres(text: str, lake: database.Connection | None) -> Iterator[None]:
    """Hold the turn that PostgreSQL keeps, asked for beside what a lake does, or on its own.

    It makes writers wait instead of meeting: a long write is no more begun again for ever while
    short ones go by. The row ``turn`` alone decides; where the turn cannot be had since the server
    does not answer, what is then asked of it says so.

    Raises
    ------
    BusyStoreError
        Another process held it for 20 s.
    """
    with ExitStack() as lock:
        with suppress(database.Fault):
            lock.enter_context(_taken(text, lake))
        yield


@contextmanager
def _taken(text: str, lake: database.Connection | None) -> Iterator[None]:
    name = database.CATALOGUE if lake else "turns"
    opened = lake.cursor() if lake else database.connect_postgres(text, name)
    with closing(opened) as cursor:
        cursor.execute("BEGIN")
        asked_at = time.monotonic()
        try:
            for one in _QUESTIONS:
                question = one.format(patience_ms=int(_PATIENCE_S * 1000))
                cursor.execute(f"CALL postgres_execute('{name}', '{question}')")
        except database.Fault:
            if time.monotonic() - asked_at >= _PATIENCE_S:  # the server says so in its language
                raise _busy() from None
            raise
        try:
            yield
        finally:
            with suppress(database.Fault):
                cursor.execute("ROLLBACK")


def _busy() -> BusyStoreError:
    return BusyStoreError(
        f"La base est occupée par une autre écriture depuis {_PATIENCE_S:.0f} secondes. "
        "Rien n’a été écrit : recommencez dans un instant."
    )
