"""Resources on the pages: filtered by the address, reached from needs, loaded by the team."""

import re
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from geo.analysis.resources import ResourceChoice
from geo.directory.resources import catalogue, shipped
from geo.directory.store.store import Store
from tests.pages.seen import again, faults, field, html, opened, words

HEADER = "Titre;Éditeur;Nature;Liste annoncée"


def titles(app: AppTest) -> int:
    return html(app).count('<li class="fiche"')


def test_every_shipped_resource_is_listed_with_its_source() -> None:
    app = opened("ressources")
    assert titles(app) == len(shipped())
    assert html(app).count("Source&nbsp;: ") == len(shipped())
    assert f"{len(shipped())}\u00a0ressources, sans filtre." in words(app)


@pytest.mark.parametrize(
    ("link", "choice"),
    [
        ({"pratique": "gestion_lieu"}, ResourceChoice(practices=("gestion_lieu",))),
        ({"nature": "webinaire", "etape": "02"}, ResourceChoice(nature="webinaire", step="02")),
        (
            {"odd": "17", "profil": "association"},
            ResourceChoice(profiles=("association",), odd="17"),
        ),
        ({"maturite": "premiers_pas"}, ResourceChoice(maturity="premiers_pas")),
    ],
)
def test_the_address_carries_every_filter(link: dict[str, str], choice: ResourceChoice) -> None:
    app = opened("ressources", **link)
    assert titles(app) == len(choice.keep(shipped()))
    assert dict(app.query_params) == link
    assert titles(again(app, "ressources")) == titles(app)
    assert "Sources muettes sur" in words(app)


def test_a_filter_is_taken_off_at_once() -> None:
    app = opened("ressources", maturite="pionnier", odd="3")
    assert titles(app) == 0
    [reset] = [one for one in app.button if one.label == "Enlever les filtres"]
    reset.click()
    app.run()
    assert titles(app) == len(shipped())
    assert not app.query_params


def test_what_is_awaited_is_counted_and_never_invented() -> None:
    said = words(opened("ressources")).replace("\u00a0", " ")
    assert "44 éléments manquent sur 44 annoncés." in said


@pytest.mark.parametrize(
    ("page", "link", "address"),
    [
        ("territoire", {"territoire": "commune:97411"}, "/ressources?pratique=gestion_lieu"),
        ("methode", {}, "/ressources?pratique=accompagnements"),
        ("ecosysteme", {"ecosysteme": "exemple-paris-est-marne-bois"}, "/ressources?odd=17"),
    ],
)
def test_a_need_leads_to_the_resources_that_answer_it(
    page: str, link: dict[str, str], address: str
) -> None:
    found = re.search(rf'href="{re.escape(address)}"[^>]*>(\d+)', html(opened(page, **link)))
    assert found
    asked = dict([address.partition("?")[2].split("=")])
    assert int(found[1]) == titles(opened("ressources", **asked)) > 0


@pytest.mark.usefixtures("store")
def test_a_project_leads_to_the_resources_of_its_step_and_goals() -> None:
    said = html(opened("projets", projet="P1"))
    assert "/ressources?etape=01" in said
    assert "ODD 11" in said


def test_a_visitor_neither_loads_nor_edits() -> None:
    app = opened("ressources")
    assert [one.label for one in app.expander] == [
        *("Plus de filtres", "Lien de téléchargement automatique\u00a0: ces ressources")
    ]


def brought(app: AppTest, text: str) -> AppTest:
    [uploader] = app.file_uploader
    uploader.upload("parcours.csv", text.encode())
    return app.run()


def test_the_team_loads_a_file_and_nothing_of_a_bad_one(empty: Store) -> None:
    app = brought(opened("ressources"), f"{HEADER}\nUn;Le réseau;danse;\nDeux;Le réseau;;\n")
    assert "Ligne 2" in faults(app)[0]
    assert "danse" in faults(app)[0]
    assert "Enregistrer ces ressources" not in [one.label for one in app.button]
    app = brought(opened("ressources"), f"{HEADER}\nUn;Le réseau;parcours;pathway\n")
    assert faults(app) == []
    next(one for one in app.button if one.label == "Enregistrer ces ressources").click()
    app.run()
    assert len(catalogue(empty)) == len(shipped()) + 1
    assert "43 éléments manquent sur 44" in words(app).replace("\u00a0", " ")


def test_the_team_corrects_a_shipped_resource_and_it_is_not_doubled(empty: Store) -> None:
    app = opened("ressources")
    field(app, "selectbox", "Ressource").select("odd17-org")
    app.run()
    field(app, "text_input", "Adresse").input("ftp://odd17")
    next(one for one in app.button if one.label == "Enregistrer la ressource").click()
    app.run()
    assert "http" in faults(app)[0]
    field(app, "text_input", "Adresse").input("https://odd17.org/fr")
    next(one for one in app.button if one.label == "Enregistrer la ressource").click()
    app.run()
    assert faults(app) == []
    found = catalogue(empty)
    assert len(found) == len(shipped())
    assert found.loc["odd17-org", "website"] == "https://odd17.org/fr"


def test_the_page_offers_only_files_of_what_has_no_place() -> None:
    app = opened("ressources", nature="etude")
    choices = field(app, "selectbox", "Télécharger ces ressources").options
    assert [one.partition(" ")[0] for one in choices] == ["Excel", "CSV"]


def test_a_gap_of_a_territory_says_who_is_near_and_leads_there() -> None:
    app = opened("territoire", territoire="crte:crte-84-63-1")
    [near] = [one for one in app.get("page_link") if "à moins de 50" in one.label]
    assert re.search("Gestion d’un lieu.*lieux? ressources? à moins de 50", near.label)
    found = opened("trouver", **parse_qs(near.proto.query_string))
    assert faults(found) == []
    assert "lieux ressources" in words(found)
