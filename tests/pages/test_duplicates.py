"""Doublons: compare, merge, keep both, undo; names are never read as Markdown or HTML."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.duplicates import areas
from geo.directory.duplicates.decisions import Pair, decide
from geo.directory.local_access import Entrance
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.settings import ROOT
from pages.components import session_user
from pages.sections.doublons import area
from tests.copied import copy, seeded
from tests.directory.duplicates.made import actor, record
from tests.pages.seen import PATIENCE_S, faults, html, words

WHO = {"author": "Essai", "message": "Essai"}
HERE = {
    "town": "Vincennes",
    "commune_code": "94080",
    "location_precision": "adresse",
    "longitude": 2.4390,
    "latitude": 48.8470,
    "revision": 0,
}
NASTY = "Fabrique <img src=x onerror=alert(1)> **des** [liens](http://x.y)"


pytestmark = pytest.mark.usefixtures("at_the_machine")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store of three records of the same place and their alliance, put in force."""
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "base"))
    copy(tmp_path / "base", three_of_one_place)
    return open_store()


def three_of_one_place(folder: Path) -> Store:
    made = seeded(folder)
    same = [actor(name, actor_name=NASTY, practices=[], **HERE) for name in ("un", "deux")]
    same[0] |= {"note": "Note gardée", "phone": "0143280000"}
    same[1] |= {"note": "Note de l’autre", "source_title": "Liste B"}
    pair = record("alliance", alliance_id="duo", member_ids=["un", "deux"], alliance_name="Duo")
    made.write(Changes({"actor": same, "alliance": [pair]}), **WHO)
    return made


def opened(**link: str) -> AppTest:
    app = AppTest.from_file(ROOT / "pages" / "doublons.py", default_timeout=PATIENCE_S)
    app.query_params = dict(link)
    return app.run()


def press(app: AppTest, start: str) -> AppTest:
    found = [button for button in app.button if button.label.startswith(start)]
    assert len(found) >= 1, [button.label for button in app.button]
    return found[0].click().run()


def compared() -> AppTest:
    return opened(fiche="un", autre="deux")


def decisions(store: Store) -> list[tuple[Any, ...]]:
    return list(store.read("merge")[["kept_id", "other_id", "decision"]].itertuples(index=False))


def test_pairs_are_listed_with_score_and_reasons(store: Store) -> None:
    app = opened()
    assert faults(app) == []
    assert "1\u00a0doublon possible" in words(app)
    assert "sur 100" in words(app)
    assert "noms équivalents" in words(app)
    assert store.read("merge").empty


def test_names_are_shown_as_written(store: Store) -> None:
    for app in (opened(), compared()):
        assert faults(app) == []
        assert "<img" not in html(app)
        said = [str(node.value) for node in app.markdown]
        assert all("[liens](" not in text and "**des**" not in text for text in said)
        assert all("\\<img" in text for text in said if "onerror" in text)
    assert store.read_only == ""


def test_compare_opens_from_the_list(store: Store) -> None:
    app = press(opened(), "Comparer")
    assert faults(app) == []
    assert set(app.query_params) == {"fiche", "autre"}
    assert "Après la fusion" in html(app)
    press(app, "Tous les doublons")
    assert store.read("merge").empty


def test_merge_writes_one_record_and_says_what_is_left(store: Store) -> None:
    app = compared()
    assert "n’a plus qu’un membre" in words(app)
    app = press(app, "Fusionner")
    assert faults(app) == []
    actors = store.read("actor")
    assert "deux" not in actors.index
    assert actors.loc["un", "note"] == "Note gardée"
    assert actors.loc["un", "sources"] == []
    assert actors.loc["un", "source_title"] == "Liste B"
    assert store.read("alliance").loc["duo", "member_ids"] == ["un"]
    assert decisions(store) == [("un", "deux", "merged")]
    assert "Aucun doublon possible" in words(app)


def test_each_field_can_be_chosen(store: Store) -> None:
    app = compared()
    radio = next(one for one in app.radio if one.label == "Note")
    assert [option.replace("\\", "") for option in radio.options] == [
        "Note gardée (fiche gardée)",
        "Note de l’autre (autre fiche)",
    ]
    radio.set_value("other").run()
    press(app, "Fusionner")
    assert store.read("actor").loc["un", "note"] == "Note de l’autre"


def test_an_address_to_choose_is_no_link_that_a_press_would_follow(store: Store) -> None:
    sites = {"un": "https://www.un.example", "deux": "https://deux.example"}
    rows = [store.record("actor", one) | {"website": site} for one, site in sites.items()]
    store.write(Changes({"actor": rows}), **WHO)
    radio = next(one for one in compared().radio if one.label == "Site")
    said = [option.replace("\\", "") for option in radio.options]
    assert [one.replace("\u2060", "") for one in said] == [
        "https://www.un.example (fiche gardée)",
        "https://deux.example (autre fiche)",
    ]
    assert not any("://" in one or "www." in one for one in said)


def test_the_other_record_can_be_the_one_kept(store: Store) -> None:
    app = compared()
    app.radio[0].set_value("deux").run()
    press(app, "Fusionner")
    assert "un" not in store.read("actor").index
    assert decisions(store) == [("deux", "un", "merged")]


def test_merge_is_undone_from_the_list(store: Store) -> None:
    app = press(compared(), "Fusionner")
    app = press(app, "Annuler")
    assert faults(app) == []
    assert store.read("actor").loc["deux", "note"] == "Note de l’autre"
    assert store.read("alliance").loc["duo", "member_ids"] == ["un", "deux"]
    assert "1\u00a0doublon possible" in words(app)
    assert not [button for button in app.button if button.label.startswith("Annuler")]


@pytest.mark.parametrize(
    ("button", "decision"), [("Garder les deux", "distinct"), ("Ignorer", "ignored")]
)
def test_a_pair_set_aside_leaves_the_list(store: Store, button: str, decision: str) -> None:
    app = press(compared(), button)
    assert faults(app) == []
    assert "Aucun doublon possible" in words(app)
    assert decisions(store)[0][2] == decision
    assert store.read("merge")["score"].notna().all()


def test_a_record_changed_since_it_was_shown_is_not_merged(store: Store) -> None:
    app = compared()
    store.write(Changes.one("actor", store.record("actor", "deux") | {"note": "Neuf"}), **WHO)
    app = press(app, "Fusionner")
    assert faults(app) == []
    assert "deux" in store.read("actor").index
    assert "Neuf" in html(app)


def test_any_two_records_can_be_compared_with_their_distance(store: Store) -> None:
    far = actor("loin", actor_name="Autre", **HERE) | {"latitude": 48.8577}
    nowhere = actor("nulle-part", actor_name="Sans lieu")
    store.write(Changes.one("actor", far, nowhere), **WHO)
    assert "1,2\u00a0km l’une de l’autre" in words(opened(fiche="un", autre="loin"))
    assert "Distance inconnue" in words(opened(fiche="un", autre="nulle-part"))


def test_a_link_to_nothing_is_said(store: Store) -> None:
    app = opened(fiche="un", autre="<b>rien</b>")
    assert "introuvable" in words(app)
    assert faults(app) == []
    assert store.read("merge").empty


def test_pages_of_pairs_and_of_decisions(store: Store) -> None:
    rows = [actor(f"n{n}", actor_name=f"Jardin partagé {n:03d} Zinnia", **HERE) for n in range(30)]
    twins = [row | {"actor_id": f"{row['actor_id']}-bis"} for row in rows]
    store.write(Changes.one("actor", *rows, *twins), **WHO)
    for n in range(12):
        store.write(decide(Pair(f"n{n}", f"n{n}-bis", 90.0, ["essai"]), "distinct"), **WHO)
    app = opened()
    assert faults(app) == []
    assert len([button for button in app.button if button.label.startswith("Comparer")]) == 10
    assert len([button for button in app.button if button.label.startswith("Annuler")]) == 10


def test_a_read_only_store_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.read_only == ""
    path = tmp_path / "essai.csv"
    path.write_bytes((ROOT / "data" / "catalysts.csv").read_bytes())
    monkeypatch.setenv("CATALYSE_CATALYSTS", str(path))
    app = opened()
    assert "rien ne s’y écrit" in words(app)
    assert not app.button


def test_a_visitor_sees_no_pair(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_user, "ENTRANCE", Entrance())
    app = opened(fiche="un", autre="deux")
    assert "Consultation seulement" in words(app)
    assert not app.button
    assert "Fabrique" not in words(app)
    assert store.read("merge").empty


@pytest.mark.parametrize("most", [2, 30])
def test_a_large_base_is_searched_one_departement_after_another(
    store: Store, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    assert len(store.read("actor")) > 30
    for module in (areas, area):  # three actors are many, here, or thirty
        monkeypatch.setattr(module, "MANY", most)
    app = opened()
    [where] = app.selectbox
    assert where.options[-1].startswith("Sans commune :")  # never where a page opens
    assert ("nouvel import" in words(where.select(areas.NOWHERE).run())) is (most == 2)
    [where] = app.selectbox
    app = where.select("94").run()
    assert not faults(app)
    shown = [button for button in app.button if button.label.startswith("Comparer")]
    assert ("trop pour les comparer" in words(app)) is (most == 2)
    assert ("nouvel import" in words(app)) is False  # these have a commune
    assert (len(shown) > 0) is (most == 30)
    assert ("Val-de-Marne (94)" in words(app)) is (most == 30)
