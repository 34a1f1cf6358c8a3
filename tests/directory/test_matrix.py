"""Roles by writes: each write is found in the code, so that a new one cannot be forgotten."""

import ast
from typing import Final

import pytest

from geo.directory.access import VISITOR, Person, Role
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.errors import AtlasError
from geo.settings import ROOT
from tests.copied import copy
from tests.directory.proposed import three_actors

CAMILLE: Final = Person("Camille", Role.CONTRIBUTOR)
COLETTE: Final = Person("Colette", Role.COORDINATOR)
WRITTEN, PROPOSED, REFUSED = "written", "proposed", "refused"
_PROPOSED: Final = {
    *("actor", "alliance", "ecosystem", "project", "action", "contact", "resource", "perimeter"),
    "assessment",
}
CONTRIBUTED: Final = {
    **dict.fromkeys(_PROPOSED, PROPOSED),
    "comment": WRITTEN,
    "mapping": REFUSED,  # alone, it changes nothing that one can propose
    "merge": REFUSED,
    "proposal": REFUSED,
    "request": REFUSED,
}
DIRECT: Final = {
    *("write", "note", "destroy", "erase", "erase_request", "erase_by_link", "complete_zip"),
    *("deliver", "remind", "send", "send_on", "receive", "expire", "restore", "seed"),
}
"""Names of what changes a base, its keys, or writes to people, without ``submit``."""
GUARDED: Final = {
    ("pages/components/full_export.py", "handover", "complete_zip"): "may_write",
    ("pages/components/erasing.py", "_erase", "erase"): "may_write",
    ("pages/sections/demandes/follow_up.py", "_sent", "deliver"): "check_rights",
    ("pages/sections/demandes/follow_up.py", "_reminded", "remind"): "check_rights",
    ("pages/sections/demandes/follow_up.py", "_reminded", "send"): "check_rights",
    ("pages/sections/demandes/follow_up.py", "erasure", "erase_request"): "may_write",
    ("pages/sections/demandes/passing_on.py", "_sent", "send_on"): "check_rights",
    # The queue is read once its rights are checked; what is forgotten there is due for anybody.
    ("pages/sections/demandes/request_queue.py", "read", "expire"): "queue",
    # Called by ``_decide`` once the change of a decision was received: a proposal never is.
    ("pages/sections/moderation/moderation.py", "_forget", "destroy"): "keyring",
    ("pages/sections/etre_mis_en_lien/confirmation.py", "erasing", "erase_by_link"): "_token",
    # Anybody's, each with its own limits: a request, and the link that erases it.
    ("pages/sections/etre_mis_en_lien/confirmation.py", "send", "receive"): "visit",
    ("pages/sections/etre_mis_en_lien/request_form.py", "_send", "send"): "visit",
}
"""Every call of those in a page: the file, its function, what it calls; the word that guards it."""
_SCREEN: Final = {"st", "ecosystem_view", "place"}
"""``st.write`` writes on the screen."""


def calls(source: str) -> set[tuple[str, str, str]]:
    """Return of each direct write its function, the name called, the source of that function."""
    found = set()
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                name = _called(node)
                if name in DIRECT:
                    found.add((function.name, name, ast.unparse(function)))
    return found


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Name):
        return node.func.id if node.func.id != "write" else ""  # a store's own is an attribute
    if not isinstance(node.func, ast.Attribute):
        return ""
    owner = node.func.value
    on_screen = isinstance(owner, ast.Name) and owner.id in _SCREEN
    return "" if on_screen else node.func.attr


def in_pages() -> dict[tuple[str, str, str], str]:
    files = [*(ROOT / "pages").rglob("*.py"), *(ROOT / "geo/api").rglob("*.py")]
    return {
        (str(path.relative_to(ROOT)), function, name): text
        for path in files
        for function, name, text in calls(path.read_text(encoding="utf-8"))
        if not (path.is_relative_to(ROOT / "geo/api") and name in {"send", "write"})
    }


def test_every_direct_write_of_a_page_is_known_and_guarded() -> None:
    found = in_pages()
    assert found.keys() == GUARDED.keys()
    assert [key for key, word in GUARDED.items() if word not in found[key]] == []


def test_a_direct_write_that_nobody_declared_would_be_found() -> None:
    [(function, name, _)] = calls("def f(store):\n    store.write(1)\n    st.write('a')\n")
    assert (function, name) == ("f", "write")


def test_the_matrix_says_every_kind() -> None:
    assert CONTRIBUTED.keys() == KINDS.keys()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.create(copy(tmp_path_factory.mktemp("base"), three_actors))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "person", [VISITOR, CAMILLE, COLETTE], ids=["reader", "contributor", "coordinator"]
)
def test_who_may_write_what(store: Store, kind: str, person: Person) -> None:
    expected = {Role.READER: REFUSED, Role.COORDINATOR: WRITTEN}.get(person.role, CONTRIBUTED[kind])
    record = KINDS[kind].blank() | {KINDS[kind].title: "Nouveau"} | {KINDS[kind].id: person.name}
    held = {name: len(store.read(name)) for name in KINDS}
    assert _outcome(Changes.one(kind, record), person, store) == expected
    changed = {name for name in KINDS if len(store.read(name)) != held[name]}
    assert changed == {WRITTEN: {kind}, PROPOSED: {"proposal"}, REFUSED: set()}[expected]


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_not_write_drops_nothing(store: Store, kind: str) -> None:
    name = f"la-{kind}"
    record = KINDS[kind].blank() | {KINDS[kind].title: "Là"} | {KINDS[kind].id: name}
    store.write(Changes.one(kind, record), author="Colette", message="là")
    for person in (VISITOR, CAMILLE):
        assert _outcome(Changes.removal(kind, name), person, store) != WRITTEN
        assert name in store.read(kind).index


def _outcome(changes: Changes, person: Person, store: Store) -> str:
    try:
        done = submit(changes, "essai", person, store)
    except AtlasError:
        return REFUSED
    return WRITTEN if done.sentence == "essai" else PROPOSED


def test_a_comment_of_somebody_else_is_neither_changed_nor_dropped_by_a_member(
    store: Store,
) -> None:
    comment = KINDS["comment"].blank() | {
        "comment_id": "c",
        "record_kind": "actor",
        "record_id": "un",
    }
    submit(Changes.one("comment", comment), "essai", CAMILLE, store)
    for changes in (
        Changes.removal("comment", "c"),
        Changes.one("comment", store.record("comment", "c") | {"sealed": "autre"}),
    ):
        assert _outcome(changes, Person("Autre", Role.CONTRIBUTOR), store) == REFUSED
    assert store.record("comment", "c")["sealed"] == ""
