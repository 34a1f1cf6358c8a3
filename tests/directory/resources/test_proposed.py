"""What a contributor says of a resource or of a maturity waits for the coordination."""

from pathlib import Path

import pytest

from geo.directory.access import VISITOR, Person, Role
from geo.directory.ecosystems import assess, plain_rows
from geo.directory.ecosystems.maturity import grid
from geo.directory.proposals import accept
from geo.directory.reading import whole_book
from geo.directory.resources import catalogue, every_resource
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.errors import ReadOnlyStoreError
from tests.copied import copy
from tests.pages.conftest import drawn

CAMILLE = Person("Camille", Role.CONTRIBUTOR)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(copy(tmp_path / "base", drawn))
    yield made
    made.connection.close()


def decided(store: Store) -> None:
    for one in plain_rows(store.read("proposal")):
        changes = accept(one, store, by="Colette")
        store.write(changes, author="Colette", message="accord")


def test_a_corrected_resource_waits_then_replaces_the_shipped_one(store):
    row = plain_rows(every_resource(store).loc[["idealco"]])[0] | {"resource_kind": "outil"}
    submit(Changes.one("resource", row), "IdéalCO", CAMILLE, store)
    assert catalogue(store).loc["idealco", "resource_kind"] == ""
    decided(store)
    assert catalogue(store).loc["idealco", "resource_kind"] == "outil"


def test_an_assessment_waits_too(store):
    answers = {one.id: 2 for one in grid().questions}
    values = {"assessed_on": "2026-11-29", "note": ""}
    submit(assess(whole_book(store), "E1", answers, values), "maturité", CAMILLE, store)
    assert store.read("assessment").empty
    decided(store)
    assert store.read("ecosystem").loc["E1", "maturity"] == "pionnier"
    assert [*store.read("assessment")["maturity"]] == ["pionnier"]


def test_a_visitor_writes_neither(store):
    row = plain_rows(every_resource(store).loc[["idealco"]])[0]
    with pytest.raises(ReadOnlyStoreError):
        submit(Changes.one("resource", row), "IdéalCO", VISITOR, store)
