"""Écosystème, Alliances, Projets: what they say, write and refuse, without a browser."""

import pytest

from geo.directory.access import Person, Role
from geo.directory.ecosystems import EXAMPLE_ID
from geo.directory.ecosystems.fictitious import fictitious_changes
from geo.directory.finding import find
from geo.directory.reading import whole_book
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.store.worlds import FICTITIOUS
from pages.components import store_view, submit
from pages.sections.projets import board
from tests.directory.ecosystems.drawn import drawn_book
from tests.pages.conftest import SPITEFUL
from tests.pages.people import press
from tests.pages.seen import again, faults, field, html, opened, texts, words
from tests.pages.test_pages import ENGLISH, LOOSE


def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a visitor come who may only read."""
    for module in (store_view, submit):
        monkeypatch.setattr(module, "person", lambda: Person("", Role.READER))


VIEWS: list[tuple[str, dict[str, str]]] = [
    ("ecosysteme", {}),
    ("ecosysteme", {"ecosysteme": "E1", "odd": "11"}),
    ("ecosysteme", {"ecosysteme": EXAMPLE_ID}),
    ("alliances", {}),
    ("alliances", {"ecosysteme": "E1", "type": "mecenat", "odd": "11", "acteur": "a"}),
    ("alliances", {"vue": "graphe", "periode": "en_cours"}),
    ("alliances", {"vue": "graphe", "couleurs": "groupe", "annee": "2021"}),
    ("alliances", {"vue": "graphe", "type": "innovation_societale", "odd": "1"}),
    ("alliances", {"vue": "matrice", "alliance": "A2"}),
    ("alliances", {"vue": "tableau"}),
    ("projets", {}),
    ("projets", {"ecosysteme": "E1", "odd": "11", "projet": "P1"}),
]


@pytest.mark.parametrize(("page", "link"), VIEWS)
@pytest.mark.usefixtures("store")
def test_a_view_runs_in_french_and_goes_to_its_link_and_back(page: str, link: dict[str, str]):
    app = opened(page, **link)
    assert faults(app) == []
    assert len(app.title) == 1
    assert ENGLISH.findall(words(app)) == []
    assert [found for text in texts(app) for found in LOOSE.findall(text)] == []
    assert SPITEFUL not in html(app)
    assert dict(app.query_params) == link
    assert words(again(app, page)) == words(app)


@pytest.mark.parametrize("page", ["ecosysteme", "alliances", "projets"])
@pytest.mark.usefixtures("empty")
def test_an_empty_base_says_how_to_start(page: str):
    app = opened(page)
    assert faults(app) == []
    said = words(app)
    assert any(
        start in said for start in ("Un écosystème rassemble", "Aucune alliance", "Aucun projet")
    )


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("ecosysteme", {"ecosysteme": "nope", "odd": "99"}),
        ("alliances", {"vue": "x", "type": "amour", "acteur": "nope", "alliance": "nope"}),
        ("projets", {"projet": "nope", "odd": "x"}),
    ],
)
@pytest.mark.usefixtures("store")
def test_a_wrong_link_is_left_out_and_said(page: str, link: dict[str, str]):
    app = opened(page, **link)
    assert faults(app) == []
    assert len(app.warning) == len(link)
    assert app.query_params == {}


@pytest.mark.usefixtures("empty")
def test_the_example_is_marked_and_invents_nothing():
    app = press(opened("ecosysteme"), "Voir l’exemple\u00a0: Paris Est Marne & Bois")
    assert app.query_params == {"ecosysteme": EXAMPLE_ID}
    said = words(app)
    assert "Exemple" in said
    assert "Acteurs sans alliance (7)" in said
    assert "517" in said
    assert [b.label for b in app.button if "Supprimer" in b.label] == []


@pytest.mark.usefixtures("store")
def test_figures_of_an_ecosystem_are_those_of_its_actors():
    said = words(opened("ecosysteme", ecosysteme="E1"))
    assert "11 dans une de ses communes" in said.replace("\u00a0", " ")  # 7 catalysts, a b c e
    assert "Gestion d’un lieu" in said


def test_an_alliance_is_refused_then_made_changed_and_deleted(store: Store):
    app = press(opened("alliances"), "Nouvelle alliance")
    app = press(app, "Enregistrer l’alliance")
    [fault] = faults(app)
    assert "une alliance joint au moins 2 acteurs" in fault.replace("\\", "")
    field(app, "text_input", "Nom de l’alliance").set_value("Ateliers").run()
    field(app, "selectbox", "Type").set_value("heberge").run()
    field(app, "multiselect", "Membres (au moins deux)").set_value(["e", "a"]).run()
    field(app, "text_input", "Rôle de Asso E (facultatif)").set_value("hôte").run()
    app = press(app, "Enregistrer l’alliance")
    assert faults(app) == []
    [row] = [
        r for r in store.read("alliance").to_dict("records") if r["alliance_name"] == "Ateliers"
    ]
    assert (row["member_ids"], row["member_roles"]) == (["e", "a"], ["hôte", ""])
    assert app.query_params == {"alliance": row["alliance_id"]}
    app = press(app, "Modifier")
    field(app, "text_input", "Depuis").set_value("2025").run()
    app = press(app, "Enregistrer l’alliance")
    assert store.record("alliance", row["alliance_id"])["since"] == "2025"
    app = press(app, "Supprimer l’alliance")
    assert row["alliance_id"] not in store.read("alliance").index
    assert app.query_params == {}


def test_a_deleted_actor_says_what_it_leaves_and_leaves_nothing(store: Store):
    app = opened("alliances", acteur="a")
    said = words(app).replace("\u00a0", " ")
    assert "1 alliance (« Un lieu commun ») n’aurait plus deux membres" in said
    assert "1 projet (« Tiers-lieu ») le perd comme acteur." in said
    app = press(app, "Supprimer Asso A")
    assert faults(app) == []
    assert "a" not in store.read("actor").index
    assert "A1" not in store.read("alliance").index
    assert store.record("project", "P1")["actor_ids"] == []
    assert app.query_params == {}


def test_an_ecosystem_is_made_and_deleted(store: Store):
    app = press(opened("ecosysteme"), "Créer un écosystème")
    assert "choisissez un territoire" in faults(press(app, "Enregistrer l’écosystème"))[0]
    field(app, "text_input", "Nom de l’écosystème").set_value("Autour de Gex").run()
    app.text_input(key="territoire_eco_texte").set_value("CRTE du Pays de Gex").run()
    app = press(app, "Enregistrer l’écosystème")
    assert faults(app) == []
    [row] = [
        r
        for r in store.read("ecosystem").to_dict("records")
        if r["ecosystem_name"] == "Autour de Gex"
    ]
    assert row["territory_kind"]
    assert app.query_params == {"ecosysteme": row["ecosystem_id"]}
    app = press(app, "Supprimer l’écosystème")
    assert row["ecosystem_id"] not in store.read("ecosystem").index
    assert faults(app) == []


def test_a_perimeter_of_corners_becomes_an_ecosystem(store: Store):
    app = press(opened("ecosysteme"), "Créer un écosystème")
    field(app, "text_input", "Nom de l’écosystème").set_value("Dessiné").run()
    field(app, "radio", "Où\u00a0?").set_value("dessin").run()
    app.session_state["coins"] = [(2.40, 48.81), (2.42, 48.81), (2.42, 48.83), (2.40, 48.83)]
    app = press(app, "Enregistrer l’écosystème")
    assert faults(app) == []
    [perimeter] = store.read("perimeter")["perimeter_name"]
    assert perimeter == "Périmètre de Dessiné"
    assert "périmètre dessiné" in words(app)


def test_a_project_is_made_and_its_action_done(store: Store):
    app = press(opened("projets"), "Nouveau projet")
    field(app, "text_input", "Nom du projet").set_value("Cantine").run()
    app = press(app, "Enregistrer le projet")
    assert faults(app) == []
    [row] = [r for r in store.read("project").to_dict("records") if r["project_name"] == "Cantine"]
    assert row["step"] == "01"
    field(app, "text_input", "Action").set_value("Réunir").run()
    field(app, "text_input", "Échéance").set_value("demain").run()
    app = press(app, "Ajouter l’action")
    assert "n’est pas une date" in faults(app)[0]
    field(app, "text_input", "Échéance").set_value("2026-12-01").run()
    app = press(app, "Ajouter l’action")
    assert faults(app) == []
    [task] = [
        r for r in store.read("action").to_dict("records") if r["project_id"] == row["project_id"]
    ]
    app.checkbox(key=f"action_{task['action_id']}_1").set_value(True).run()
    assert store.record("action", task["action_id"])["done"]


@pytest.mark.parametrize(
    "sent", [None, [], "x", {"id": 3}, {"id": "nope", "step": "02"}, {"id": "P1", "step": "99"}]
)
def test_a_forged_move_writes_nothing(sent: object, store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(board, "submit", lambda *_: pytest.fail("written"))
    monkeypatch.setattr(board.st, "error", lambda *_, **__: None)
    before = store.snapshot()
    board.apply_move(sent)
    assert store.snapshot() == before


def test_a_card_moves_and_is_told(store: Store, monkeypatch: pytest.MonkeyPatch):
    told: list[tuple[Changes, str]] = []
    monkeypatch.setattr(board, "submit", lambda changes, said: told.append((changes, said)))
    board.apply_move({"id": "P1", "step": "02", "before": "P2"})
    [(changes, said)] = told
    assert said == "Projet Tiers-lieu\u00a0: étape co-construction"
    store.write(changes, author="essai", message=said)
    assert store.record("project", "P1")["step"] == "02"
    board.apply_move({"id": "P1", "step": "02", "before": "P2"})
    assert len(told) == 1


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("page", ["ecosysteme", "alliances", "projets"])
def test_a_reader_sees_and_changes_nothing(page: str, monkeypatch: pytest.MonkeyPatch):
    reader(monkeypatch)
    app = opened(page, ecosysteme="E1", acteur="a", projet="P1", alliance="A1")
    assert faults(app) == []
    verbs = ("Nouve", "Créer", "Modifier", "Supprimer", "Enregistrer", "Ajouter")
    assert [b.label for b in app.button if b.label.startswith(verbs)] == []


def test_drafts_and_withheld_fields_are_kept_from_readers(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    row = store.record("actor", "e")
    hidden = store.record("actor", "b") | {"town": "Secretville", "withheld": ["town"]}
    store.write(
        Changes.one("actor", row | {"status": "brouillon"}, hidden), author="x", message="x"
    )
    seen = store_view.StoreView(store, drafts=True).seen["actor"]
    assert "e" in seen.index
    assert seen.loc["b", "town"] == ""
    assert "e" not in store_view.StoreView(store, drafts=False).seen["actor"].index
    reader(monkeypatch)
    assert "Asso E" not in words(opened("alliances", vue="tableau", acteur="e"))


def test_actors_are_found_by_words_whatever_their_accents():
    names = drawn_book()["actor"]["actor_name"]
    assert find(names, "boite") == ["b"]
    assert find(names, "ASSO e") == ["e"]
    assert find(names, "") == list(names.index)
    assert sum(kind.since == 1 for kind in KINDS.values()) == 10


def test_who_bridges_whom_is_said_with_its_limits_on_the_fictitious_territory(store: Store):
    store.write(fictitious_changes(whole_book(store)), author="t", message="t")
    app = opened("alliances", ecosysteme=FICTITIOUS, vue="graphe", couleurs="groupe")
    assert not app.exception
    said = words(app).replace("\u00a0", " ")
    for title in ("Qui relie les autres", "Qui est seul", "Les profils se croisent-ils ?"):
        assert title in said
    assert "Communauté fictive du Val-d’Essai (34 fois sur 100)" in said
    assert "1 acteur sur 40 n’est nommé par aucune de ces alliances" in said
    assert "un acteur mieux documenté paraît plus relié" in said
    assert 'for="voir-carte">Graphe</label>' in html(app)
    small = words(opened("alliances", ecosysteme=FICTITIOUS, type="mecenat"))
    assert "fois sur 100" not in small
    assert small.replace("\u00a0", " ").count("Trop peu d’acteurs reliés") == 4
