"""Look at what tables a GeoPackage says it has, before GDAL opens it.

A virtual table is read by a module of SQLite: SpatiaLite's, which GDAL carries, read any file of
this machine that the table names. A GeoPackage needs none but those that index its shapes.
"""

import re
import sqlite3
from contextlib import closing
from typing import Final

from geo.directory.importing.errors import bad_file

_VIRTUAL: Final = re.compile(r"\bvirtual\b", re.IGNORECASE)
_INDEX: Final = re.compile(
    r'\s*CREATE\s+VIRTUAL\s+TABLE\s+(?:"[^"]*"|\w+)\s+USING\s+rtree\s*\([^()]*\)\s*', re.IGNORECASE
)
_MENDED: Final = "exportez sa couche en GeoPackage depuis QGIS"


def check_tables(data: bytes, name: str) -> None:
    """Refuse a GeoPackage with a virtual table that is no index of its shapes.

    Raises
    ------
    BadFileError
        It has one, or its tables cannot be listed.
    """
    try:
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(data)
            base.execute("PRAGMA writable_schema = ON")  # what is written there is read, not run
            found = base.execute("SELECT sql FROM sqlite_master WHERE sql <> ''").fetchall()
    except (sqlite3.Error, OverflowError):
        raise bad_file(name, "le GPKG est illisible", _MENDED) from None
    for (text,) in found:
        if _VIRTUAL.search(str(text)) and not _INDEX.fullmatch(str(text)):
            raise bad_file(name, "il contient une table virtuelle, qui lirait ailleurs", _MENDED)
