"""The same tests on both catalogues: a file of SQLite, and a real PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geo.directory.store.lake import Place
from geo.directory.store.store import Store
from tests.store.server import Server, programs

CATALOGUES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start PostgreSQL; a machine of continuous integration must have it."""
    found = programs()
    if found is None:
        why = "PostgreSQL est absent : installez le paquet « postgresql » de Debian."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)
    started = Server(found)
    try:
        started.create()
        yield started
    finally:
        started.destroy()


@pytest.fixture(scope="session")
def blank_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Place]:
    """Give an empty store of each catalogue, made once, to be copied: nobody opens it."""
    made: dict[str, Place] = {}

    def blank(catalogue: str) -> Place:
        if catalogue not in made:
            text = request.getfixturevalue("server").database() if catalogue == "postgres" else ""
            made[catalogue] = Place(tmp_path_factory.mktemp("vide"), text)
            Store.create(made[catalogue].folder, text).connection.close()
        return made[catalogue]

    return blank


@pytest.fixture(params=CATALOGUES)
def catalogue(request: pytest.FixtureRequest) -> str:
    return str(request.param)


MakePlace = Callable[..., Place]


@pytest.fixture
def new_place(
    request: pytest.FixtureRequest, tmp_path: Path, blank_store: Callable[[str], Place]
) -> MakePlace:
    """Give what makes a new place, its store made and empty, or not made at all."""
    made: list[Place] = []

    def make(catalogue: str, *, bare: bool = False) -> Place:
        folder = tmp_path / f"base-{len(made)}"
        model = None if bare else blank_store(catalogue)
        if model:
            shutil.copytree(model.folder, folder)
        text = ""
        if catalogue == "postgres":
            server: Server = request.getfixturevalue("server")
            text = server.database(model.postgres if model else "")
        made.append(Place(folder, text))
        return made[-1]

    return make


@pytest.fixture
def place(new_place: MakePlace, catalogue: str) -> Place:
    return new_place(catalogue)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    made = Store.create(place.folder, place.postgres)
    yield made
    made.connection.close()
