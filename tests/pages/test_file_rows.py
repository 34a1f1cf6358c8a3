"""A file brought to Contribuer: what its rows are, said once; then where they count."""

import re
from dataclasses import replace

import pytest

from geo.directory.importing.declaration import Declaration
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from tests.directory.importing.files import csv_bytes
from tests.pages.seen import faults, html, opened, words

ROWS = [
    ["Nom", "Ville", "CP", "Catégorie", "Couleur"],
    ["Le Lieu d’ici", "Charenton-le-Pont", "94220", "Tiers-lieu", "bleu"],
    ["L’Atelier", "Nullepart-sur-Rien", "", "Jonglage", "vert"],
]


def button(app, start):
    return next(one for one in app.button if one.label.startswith(start))


def field(app, kind, label):
    return next(one for one in getattr(app, kind) if one.label == label)


@pytest.fixture
def app(store):
    assert not store.read_only
    opened_page = opened("contribuer")
    opened_page.file_uploader[0].set_value(("lieux.csv", csv_bytes(ROWS), "text/csv"))
    opened_page.run()
    assert faults(opened_page) == []
    return opened_page


def test_what_all_rows_are_is_asked_once_and_written_with_its_source(app, store):
    field(app, "multiselect", "Pratiques de tous").set_value(["gestion_lieu"])
    field(app, "selectbox", "Profil de tous").set_value("association")
    field(app, "selectbox", "Écosystème que tous rejoignent").set_value("E1")
    field(app, "text_input", "Source").set_value("Recensement")
    field(app, "text_input", "Date de la source").set_value("05/2024")
    field(app, "selectbox", "Licence").set_value("Licence Ouverte 2.0")
    app.run()
    button(app, "Vérifier le fichier").click().run()
    assert faults(app) == []
    assert "rejoignent l’écosystème" in words(app)
    assert re.search(r'<td data-titre="Que faire">[^<]*Fiches sans point', html(app))
    button(app, "Écrire dans la base").click().run()
    assert faults(app) == []
    actors = store.read("actor").set_index("actor_name")
    here = actors.loc["Le Lieu d’ici"]
    assert (here["profile"], here["practices"]) == ("association", ["gestion_lieu"])
    assert here["practices_basis"] == "declared"
    assert here["source_title"] == "Recensement (Licence Ouverte 2.0)"
    assert here["source_date"] == "2024-05"
    joined = store.read("ecosystem").loc["E1", "actor_ids"]
    assert {*store.read("actor").query("practices_basis == 'declared'").index} <= {*joined}


def test_a_bad_date_is_said_and_nothing_else_is_lost(app):
    field(app, "text_input", "Date de la source").set_value("hier").run()
    assert len(faults(app)) == 1
    assert "hier" in faults(app)[0]
    assert button(app, "Vérifier le fichier")


def test_actors_so_declared_count_in_the_gaps_as_local_actors_and_never_as_catalysts(app):
    before = words(opened("territoire", territoire="ept:200057941"))
    assert "acteur local" not in before
    field(app, "multiselect", "Pratiques de tous").set_value(["gestion_lieu"]).run()
    button(app, "Vérifier le fichier").click().run()
    button(app, "Écrire dans la base").click().run()
    after = words(opened("territoire", territoire="commune:94018")).replace("\u00a0", " ")
    assert "1 acteur local" in after
    assert "ne sont pas des catalyseurs connus" in after
    assert "Le Lieu d’ici" not in words(opened("catalyseurs"))
    assert "Gestion d’un lieu" in words(opened("ecosysteme", ecosysteme="E1"))


def test_what_was_said_is_proposed_again_for_a_file_of_the_same_columns():
    table = read_table(csv_bytes(ROWS), "lieux.csv")
    mapping = replace(propose(table), about=Declaration(practices=("gestion_lieu",)))
    known = {mapping.signature: mapping.to_json()}
    assert propose(table, known).about.practices == ("gestion_lieu",)


def test_actors_without_a_point_are_placed_many_at_once(app, store):
    button(app, "Vérifier le fichier").click().run()
    button(app, "Écrire dans la base").click().run()
    page = opened("acteurs")
    assert faults(page) == []
    assert any(one.label.startswith("Fiches sans point") for one in page.expander)
    field(page, "segmented_control", "Les placer par leur").set_value("commune choisie").run()
    assert button(page, "Placer ").disabled  # no commune yet
    waiting = store.read("actor")
    [lost] = waiting.index[waiting["actor_name"] == "L’Atelier"]
    field(page, "multiselect", "Fiches à placer").set_value([lost])
    field(page, "text_input", "Commune").set_value("94018").run()
    button(page, "Placer ").click().run()
    assert faults(page) == []
    placed = store.read("actor").loc[lost]
    assert placed["commune_code"] == "94018"
    assert placed["location_precision"] == "commune"
    assert placed["town"] == "Nullepart-sur-Rien"
    assert "1 fiche placée par commune choisie" in words(page).replace("\u00a0", " ")


def test_a_visitor_is_offered_no_queue(tmp_path, monkeypatch):
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "base"))
    page = opened("acteurs")
    assert not any(one.label.startswith("Fiches sans point") for one in page.expander)
