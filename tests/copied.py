"""Stores filled once a process, then copied: a test that wants its own pays for no write."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from geo.directory.store.seed import seed
from geo.directory.store.store import Store
from geo.settings import settings


def seeded(folder: Path) -> Store:
    """Make a store of the catalysts that ship, as the app makes its own."""
    made = Store.create(folder)
    seed(made, settings().catalysts_file)
    return made


def begun(folder: Path) -> Store:
    """Make the store of a first start: the catalysts that ship, and the network's ecosystem."""
    made = Store.create(folder)
    seed(made, settings().catalysts_file, network=True)
    return made


def copy(folder: Path, fill: Callable[[Path], Store] = seeded) -> Path:
    """Put in a folder a copy of the store that a function makes; give the folder."""
    return Path(shutil.copytree(_model(fill), folder, dirs_exist_ok=True))


@cache
def _model(fill: Callable[[Path], Store]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="catalyse-modele-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    fill(folder).connection.close()
    return folder
