"""What every test folder shares."""

import os

import pytest
from hypothesis import settings

# One set of examples everywhere: a red test is red again when it is run again.
settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(autouse=True)
def _no_operator_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide what the person who runs the tests has set for their own server."""
    for name in [name for name in os.environ if name.startswith("CATALYSE_")]:
        monkeypatch.delenv(name)
