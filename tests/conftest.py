"""What every test folder shares."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

import geo  # noqa: F401 - says to NumPy, before any test imports it, how many threads it has
from tests.serving import left_behind

BROWSER = "tests/browser/"
MEMORY = Path("/dev/shm")  # noqa: S108 - a place, and the only one: `mkdtemp` makes what is written
ROOM = 4 << 30
"""Bytes that a whole run may write, two hundred databases of PostgreSQL among them."""
LONG = (BROWSER, "tests/store/", "tests/api/ogc/test_readers.py", "tests/test_how_to.py")
COLLECTED_AFTER = (20_000, 20, 20)
"""Objects made before garbage is looked for among the youngest, then how many times before older
ones: a page of features or of a workbook makes a million of them and no cycle."""
FIRST_HALF = {
    *("test_every_page.py", "test_ecosystem.py", "test_embed.py", "test_ground.py"),
    *("test_policy.py", "test_sign_in.py", "test_request.py"),
}
"""About half of the time that browsers take; the other files make the second. Those that share a
server stand together: tiles and sign-in are served once."""

# Some machines keep no compiled module: then pytest rewrites five thousand assertions at each run,
# and each of the servers and commands that tests start compiles the whole app anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# One set of examples everywhere: a red test is red again when it is run again.
settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_configure() -> None:
    """Write in memory where there is room: no test asks that the machine itself may fall.

    On a disk PostgreSQL's databases took three times as long to make, and a minute to take away.
    """
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what lasts longest, so that no worker ends alone."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_collection_finish() -> None:
    """Collect garbage less often: what was imported never is, and was gone through each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> "Rooms":
    return Rooms(config, log)


class Rooms(LoadScopeScheduling):  # type: ignore[misc]
    """Give a worker half of what drives a browser, else a file at a time to whoever is free.

    Each half then has one Chromium and its own servers, and a module's tests keep their order.
    xdist's own ``loadgroup`` writes groups where pytest 9.2 no longer reads them.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if not nodeid.startswith(BROWSER):
            return file
        return f"{BROWSER}{'first' if file.removeprefix(BROWSER) in FIRST_HALF else 'second'}"


@pytest.fixture(scope="session")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store that no test changes, one for each worker."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module", autouse=True)
def _no_server_left_behind() -> Iterator[None]:
    """Refuse a server that a file left half closed: the worker's other tests would pay for it."""
    yield
    assert left_behind() == []


@pytest.fixture(autouse=True)
def _no_operator_settings(monkeypatch: pytest.MonkeyPatch, shared_store: Path) -> None:
    """Hide what the person who runs the tests has set for their own server, and their base."""
    for name in [name for name in os.environ if name.startswith("CATALYSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CATALYSE_STORE", str(shared_store))
