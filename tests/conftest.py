"""What every test folder shares."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# One set of examples everywhere: a red test is red again when it is run again.
settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give one worker all that drives a browser, a file at a time to whoever is free; long first.

    One Chromium then stands for all, its servers too, and no other browser is in their way.
    """
    groups = {item: _group(item) for item in items}
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    long = ("browser", "tests/store")
    items.sort(key=lambda item: not groups[item].startswith(long))


def _group(item: pytest.Item) -> str:
    return "browser" if item.get_closest_marker("browser") else item.location[0]


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
