"""What the geocoder already answered, kept on disk: nothing is asked twice, even in vain.

Only addresses of records are kept; what a visitor types is not.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from geo.directory.geocoding.query import Answer, GeocodingQuery
from geo.french import typeset

FILE: Final = "geocodage.sqlite"
_BUSY_S: Final = 10.0
_AGAIN_S: Final = 0.02
_CREATE: Final = """
CREATE TABLE IF NOT EXISTS answers (
    geocoder TEXT, question TEXT, postcode TEXT, commune_code TEXT, asked_on TEXT NOT NULL,
    longitude REAL, latitude REAL, score REAL, kind TEXT, label TEXT, found_code TEXT,
    PRIMARY KEY (geocoder, question, postcode, commune_code)
) WITHOUT ROWID
"""
_READ: Final = """
SELECT longitude, latitude, score, kind, label, found_code FROM answers
WHERE geocoder = ? AND question = ? AND postcode = ? AND commune_code = ?
"""
_WRITE: Final = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_FORGET: Final = "DELETE FROM answers WHERE question = ?"

Key = tuple[str, str, str, str]
"""Geocoder, question, postcode, commune."""


class Cache:
    """Answers in one SQLite file, shared by threads and processes.

    A file that cannot be used stops nothing: ``fault`` says why, answers then live in memory.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.fault = ""
        self._memory: dict[Key, Answer | None] = {}
        self._do(_prepare)

    def get(
        self, geocoder: str, questions: Iterable[GeocodingQuery]
    ) -> dict[GeocodingQuery, Answer | None]:
        """Return what is known of some questions; None for an address known not to be found."""
        keys = {question: (geocoder, *question.key) for question in questions}
        found = {
            question: self._memory[key] for question, key in keys.items() if key in self._memory
        }

        def read(file: sqlite3.Connection) -> None:
            for question, key in keys.items():
                if row := file.execute(_READ, key).fetchone():
                    found[question] = Answer(*row) if row[0] is not None else None

        self._do(read)
        return found

    def put(self, geocoder: str, answers: Mapping[GeocodingQuery, Answer | None]) -> None:
        """Keep answers, with the day they were given."""
        today = datetime.now(UTC).date().isoformat()
        keys: dict[Key, Answer | None] = {
            (geocoder, *question.key): answer for question, answer in answers.items()
        }
        rows = [(*key, today, *_cells(answer)) for key, answer in keys.items()]
        self._do(lambda file: file.executemany(_WRITE, rows))
        if self.fault:
            self._memory |= keys

    def forget(self, question: GeocodingQuery) -> None:
        """Erase an address, its bytes too, whatever the geocoder and the filters."""
        text = question.key[0]
        self._memory = {key: answer for key, answer in self._memory.items() if key[1] != text}

        def erase(file: sqlite3.Connection) -> None:
            file.execute("PRAGMA secure_delete=ON")
            file.execute(_FORGET, (text,))
            file.commit()
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        self._do(erase)

    def _do(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Open the file for one unit of work; nothing is done once it cannot be used."""
        if self.fault:
            return
        try:
            self._patiently(work)
        except sqlite3.Error:
            self.fault = typeset(
                f"Le cache du géocodage ({self.path.name}) ne peut pas être lu ou écrit : les "
                "réponses ne sont gardées qu’en mémoire. Vérifiez les droits et la place du "
                "dossier, ou supprimez ce fichier."
            )

    def _patiently(self, work: Callable[[sqlite3.Connection], object]) -> None:
        # SQLite's own patience is not asked when two processes change the journal at once.
        deadline = time.monotonic() + _BUSY_S
        while not self._done(work, last=time.monotonic() > deadline):
            time.sleep(_AGAIN_S)

    def _done(self, work: Callable[[sqlite3.Connection], object], *, last: bool) -> bool:
        """Do it, or tell that another process was in the way; the last time, that is a fault."""
        try:
            with closing(sqlite3.connect(self.path, timeout=_BUSY_S)) as file, file:
                work(file)
        except sqlite3.OperationalError as fault:
            if last or fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True


def _prepare(file: sqlite3.Connection) -> None:
    file.execute("PRAGMA journal_mode=WAL")
    file.execute(_CREATE)


def _cells(answer: Answer | None) -> tuple[float | str | None, ...]:
    if answer is None:
        return (None,) * 6
    return (
        *(answer.longitude, answer.latitude, answer.score),
        *(answer.kind, answer.label, answer.commune_code),
    )
