"""What every test folder shares."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# One set of examples everywhere: a red test is red again when it is run again.
settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a store that no test changes, one for each worker."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(autouse=True)
def _no_operator_settings(monkeypatch: pytest.MonkeyPatch, shared_store: Path) -> None:
    """Hide what the person who runs the tests has set for their own server, and their base."""
    for name in [name for name in os.environ if name.startswith("CATALYSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CATALYSE_STORE", str(shared_store))
