"""The one door for a change: a role decides whether it is written, proposed or refused."""

from pathlib import Path

import pytest

from geo.directory import proposals
from geo.directory.access import VISITOR, Person, Role
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.errors import ReadOnlyStoreError
from tests.copied import copy
from tests.directory.proposed import three_actors

COORDINATOR = Person("Colette", Role.COORDINATOR)
CONTRIBUTOR = Person("Camille", Role.CONTRIBUTOR)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(copy(tmp_path, three_actors))


def described(store: Store) -> Changes:
    return Changes.one("actor", store.record("actor", "un") | {"description": "Nouvelle."})


def test_what_a_coordinator_changes_is_written(store: Store) -> None:
    done = submit(described(store), "Description", COORDINATOR, store)
    assert (done.sentence, done.snapshot) == ("Description", store.snapshot())
    assert store.record("actor", "un")["description"] == "Nouvelle."
    assert len(store.read("proposal")) == 0


def test_what_a_contributor_changes_is_proposed(store: Store) -> None:
    assert "à valider" in submit(described(store), "Description", CONTRIBUTOR, store).sentence
    assert store.record("actor", "un")["description"] == "Ancienne."
    (proposal,) = proposals.list_pending(store.read("proposal")).to_dict("records")
    assert (proposal["author"], proposal["record_id"]) == ("Camille", "un")


def test_a_visitor_changes_nothing(store: Store) -> None:
    before = store.snapshot()
    with pytest.raises(ReadOnlyStoreError, match="identifiez-vous"):
        submit(described(store), "Description", VISITOR, store)
    assert store.snapshot() == before


@pytest.mark.parametrize("person", [COORDINATOR, CONTRIBUTOR])
def test_a_closed_base_says_why(store: Store, person: Person) -> None:
    closed = Store.closed(store.place, "Base en lecture seule")
    before = store.snapshot()
    with pytest.raises(ReadOnlyStoreError, match="lecture seule"):
        submit(described(store), "Description", person, closed)
    assert store.snapshot() == before
