"""Choosing the actors and the ecosystem of a record: everybody is offered, the nearest first."""

import io

import openpyxl
import pytest

from geo.analysis.report_local import local, public_book
from geo.directory.ecosystems import EXAMPLE_ID
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.output.exports import FORMATS
from geo.output.exports.build import export_of
from geo.reference.territory import territory
from geo.settings import ROOT
from pages.components.actor_picker import LISTED
from tests.pages.conftest import EPT
from tests.pages.people import press
from tests.pages.seen import faults, field, html, opened, words


@pytest.mark.usefixtures("empty")
def test_a_project_begun_from_the_example_is_its_own_and_counted_everywhere():
    app = press(opened("projets", ecosysteme=EXAMPLE_ID), "Nouveau projet")
    [home] = [one for one in app.selectbox if one.key == f"projet_nouveau_{EXAMPLE_ID}_ecosysteme"]
    assert home.value == EXAMPLE_ID
    field(app, "text_input", "Nom du projet").set_value("Cantine").run()
    app = press(app, "Enregistrer le projet")
    assert faults(app) == []
    assert "1 projet (" in words(app).replace("\u00a0", " ")
    assert "<dt>Projets</dt><dd>1</dd>" in html(opened("ecosysteme", ecosysteme=EXAMPLE_ID))
    for subject in ("projects", "ecosystem"):
        file = FORMATS["xlsx"].content(export_of(subject, {"ecosysteme": [EXAMPLE_ID]}))
        sheet = openpyxl.load_workbook(io.BytesIO(file))["Projets"]
        assert "Cantine" in [cell.value for row in sheet for cell in row]
    printed = local(territory("ept", EPT["territory_code"]), public_book(open_store()))
    assert list(printed.projects["project_name"]) == ["Cantine"]


def test_any_actor_is_offered_those_of_the_ecosystem_first(store: Store):
    more = [
        KINDS["actor"].blank()
        | {"actor_id": f"n{one:03}", "actor_name": f"Acteur {one:03}", "status": "publiee"}
        for one in range(LISTED)
    ]
    twins = [row | {"actor_name": "Même nom"} for row in more[:2]]
    store.write(Changes.one("actor", *more, *twins), author="essai", message="nombreux")
    app = press(opened("alliances", ecosysteme="E1"), "Nouvelle alliance")
    offered = field(app, "multiselect", "Membres (au moins deux)").options
    inside = 11
    assert len(offered) == len(set(offered)) == len(store.read("actor"))
    assert {"Asso A", "Asso E"} <= set(offered[:inside])
    assert offered[inside] == "Acteur 002"
    assert offered.index(f"Acteur {LISTED - 1}") > inside
    field(app, "text_input", "Chercher un acteur par son nom").set_value("acteur 399").run()
    field(app, "multiselect", "Membres (au moins deux)").set_value(["n399", "a"]).run()
    assert field(app, "multiselect", "Membres (au moins deux)").options[0] == "Acteur 399"
    field(app, "text_input", "Chercher un acteur par son nom").set_value("boite").run()
    members = field(app, "multiselect", "Membres (au moins deux)")
    assert (members.options[0], members.value) == ("Boîte B", ["n399", "a"])


def test_no_list_of_choices_offers_to_take_all_in_english():
    for path in (ROOT / "pages").rglob("*.py"):
        said = path.read_text(encoding="utf-8")
        assert said.count("multiselect(") == said.count("select_all=False"), path
