"""A store with secrets in it, and the API served from it on loopback."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from geo.api import exports, health, ogc, tiles
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from tests.api.asgi import Client
from tests.api.ogc.drawn import SECRETS, records
from tests.browser.harness import free_port
from tests.store.drawn import put_person

ROUTES = [*tiles.routes(), *health.routes(), *exports.routes(), *ogc.routes()]


@pytest.fixture(scope="session")
def api_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a base of published, withheld and unpublished records."""
    folder = tmp_path_factory.mktemp("api")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CATALYSE_STORE", str(folder))
        store = open_store()
        for kind, some in records().items():
            store.write(Changes.one(kind, *some), author="Aude", message="Essai")
        put_person(store, "c1", consent_basis=SECRETS["contact"])
    return folder


@pytest.fixture(autouse=True)
def _served_from_it(api_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_STORE", str(api_store))
    monkeypatch.setenv("CATALYSE_API_RATE", "10000000")


@pytest.fixture
def client() -> Client:
    return Client(Starlette(routes=ROUTES))


@pytest.fixture(scope="session")
def server(api_store: Path) -> Iterator[str]:
    """Serve the API's routes on loopback; give the server's address."""
    assert api_store
    port = free_port()
    config = uvicorn.Config(
        Starlette(routes=ROUTES), port=port, log_level="error", ws="none", lifespan="off"
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(timeout=10)
