"""Exports of other people's tools: their titles, and what a JSON wraps records in."""

import json

import pytest

from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.errors import BadFileError
from tests.directory.importing import files


def fields_of(titles, values):
    table = read_table(files.csv_bytes([titles, values], ";"), "essai.csv")
    return dict(propose(table).pairs)


def json_draft(whole):
    return files.drafted(json.dumps(whole), "essai.json")


def refusal_of(data, name="essai"):
    with pytest.raises(BadFileError) as refused:
        read_table(data, name)
    return str(refused.value)


def test_the_titles_of_a_form_in_groups_are_read_at_the_end_of_their_path():
    found = fields_of(
        ["start", "_uuid", "lieu/nom_structure", "lieu/adresse", "lieu/commune",
         "_position_latitude", "_position_longitude"],
        ["2024-01-01T10:00", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "Asso A", "1 rue X", "Vichy",
         "46.12", "3.42"],
    )  # fmt: skip
    assert found == {
        "_uuid": "external_id",
        "lieu/nom_structure": "actor_name",
        "lieu/adresse": "address",
        "lieu/commune": "town",
        "_position_latitude": "latitude",
        "_position_longitude": "longitude",
    }


def test_the_part_of_a_question_in_brackets_is_what_its_column_holds():
    titles = ["G1Q1. Nom de la structure", "G1Q2[SQ1]. Adresse [Rue]",
              "G1Q2[SQ2]. Adresse [Code postal]", "G1Q2[SQ3]. Adresse [Ville]"]  # fmt: skip
    found = fields_of(titles, ["Asso A", "1 rue X", "03200", "Vichy"])
    assert [*found.values()] == ["actor_name", "address", "postcode", "town"]


@pytest.mark.parametrize(
    ("title", "cell", "field"),
    [
        ("1. Comment s’appelle votre structure ?", "Asso A", "actor_name"),
        ("What is the name of your organization?", "Asso A", "actor_name"),
        ("Dans quelle commune se situe-t-elle ?", "Vichy", "town"),
        ("City / Town", "Vichy", "town"),
        ("Présentez votre structure en quelques lignes", "Un café", "description"),
        ("Phrase de présentation", "Un café", "description"),
        ("siege.libelle_commune", "Vichy", "town"),
    ],
)
def test_a_question_is_known_by_what_it_asks(title, cell, field):
    assert fields_of(["Horodateur", title, "Note"], ["01/02/2024 10:20:00", cell, "x"])[title] == (
        field
    )


def test_a_moment_a_key_and_the_name_of_somebody_else_are_no_names_of_actors():
    found = fields_of(
        ["Timestamp", "uid", "epci.nom", "Profil/Association", "Réponse"],
        ["2/1/2024 10:20:00", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "CC X", "oui", "Asso A"],
    )
    assert "actor_name" not in {found.get(one) for one in ("Timestamp", "uid", "epci.nom")}
    assert found.get("Profil/Association") != "actor_name"


@pytest.mark.parametrize(
    "whole",
    [
        {"records": [{"id": "r1", "fields": {"Nom": "A", "Ville": "Vichy"}}], "offset": "r"},
        {"status": "ok", "data": {"items": [{"nom": "A", "ville": "Vichy"}]}},
        {"titre": "Annuaire", "lieux": [{"nom": "A", "ville": "Vichy"}]},
        {"columns": ["nom", "ville"], "data": [["A", "Vichy"]]},
        [["Nom", "Ville"], ["A", "Vichy"]],
        {"acteurs": [{"nom": "A", "ville": "Vichy"}], "communes": [{"code": "03310"}]},
        {"hits": {"hits": [{"_id": "1", "_source": {"nom": "A", "ville": "Vichy"}}], "took": "3"}},
        {"licence": "x", "ontology": "gogocompact", "mapping": ["id", ["name", "ville"]],
         "data": [["a1", ["A", "Vichy"]]]},
        {"generator": "Overpass", "osm3s": {"a": "b"}, "elements": [
            {"lat": 46.126, "lon": 3.42, "tags": {"name": "A", "addr:city": "Vichy"}}
        ]},
    ],
)  # fmt: skip
def test_records_are_found_however_deep_a_json_wraps_them(whole):
    actors = json_draft(whole).actors
    assert actors["actor_name"].tolist() == ["A"]
    assert actors["commune_code"].tolist() == ["03310"]


@pytest.mark.parametrize(
    "whole",
    [
        {"name": "projet", "version": "1.0", "dependencies": {"a": "1", "b": "2"}},
        {"a": {"b": {"c": [{"x": 1}, {"x": 2}]}}, "t": "s"},
        {"id": [1, 2], "x": [3, 4]},
    ],
)
def test_a_json_of_something_else_is_not_taken_for_actors(whole):
    assert "ce JSON n’est ni" in refusal_of(json.dumps(whole).encode())


def test_a_column_with_a_good_name_is_kept_and_its_odd_cells_told():
    titles = ["Nom", "CP", "Code INSEE", "SIRET", "Téléphone", "Courriel", "Latitude", "Longitude"]
    draft = files.draft_of([titles, ["A", "inconnu", "xx", "en cours", "aucun", "?", "?", "?"]])
    assert {problem.column for problem in draft.problems} == {*titles} - {"Nom"}
    assert {problem.row for problem in draft.problems} == {2}


def test_what_is_of_the_one_who_carries_an_actor_is_not_taken_for_the_actor_s():
    found = fields_of(
        ["Nom du porteur", "Nom du tiers-lieu", "Adresse du porteur", "Adresse du tiers-lieu",
         "SIRET du porteur", "Téléphone du porteur"],
        ["Commune de X", "Le Lieu", "1 rue X", "2 rue Y", "44306184100047", "0470000000"],
    )  # fmt: skip
    assert found == {"Nom du tiers-lieu": "actor_name", "Adresse du tiers-lieu": "address"}


def test_who_carries_is_the_actor_when_nobody_else_is_named():
    found = fields_of(["Structure porteuse", "Commune"], ["Asso A", "Vichy"])
    assert found["Structure porteuse"] == "actor_name"


def test_the_name_of_a_person_is_none_of_an_actor_when_the_actor_has_one():
    found = fields_of(["Nom", "Prénom", "Association", "Ville"], ["Durand", "Anne", "A", "Vichy"])
    assert found == {
        "Nom": "contact_name",
        "Prénom": "contact_name",
        "Association": "actor_name",
        "Ville": "town",
    }


@pytest.mark.parametrize(
    ("title", "field"),
    [("Région adm.", "region_code"), ("Commune d’implantation", "town"), ("geoLat", "latitude"),
     ("localisation_adresse", "address"), ("Commune déléguée", "town"), ("C.P.", "postcode"),
     ("Zip code", "postcode"), ("Street", "address")],
)  # fmt: skip
def test_a_title_is_known_beside_what_only_says_of_where_it_is(title, field):
    cells = {"region_code": "84", "town": "Vichy", "latitude": "46.12", "address": "1 rue X",
             "postcode": "03200"}  # fmt: skip
    assert fields_of(["Nom", title], ["Asso A", cells[field]])[title] == field


@pytest.mark.parametrize(
    ("titles", "cells"),
    [
        ("Email Address,First Name,Last Name,Company,City", "j@a.fr,Jean,Dupont,Asso A,Vichy"),
        ("Account Name,Billing Street,Billing City,Account Owner", "Asso A,1 rue X,Vichy,J. Petit"),
        ("CONTACT ID,EMAIL,NOM,PRENOM,SOCIETE,VILLE", "1,j@a.fr,Dupont,Jean,Asso A,Vichy"),
        ("First Name,Last Name,Company,Department,Job Title,Business City",
         "Jean,Dupont,Asso A,Achats,Directeur,Vichy"),
        ("Name,Given Name,Family Name,Organization 1 - Name,Address 1 - City,Phone 1 - Value",
         "Jean Dupont,Jean,Dupont,Asso A,Vichy,0470000000"),
        ("Prénom,Nom,Société,Service,Ville (bureau)", "Jean,Dupont,Asso A,Achats,Vichy"),
    ],
)  # fmt: skip
def test_an_address_book_gives_organisations_and_keeps_people_as_contacts(titles, cells):
    draft = files.draft_of([titles.split(","), cells.split(",")])
    row = draft.actors.iloc[0]
    assert (row["actor_name"], row["commune_code"]) == ("Asso A", "03310")
    assert "Dupont" not in row.to_json(force_ascii=False)


@pytest.mark.parametrize(("text", "named"), [
    ("\ufeffBEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n", "carnet d’adresses"),
    ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "agenda"),
])  # fmt: skip
def test_a_card_or_a_calendar_is_named(text, named):
    assert named in refusal_of(text.encode())
