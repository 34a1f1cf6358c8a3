"""What a server reads ahead is what a first visit would have waited for."""

from typing import Any

import pytest

from geo import database
from geo.api.warming import warm
from geo.directory.directory import directory
from geo.directory.indicators import catalogue as catalogues
from geo.directory.indicators import loading


def test_a_first_visit_reads_nothing_of_what_was_read_ahead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    warm()

    def refuse(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(database, "load_reference", refuse)
    monkeypatch.setattr(catalogues, "load", refuse)
    monkeypatch.setattr(loading, "raw_table", refuse)
    assert len(directory().ask("territory_related", kind="region", code="84"))
    found = catalogues.catalogue()
    assert found.tables
    assert not any(found.loaded(table).fault for table in found.tables)
