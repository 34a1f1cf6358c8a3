"""What past versions of the app wrote, kept as fixtures: a store, on each catalogue, and a backup.

``version_1.zip`` was written by the app of commit f5e1e1c: twelve actors in a file of their own,
one of them changed, another withdrawn, a contact, an erased one, a project, an alliance, an
ecosystem.
"""

import json
import zipfile
from pathlib import Path
from typing import Any

from geo.directory.store.lake import Place
from tests.store.server import Server, name_of

ARCHIVE = Path(__file__).with_name("version_1.zip")


def unpack(folder: Path) -> Path:
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder)
    return folder


def told(folder: Path) -> dict[str, Any]:
    """Give what the app that wrote it read there: its records, its history."""
    return dict(json.loads((folder / "etat.json").read_text(encoding="utf-8")))


def place_of(folder: Path, server: Server | None) -> Place:
    """Give the store of version 1, its catalogue put back in PostgreSQL when there is a server."""
    if server is None:
        return Place(folder / "sqlite")
    text = server.database()
    server.ask((folder / "catalogue.sql").read_text(encoding="utf-8"), name_of(text))
    return Place(folder / "postgres", text)
