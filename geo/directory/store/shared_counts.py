"""What the processes of one machine count together: a SQLite file in the folder of the store.

Turns at a geocoder, requests of a day, sign-ins that were ended: nobody is named, and a file
that cannot be used stops nothing: whoever asks is told so, and counts alone.
"""

import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

Answer = TypeVar("Answer")
FILE: Final = "limites.sqlite"
_PATIENCE_S: Final = 1.0
_FARTHEST_S: Final = 120.0  # no turn is farther: a clock that was set back left it
# Lost with the machine's power, it is made anew: nothing is waited for on the disk. What is
# forgotten leaves no bytes.
_OPEN: Final = ("PRAGMA synchronous = OFF", "PRAGMA secure_delete = ON")
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS turns (name TEXT PRIMARY KEY, next REAL, held REAL)",
    "CREATE TABLE IF NOT EXISTS passed (quota TEXT, who BLOB, at REAL)",
    "CREATE INDEX IF NOT EXISTS passed_who ON passed (quota, who, at)",
)
_TURN: Final = "SELECT next, held FROM turns WHERE name = ?"
_SET: Final = "INSERT OR REPLACE INTO turns VALUES (?, ?, ?)"
_FORGET: Final = "DELETE FROM passed WHERE quota = ? AND (at <= ? OR at > ?)"
_COUNT: Final = "SELECT count(*) FROM passed WHERE quota = ? AND who = ?"
_ADD: Final = "INSERT INTO passed VALUES (?, ?, ?)"


class Passage(NamedTuple):
    """One that wants to pass: which quota, who (a digest), how many may in how many seconds."""

    quota: str
    who: bytes
    most: int
    span_s: float


class SharedCounts:
    """The counts of one folder. Times are Unix seconds: processes share no other clock for long."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._is_reported = False

    def pass_all(self, wanted: list[Passage], now: float) -> str | None:
        """Count one for each quota, or for none: the first that is full is named.

        Returns
        -------
        The full quota, "" when all were counted, nothing when the file cannot be used.
        """

        def work(file: sqlite3.Connection) -> str:
            for one in wanted:
                file.execute(_FORGET, (one.quota, now - one.span_s, now + 1))
            for one in wanted:
                [(count,)] = file.execute(_COUNT, (one.quota, one.who)).fetchall()
                if count >= one.most:
                    return one.quota
            file.executemany(_ADD, [(one.quota, one.who, now) for one in wanted])
            return ""

        return self._do(work)

    def has_passed(self, quota: str, who: bytes) -> bool:
        """Return whether one was counted and is not forgotten; no when the file cannot be used."""

        def work(file: sqlite3.Connection) -> bool:
            [(count,)] = file.execute(_COUNT, (quota, who)).fetchall()
            return bool(count)

        return bool(self._do(work))

    def take_turn(
        self, name: str, interval_s: float, clock: Callable[[], float] = time.time
    ) -> float | None:
        """Take a turn that has come; give the seconds to wait before asking again, 0 when taken.

        The clock is read once the file is ours: who waited for it would else date the turn
        before the wait, and the next one would follow at once.
        """

        def work(file: sqlite3.Connection) -> float:
            now = clock()
            following, hold_until = self._turn(file, name, now)
            wait = max(following, hold_until) - now
            if wait > 0:
                return wait
            file.execute(_SET, (name, now + interval_s, hold_until))
            return 0.0

        return self._do(work)

    def hold(self, name: str, seconds: float, now: float) -> None:
        """Give no turn before some seconds have passed."""

        def work(file: sqlite3.Connection) -> None:
            following, hold_until = self._turn(file, name, now)
            file.execute(_SET, (name, following, max(hold_until, now + seconds)))

        self._do(work)

    @staticmethod
    def _turn(file: sqlite3.Connection, name: str, now: float) -> tuple[float, float]:
        found = file.execute(_TURN, (name,)).fetchone() or (0.0, 0.0)
        following, hold_until = (one if one < now + _FARTHEST_S else 0.0 for one in found)
        return following, hold_until

    def _do(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer | None:
        """Do it alone among processes; nothing, and one line in the log, if it cannot be."""
        try:
            return self._alone(work)
        except (sqlite3.Error, OSError):
            if not self._is_reported:
                self._is_reported = True
                logging.getLogger(__name__).warning(
                    "Le fichier %s ne peut être lu ou écrit : les limites sont comptées par "
                    "processus. Vérifiez les droits du dossier, ou supprimez ce fichier.",
                    self.path.name,
                )
            return None

    def _alone(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE_S, isolation_level=None)
        with closing(connection) as file:
            for pragma in _OPEN:
                file.execute(pragma)
            file.execute("BEGIN IMMEDIATE")
            if not file.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                for table in _TABLES:
                    file.execute(table)
            answer = work(file)
            file.execute("COMMIT")
        return answer


@lru_cache(maxsize=4)
def shared_counts(folder: Path) -> SharedCounts:
    """Return the counts of a folder; it is made by the store, never here."""
    return SharedCounts(folder)
