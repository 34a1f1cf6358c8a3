"""Comments: between members, sealed, forgotten for good, in no file that leaves."""

import io
import zipfile
from pathlib import Path

import pytest

from geo.directory.access import VISITOR, Person, Role
from geo.directory.comments import comment, comments_on, erase_comment
from geo.directory.duplicates.merging import merge
from geo.directory.duplicates.undoing import undo
from geo.directory.ecosystems import remove_actor
from geo.directory.reading import whole_book
from geo.directory.store import history
from geo.directory.store.backup import backup, restore
from geo.directory.store.changes import Changes
from geo.directory.store.rows import plain_rows
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.directory.undoing import undone
from geo.errors import BadRecordError, ReadOnlyStoreError, UnknownCodeError
from geo.output.full_export import complete_zip
from tests.copied import copy
from tests.directory.proposed import three_actors
from tests.store.drawn import files_with

COLETTE = Person("Colette", Role.COORDINATOR)
CAMILLE = Person("Camille", Role.CONTRIBUTOR)
CASIMIR = Person("Casimir", Role.CONTRIBUTOR)
SAID = "Zéphyrine ne répond plus depuis mai"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(copy(tmp_path, three_actors))


def said(store: Store, person: Person = COLETTE) -> list[tuple[str, str]]:
    return [(one.author, one.text) for one in comments_on(store, "actor", "un", person)]


def test_members_read_what_members_write_and_nobody_else(store: Store) -> None:
    comment(store, "actor", "un", SAID, CAMILLE)
    comment(store, "actor", "un", "Vu.", COLETTE)
    assert said(store, CASIMIR) == [("Camille", SAID), ("Colette", "Vu.")]
    assert said(store, VISITOR) == []
    assert comments_on(store, "actor", "deux", COLETTE) == []
    assert store.read("proposal").empty, "a comment waits for no decision"
    with pytest.raises(ReadOnlyStoreError, match="entre membres"):
        comment(store, "actor", "un", "Bonjour", VISITOR)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2_001])
def test_nothing_or_too_much_is_refused(store: Store, text: str) -> None:
    with pytest.raises(BadRecordError, match="caractères"):
        comment(store, "actor", "un", text, CAMILLE)
    with pytest.raises(UnknownCodeError):
        comment(store, "actor", "personne", "Bonjour", CAMILLE)
    assert store.read("comment").empty


def test_what_is_said_is_nowhere_in_clear(store: Store) -> None:
    comment(store, "actor", "un", SAID, CAMILLE)
    assert files_with(store.place.folder, SAID) == []
    content = complete_zip(store, author="Colette", reason="essai")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "comments.csv" not in archive.namelist()
        assert not any(SAID.encode() in archive.read(name) for name in archive.namelist())


def test_its_author_or_the_coordination_forgets_it_in_every_past_state(store: Store) -> None:
    comment(store, "actor", "un", SAID, CAMILLE)
    (one,) = comments_on(store, "actor", "un", COLETTE)
    with pytest.raises(ReadOnlyStoreError, match="son auteur"):
        erase_comment(store, one, CASIMIR)
    before = store.snapshot()
    gone = erase_comment(store, one, CAMILLE)
    assert said(store) == []
    for changes in (undone(store, gone), history.everything_restored(store, before)):
        assert not changes.put.get("comment")


def test_a_backup_brings_comments_back_but_not_those_erased(store: Store, tmp_path: Path) -> None:
    comment(store, "actor", "un", SAID, CAMILLE)
    comment(store, "actor", "un", "Vu.", COLETTE)
    first, _ = comments_on(store, "actor", "un", COLETTE)
    erase_comment(store, first, COLETTE)
    backup(store, tmp_path / "copie.zip")
    other = Store.create(tmp_path / "autre")
    restore(other, tmp_path / "copie.zip", author="C")
    assert said(other) == [("Colette", "Vu.")]


def test_a_comment_is_undone_like_any_write(store: Store) -> None:
    snapshot = comment(store, "actor", "un", SAID, COLETTE)
    store.write(undone(store, snapshot), author="Colette", message="m")
    assert said(store) == []


def test_comments_go_with_their_record_and_come_back_with_it(store: Store) -> None:
    comment(store, "actor", "un", SAID, CAMILLE)
    comment(store, "actor", "deux", "Autre chose.", COLETTE)
    gone = submit(remove_actor("un", whole_book(store)), "Suppression", COLETTE, store).snapshot
    assert list(store.read("comment")["record_id"]) == ["deux"]
    submit(undone(store, gone), "Annulation", COLETTE, store)
    assert said(store) == [("Camille", SAID)]


def test_a_contributor_may_propose_to_delete_a_record_that_is_commented(store: Store) -> None:
    comment(store, "actor", "un", SAID, COLETTE)
    submit(remove_actor("un", whole_book(store)), "Suppression", CAMILLE, store)
    assert said(store) == [("Colette", SAID)]
    assert not store.read("proposal").empty


def test_comments_follow_a_record_that_is_merged_and_return_with_it(store: Store) -> None:
    comment(store, "actor", "deux", SAID, CAMILLE)
    book = whole_book(store) | {kind: store.read(kind) for kind in ("merge", "comment")}
    both = [store.record("actor", one) for one in ("un", "deux")]
    submit(merge(*both, book).changes, "Fusion", COLETTE, store)
    assert said(store) == [("Camille", SAID)]
    book = whole_book(store) | {kind: store.read(kind) for kind in ("merge", "comment")}
    [decision] = plain_rows(store.read("merge"))
    submit(undo(decision, book).changes, "Annulation", COLETTE, store)
    assert [one.text for one in comments_on(store, "actor", "deux", COLETTE)] == [SAID]


def test_what_was_just_created_is_undone_though_it_is_commented(store: Store) -> None:
    made = store.record("actor", "un") | {"actor_id": "quatre", "revision": 0}
    snapshot = submit(Changes.one("actor", made), "Nouvel acteur", COLETTE, store).snapshot
    comment(store, "actor", "quatre", SAID, COLETTE)
    submit(undone(store, snapshot), "Annulation", COLETTE, store)
    assert store.read("comment").empty


def test_a_namesake_does_not_erase_what_another_said(store: Store) -> None:
    marie = Person("Marie Martin", Role.CONTRIBUTOR, signed_in=True, key="m1")
    namesake = Person("Marie Martin", Role.CONTRIBUTOR, signed_in=True, key="m2")
    comment(store, "actor", "un", "À rappeler.", marie)
    (said,) = comments_on(store, "actor", "un", namesake)
    with pytest.raises(ReadOnlyStoreError):
        erase_comment(store, said, namesake)
    erase_comment(store, said, Person("Marie Durand", Role.CONTRIBUTOR, signed_in=True, key="m1"))
    assert comments_on(store, "actor", "un", marie) == []
