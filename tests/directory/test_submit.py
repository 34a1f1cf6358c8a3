"""The one door for a change: a role decides whether it is written, proposed or refused."""

from pathlib import Path

import pytest

from geo.directory import proposals
from geo.directory.access import VISITOR, Person, Role
from geo.directory.duplicates.merging import merge
from geo.directory.ecosystems import remove_actor
from geo.directory.reading import whole_book
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.errors import ConflictError, ReadOnlyStoreError
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


def joined(store: Store, *members: str) -> Changes:
    """Draw a new alliance of some actors."""
    alliance = store.record("alliance", "lien") | {"alliance_id": "neuve", "revision": 0}
    return Changes.one("alliance", alliance | {"member_ids": [*members], "member_roles": ["", ""]})


def ways_out(store: Store) -> list[Changes]:
    """Take « deux » away, merged in « un » or deleted."""
    book = whole_book(store)
    pair = store.record("actor", "un"), store.record("actor", "deux")
    return [merge(*pair, book).changes, remove_actor("deux", book)]


@pytest.mark.parametrize("way", [0, 1], ids=["merged", "deleted"])
def test_nothing_names_who_went_whoever_of_two_processes_writes_first(
    tmp_path: Path, way: int
) -> None:
    for first_goes in (True, False):
        store = three_actors(tmp_path / f"base{first_goes}")
        other = Store.create(store.place.folder)
        writes = [ways_out(store)[way], joined(other, "deux", "trois")]
        if not first_goes:
            writes.reverse()
        submit(writes[0], "m", COORDINATOR, store)
        with pytest.raises(ConflictError, match="Rechargez la page"):
            submit(writes[1], "m", COORDINATOR, other)
        known = {*store.read("actor").index}
        assert all({*ids} <= known for ids in store.read("alliance")["member_ids"])
        assert ("deux" in known) is not first_goes
        for one in (store, other):
            one.connection.close()
