"""What past versions of the app wrote, kept as fixtures: a store, on each catalogue, and a backup.

``version_1.zip`` was written by the app of commit f5e1e1c: twelve actors in a file of their own,
one of them changed, another withdrawn, a contact, an erased one, a project, an alliance, an
ecosystem.
"""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from geo.directory.schema import KINDS
from geo.directory.store import history
from geo.directory.store.ducklake import StoreLocation, open_lake
from geo.directory.store.store import Store
from geo.directory.store.versions import VERSION, version_now
from tests.store.drawn import state
from tests.store.server import Server, name_of

WRITTEN = 1
ARCHIVE = Path(__file__).with_name("version_1.zip")
NEWER = (
    "ALTER TABLE lake.actors ADD COLUMN couleur VARCHAR",
    "UPDATE lake.actors SET couleur = 'bleu'",
    f"UPDATE lake.turn SET version = {VERSION + 1}",  # noqa: S608 - a number
)


def unpack(folder: Path) -> Path:
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder)
    return folder


def told(folder: Path) -> dict[str, Any]:
    """Return what the app that wrote it read there, what began since being empty; its history."""
    found = dict(json.loads((folder / "etat.json").read_text(encoding="utf-8")))
    found["fiches"] |= {name: {} for name, kind in KINDS.items() if kind.since > WRITTEN}
    for kind, records_then in found["fiches"].items():
        begun = {field.name: field.empty for field in KINDS[kind].fields if field.since > WRITTEN}
        for record in records_then.values():
            record.update(begun)
    return found


def place_of(folder: Path, server: Server | None) -> StoreLocation:
    """Return the store of version 1, its catalogue in PostgreSQL when there is a server."""
    if server is None:
        return StoreLocation(folder / "sqlite")
    text = server.database()
    server.ask((folder / "catalogue.sql").read_text(encoding="utf-8"), name_of(text))
    return StoreLocation(folder / "postgres", text)


def as_it_is(place: StoreLocation) -> tuple[int, int, dict[str, Any]]:
    """Read the version and last snapshot of a store, and its records, without opening it."""
    lake = open_lake(place)  # a write cut short is undone by whoever may write
    found = version_now(lake), Store(place, lake).snapshot(), state(Store(place, lake))
    lake.close()
    return found


def records(store: Store) -> dict[str, Any]:
    """Read every record; a seal differs each time it is made."""
    found = state(store)
    found["contact"] = {
        name: {field: value for field, value in one.items() if field != "sealed"}
        for name, one in found["contact"].items()
    }
    return found


def in_force(place: StoreLocation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a store that of the settings."""
    monkeypatch.setenv("CATALYSE_STORE", str(place.folder))
    monkeypatch.setenv("CATALYSE_CATALOGUE", place.postgres)


def journal(store: Store) -> list[list[str]]:
    """List who wrote what, the first first."""
    return [[one.author, one.message] for one in reversed(history.entries(store, 1000))]


def altered(place: StoreLocation, *statements: str) -> None:
    """Do to a store what an app of another version would have done."""
    lake = open_lake(place)
    for text in statements:
        lake.execute(text)
    lake.close()
