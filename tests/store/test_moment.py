"""A page sees one state of the base, and at once what it writes itself."""

import pytest

from geo.directory.store.moment import one_moment
from geo.directory.store.store import Store
from tests.store.drawn import ids, put


@pytest.fixture
def asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the questions that the store asks from now on."""
    questions: list[str] = []
    ask = store.fetch

    def noted(text: str, values: dict | None = None):
        questions.append(text)
        return ask(text, values)

    monkeypatch.setattr(store, "fetch", noted)
    return questions


def test_the_catalogue_is_asked_once_in_a_moment_and_each_time_out_of_one(
    store: Store, asked: list[str]
) -> None:
    with one_moment():
        assert {store.snapshot() for _ in range(5)} == {store.snapshot()}
    assert len(asked) == 1
    store.snapshot()
    store.snapshot()
    assert len(asked) == 3


def test_what_is_written_in_a_moment_is_read_in_it(store: Store) -> None:
    with one_moment():
        before = store.snapshot()
        put(store, "actor", "a")
        assert store.snapshot() > before
        assert ids(store, "actor") == ["a"]


def test_what_another_process_writes_is_read_in_the_next_moment(store: Store) -> None:
    other = Store.create(store.place.folder, store.place.postgres)
    with one_moment():
        assert ids(store, "actor") == []
        put(other, "actor", "a")
        assert ids(store, "actor") == []
    with one_moment():
        assert ids(store, "actor") == ["a"]
    other.connection.close()


def test_a_moment_ends_with_its_fault(store: Store, asked: list[str]) -> None:
    with pytest.raises(ZeroDivisionError), one_moment():
        assert store.snapshot() / 0
    store.snapshot()
    assert len(asked) == 2
