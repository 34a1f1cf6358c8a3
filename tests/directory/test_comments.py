"""Comments: between members, sealed, forgotten for good, in no file that leaves."""

import io
import zipfile
from pathlib import Path

import pytest

from geo.directory.access import VISITOR, Person, Role
from geo.directory.comments import comment, comments_on, erase_comment
from geo.directory.store import history
from geo.directory.store.backup import backup, restore
from geo.directory.store.store import Store
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
