"""What a write does not show leaves the directory and its answers as they are."""

import gc
from weakref import ref

import pytest

from geo.analysis.territory import sheet
from geo.directory import directory as directory_module
from geo.directory.directory import directory
from geo.directory.store import catching_up
from geo.directory.store.store import Store
from geo.query.selection import Selection
from tests.store.drawn import put

FIELDS = {"evidence": "named", "practices": ["gestion_lieu"], "commune_code": "63113"}


@pytest.fixture(autouse=True)
def in_force(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "_FEW", 0)
    monkeypatch.setattr(catching_up, "_MUCH", 9)
    monkeypatch.setattr(directory_module, "open_store", lambda: store)
    put(store, "actor", "a", location_precision="commune", email="a@exemple.invalid", **FIELDS)
    put(store, "actor", "b", status="brouillon")


def inside() -> list[str]:
    return [*sheet(directory(), "departement", "63", Selection()).inside["catalyst_name"]]


def test_a_write_that_shows_nowhere_keeps_the_answers_and_names_its_state(store: Store) -> None:
    before, answer = directory(), sheet(directory(), "departement", "63", Selection())
    put(store, "actor", "b", status="brouillon", note="Toujours un brouillon")
    put(store, "project", "p", status="brouillon")
    put(store, "actor", "a", location_precision="commune", email="b@exemple.invalid", **FIELDS)
    now = directory()
    assert now is before
    assert now.name == f"base, état n° {store.snapshot()}"
    assert sheet(now, "departement", "63", Selection()) is answer


@pytest.mark.parametrize(
    "change", [{"actor_name": "Zut"}, {"status": "retiree"}, {"withheld": ["practices"]}, {}]
)
def test_a_write_that_shows_gives_answers_of_its_own(store: Store, change: dict[str, str]) -> None:
    before = directory()
    assert inside() == ["Nom a"]
    put(store, "actor", "a" if change else "b", location_precision="commune", **(FIELDS | change))
    assert directory() is not before
    assert (
        inside()
        == {
            "actor_name": ["Zut"],
            "status": [],
            "withheld": ["Nom a"],
            "": ["Nom a", "Nom b"],
        }["".join(change)]
    )


def test_a_former_state_goes_at_once_with_its_answers(store: Store) -> None:
    gc.disable()
    try:
        before = directory()
        answer = ref(sheet(before, "departement", "63", Selection()))  # which names it in turn
        put(store, "actor", "a", location_precision="commune", **(FIELDS | {"actor_name": "Zut"}))
        assert directory() is not before
        assert answer() is None
    finally:
        gc.enable()
