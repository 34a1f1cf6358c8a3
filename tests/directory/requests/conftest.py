"""A base of one's own, and a real mail server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.directory.store.store import Store
from tests.copied import copy
from tests.smtp import Postman, mail_server

SECRETARIAT = "secretariat@reseau.invalid"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(copy(tmp_path / "base"))
    yield made
    made.connection.close()


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postman]:
    """Have mails sent by a server on loopback, to a secretariat."""
    with mail_server() as found:
        monkeypatch.setenv("CATALYSE_SMTP", found.url)
        monkeypatch.setenv("CATALYSE_SECRETARIAT", SECRETARIAT)
        yield found
