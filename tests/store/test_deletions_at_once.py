"""What one deletes is what one has read: what another wrote meanwhile is not lost unread."""

import pytest

from geo.directory.ecosystems import remove_actor, remove_project
from geo.directory.reading import whole_book
from geo.directory.store import encryption, history
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.undoing import undone
from geo.errors import ConflictError
from tests.store.drawn import PERSON, ids, put, put_person


def test_a_record_that_changed_since_it_was_read_is_not_deleted(store: Store) -> None:
    put(store, "actor", "a")
    put(store, "project", "p")
    book = whole_book(store)
    for kind, deletion in (
        ("actor", remove_actor("a", book)),
        ("project", remove_project("p", book)),
    ):
        put(store, kind, "a" if kind == "actor" else "p", note="appris hier")
        with pytest.raises(ConflictError, match="a changé"):
            store.write(deletion, author="B", message="Suppression")
    assert (ids(store, "actor"), ids(store, "project")) == (["a"], ["p"])
    store.write(remove_actor("a", whole_book(store)), author="B", message="Suppression")
    assert ids(store, "actor") == []


def test_nor_is_it_by_going_back_to_before_it_was_there(store: Store) -> None:
    first = put(store, "actor", "a")
    made = put(store, "actor", "b")
    for back in (undone(store, made), history.everything_restored(store, first)):
        put(store, "actor", "b", note="appris hier")
        with pytest.raises(ConflictError):
            store.write(back, author="B", message="Retour")
    assert ids(store, "actor") == ["a", "b"]


def test_an_erasure_is_whole_whatever_is_edited_at_the_same_moment(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "actor", "a")
    put_person(store, "c1")
    put(store, "action", "t", contact_id="c1")
    edits = iter(["une fois", "deux fois"])
    plain_write = store.write

    def write_after_another(changes: Changes, **said: str) -> int:
        if note := next(edits, ""):
            row = store.record("action", "t")
            other = Changes.one("action", row | {"action_name": note})
            plain_write(other, author="B", message="Correction")
        return plain_write(changes, **said)

    monkeypatch.setattr(store, "write", write_after_another)
    encryption.erase(store, "c1", author="A")
    assert ids(store, "contact") == []
    action = store.record("action", "t")
    assert (action["action_name"], action["contact_id"]) == ("deux fois", "")
    for one in history.entries(store):
        past = encryption.decrypt(store, store.read("contact", one.snapshot))
        shown = str(past.to_dict("records"))
        assert not any(value in shown for value in PERSON.values())
