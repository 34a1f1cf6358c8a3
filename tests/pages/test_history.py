"""Historique: one state undone from its page, or said why it cannot be."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.proposals import propose
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.french import moment
from pages.sections.historique import added
from tests.copied import copy
from tests.directory.duplicates.made import actor
from tests.pages.seen import faults, html, opened, words

pytestmark = pytest.mark.usefixtures("at_the_machine")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "base"))
    copy(tmp_path / "base")
    return open_store()


def written(store: Store, town: str) -> int:
    held = store.read("actor")
    revision = int(held.loc["un", "revision"]) if "un" in held.index else 0
    one = actor("un", town=town, revision=revision)
    return store.write(Changes.one("actor", one), author="Essai", message="Essai")


def undo(snapshot: int) -> AppTest:
    app = opened("historique", etat=str(snapshot))
    found = [one for one in app.button if one.key == f"defaire_{snapshot}"]
    return found[0].click().run()


def test_a_state_is_undone_and_what_followed_stays(store: Store) -> None:
    written(store, "Ici")
    changed = written(store, "Là")
    store.write(Changes.one("actor", actor("deux")), author="Essai", message="Essai")
    app = undo(changed)
    assert faults(app) == []
    assert store.read("actor").loc["un", "town"] == "Ici"
    assert "deux" in store.read("actor").index


def test_a_state_changed_since_is_said_not_undone(store: Store) -> None:
    first = written(store, "Ici")
    written(store, "Là")
    (said,) = faults(undo(first))
    assert "ne peut être défait seul" in said
    assert store.read("actor").loc["un", "town"] == "Là"


def test_the_journal_says_names_and_days_not_codes(store: Store) -> None:
    store.write(Changes.one("actor", actor("un")), author="Essai", message="Essai")
    name = str(store.read("actor").loc["un", "actor_name"])
    made = propose(Changes.one("actor", actor("un", revision=1, town="Là")), "Camille", "m", store)
    (proposal,) = made.put["proposal"]
    state = store.write(made, author="Camille", message="Proposition")
    app = opened("historique", etat=str(state))
    assert faults(app) == []
    told = words(app)
    assert f"Proposition\u00a0: {name}" in told
    assert moment(proposal["proposed_at"]) in told
    for code in (proposal["proposed_at"], proposal["proposal_id"], "actor", "JSON"):
        assert code not in told, code


def test_the_life_of_a_record_names_its_fields_not_itself_on_each_line(store: Store) -> None:
    store.write(Changes.one("actor", actor("un", latitude=48.5)), author="Essai", message="Essai")
    app = opened("historique", fiche="actor:un")
    assert faults(app) == []
    told = html(app)
    assert "48,5" in told
    assert "/historique?fiche=actor:un" not in told
    assert '<th scope="row">Latitude</th>' in told


def test_where_a_point_comes_from_is_said_in_words(store: Store) -> None:
    one = actor("un", latitude=48.5, longitude=2.5, location_source="commune")
    store.write(Changes.one("actor", one), author="Essai", message="Essai")
    told = html(opened("historique", fiche="actor:un"))
    assert "Centre de la commune" in told
    assert ">commune<" not in told


def test_many_records_added_at_once_are_named_in_order_few_are_read_field_by_field(
    store: Store,
) -> None:
    some = [actor(f"n{rank}", actor_name=f"Atelier {rank:02d}") for rank in range(added.MANY + 1)]
    many = store.write(Changes.one("actor", *some[::-1]), author="Essai", message="Essai")
    app = opened("historique", etat=str(many))
    told = html(app)
    assert faults(app) == []
    assert f"Fiches ajoutées\u00a0: {len(some)}\u00a0acteurs" in words(app)
    assert told.index("Atelier 00") < told.index("Atelier 09") < told.index("Atelier 10")
    assert "Champ" not in told
    few = store.write(Changes.one("actor", actor("seul")), author="Essai", message="Essai")
    assert "Champ" in html(opened("historique", etat=str(few)))
