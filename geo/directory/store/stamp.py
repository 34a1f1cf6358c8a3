"""Which state of the base the public is shown, told before what reads the base is imported.

Nothing is opened nor made: where this cannot be told at once, there is no stamp.
"""

import sqlite3
from contextlib import closing, suppress
from typing import Final

from geo.settings import settings

NEW: Final = "new"
"""Nothing was ever made there: a new store is filled with what ships."""
_STATE: Final = """
SELECT snapshot_id, snapshot_time,
       (SELECT count(*) FROM ducklake_snapshot_changes WHERE author IS NOT NULL)
FROM ducklake_snapshot ORDER BY snapshot_id DESC LIMIT 1
"""


def stamp() -> tuple[str, int]:
    """Return what no other state has, "" where nobody knows, and how many writes made it.

    A base in PostgreSQL or in a bucket is told by those who ask it.
    """
    now = settings()
    if now.catalogue or now.files:
        return "", 0
    with suppress(OSError, sqlite3.Error):
        if now.catalysts:
            seen = now.catalysts.stat()
            return f"{now.catalysts}:{seen.st_mtime_ns}:{seen.st_size}", 0
        folder = now.store.absolute()
        if not folder.exists() or not any(folder.iterdir()):
            return NEW, 0
        address = f"{(folder / 'catalogue.sqlite').as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, timeout=0.1, uri=True)) as catalogue:
            number, moment, writes = catalogue.execute(_STATE).fetchone()
            return f"{number}:{moment}", writes
    return "", 0
