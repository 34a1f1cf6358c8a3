"""The dry run: each spreadsheet accident, recognised, told and mended or left empty."""

import numpy as np
import pytest

from geo import crs
from geo.directory.importing.emails import is_personal
from geo.directory.importing.identifiers import valid
from geo.directory.importing.links import link
from geo.directory.importing.phones import phone
from geo.directory.importing.points import in_france
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from tests.directory.importing import files
from tests.directory.importing.files import draft_of, told


def one(column, value, field, *more):
    """Check one value of one column; give the record and what was told of the field."""
    draft = draft_of([["Nom", column, *(m[0] for m in more)], ["A", value, *(m[1] for m in more)]])
    return draft.actors.iloc[0], told(draft, field)


@pytest.mark.parametrize(
    ("column", "value", "field", "kept", "word"),
    [
        ("Code INSEE", "1004", "commune_code", "01004", "Zéro"),
        ("Code INSEE", "1004.0", "commune_code", "01004", "nombre"),
        ("Code INSEE", "2a004", "commune_code", "2A004", None),
        ("Code INSEE", "01003", "commune_code", "01165", "ancien"),
        ("Code INSEE", "75110", "commune_code", "75056", "arrondissement"),
        ("Code INSEE", "0", "commune_code", "", "zéro"),
        ("CP", "84200.0", "postcode", "84200", "nombre"),
        ("CP", "1400", "postcode", "01400", "Zéro"),
        ("CP", "44000 ", "postcode", "44000", "déduite"),
        ("CP", "84200", "postcode", "84200", "déduite"),
        ("SIRET", "21440109300015", "siret", "21440109300015", None),
        ("SIRET", "214 401 093 00015", "siret", "21440109300015", None),
        ("SIRET", "21440109300016", "siret", "", "invalide"),
        ("SIRET", "62201199", "siret", "062201199", "Zéro"),
        ("SIRET", "7,75561E+13", "siret", "", "arrondi"),
        ("SIRET", "35600000000048", "siret", "35600000000048", None),
        ("Site web", "www.a.fr", "website", "https://www.a.fr", "https"),
        ("Site web", "http://a.fr/x", "website", "http://a.fr/x", None),
        ("Téléphone", "0240000000", "phone", "02 40 00 00 00", None),
        ("Téléphone", "240000000", "phone", "02 40 00 00 00", "Zéro"),
        ("Téléphone", "+33 (0)2.40.00.00.00", "phone", "02 40 00 00 00", None),
        ("Téléphone", "0240000000 / 0240000001", "phone", "02 40 00 00 00", "Plusieurs"),
        ("Téléphone", "06 00 00 00 00", "phone", "06 00 00 00 00", "mobile"),
        ("Profil", "Association", "profile", "association", None),
        ("Profil", "chercheurs", "profile", "acteur_academique", None),
        ("Profil", "Martien", "profile", "", "Connues"),
        ("Date de mise à jour", "09/05/2022", "source_date", "2022-05-09", "jour"),
        ("Date de mise à jour", "2022-05-09T10:00:00", "source_date", "2022-05-09", None),
    ],
)
def test_one_value_read_kept_and_told(column, value, field, kept, word):
    record, problems = one(column, value, field)
    assert record[field] == kept
    assert bool(problems) == (word is not None)
    if word:
        assert any(word in problem.message for problem in problems)
        assert problems[0].row == 2
        assert problems[0].column == column
        assert problems[0].original == value.strip() or problems[0].original == kept


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Gestion d'un lieu, Accompagnements", ["gestion_lieu", "accompagnements"]),
        ("dialogue territorial ; fab lab", ["dialogue_territorial", "gestion_lieu"]),
        ("DIALOGUE TERRITORIAL | accompagnement", ["dialogue_territorial", "accompagnements"]),
        ("Accompagnements/Dialogue territorial", ["accompagnements", "dialogue_territorial"]),
        ("accompagnement et dialogue territorial", ["accompagnements", "dialogue_territorial"]),
        ("gestion_lieu", ["gestion_lieu"]),
    ],
)
def test_several_practices_in_one_cell(cell, codes):
    record, problems = one("Pratiques", cell, "practices")
    assert record["practices"] == codes
    assert record["practices_basis"] == "stated"
    assert len(problems) == (len(codes) > 1)


def test_an_unknown_practice_is_told_and_the_known_ones_kept():
    record, problems = one("Pratiques", "fab lab, jonglage", "practices")
    assert record["practices"] == ["gestion_lieu"]
    assert "jonglage" in problems[0].message


def place(x, y, *more, titles=("longitude", "latitude")):
    return one(titles[0], x, "longitude", (titles[1], y), *more)


@pytest.mark.parametrize(
    ("x", "y", "word"),
    [
        ("2,345", "48,857", None),
        ("2.345", "48.857", None),
        ("48.857", "2.345", "inversées"),
        ("652000", "6862000", "Lambert-93"),
        ("6862000", "652000", "Lambert-93"),
        ("652 000,5", "6 862 000,5", "Lambert-93"),
    ],
)
def test_a_point_is_brought_back_to_paris(x, y, word):
    record, problems = place(x, y)
    assert record["longitude"] == pytest.approx(2.345, abs=0.01)
    assert record["latitude"] == pytest.approx(48.857, abs=0.01)
    assert record["location_source"] == "fichier"
    assert word is None or any(word in problem.message for problem in problems)


def test_decimal_commas_are_told():
    _, problems = place("2,345", "48.857")
    assert [problem.message for problem in problems] == ["Virgule décimale comprise."]


def test_metres_of_la_reunion_are_converted_by_their_departement():
    record, problems = place("338500", "7690000", ("Code INSEE", "97411"))
    assert in_france(np.array([record["longitude"]]), np.array([record["latitude"]]))[0]
    assert record["longitude"] == pytest.approx(55.45, abs=0.05)
    assert "local" in problems[0].message


@pytest.mark.parametrize(
    ("x", "y", "word"),
    [("0", "0", "zéro"), ("-74.0", "40.7", "hors de France"), ("2.3", "", "Une seule"),
     ("abc", "48.8", "illisible"), ("1e400", "48", "hors")],
)  # fmt: skip
def test_a_point_that_cannot_be_is_left_out_and_told(x, y, word):
    draft = draft_of([["Nom", "longitude", "latitude", "Code INSEE"], ["B", "2.3", "48.8", "75056"],
                      ["A", x, y, "44109"]])  # fmt: skip
    record = draft.actors.iloc[1]
    assert any(word in problem.message for problem in told(draft, "longitude"))
    assert record["location_source"] == "commune"  # its commune's point instead
    assert record["location_precision"] == "commune"
    assert crs.geodesic_m(np.array([record["longitude"]]), np.array([record["latitude"]]),
                          np.array([-1.554]), np.array([47.218]))[0] < 5000  # fmt: skip


@pytest.mark.parametrize(
    ("address", "precision"),
    [("12 rue des Lilas", "adresse"), ("Place de la gare", "rue"), ("", "commune")],
)
def test_precision_of_a_given_point_follows_its_address(address, precision):
    record, _ = place("2.345", "48.857", ("Adresse", address))
    assert record["location_precision"] == precision


def test_a_pair_in_one_column():
    record, _ = one("Coordonnées GPS", "48.857, 2.345", "latlon")
    assert (record["longitude"], record["latitude"]) == (2.345, 48.857)


@pytest.mark.parametrize(
    ("town", "postcode", "code", "word"),
    [
        ("Nantes", "44000", "44109", None),
        ("NANTES CEDEX 2", "44000", "44109", None),
        ("st denis", "97400", "97411", None),
        ("Marseille 11", "13011", "13055", None),
        ("Nante", "44000", "44109", "comprise comme"),
        ("", "01400", "", "Plusieurs communes"),
        ("Nantes", "", "44109", "seul nom"),
        ("Saint-Denis", "", "", "Plusieurs communes portent"),
        ("Atlantis", "44000", "44109", "placée par le code postal"),
        ("Atlantis", "01400", "", "introuvable"),
        ("Lavans-sur-Valouse", "39240", "39137", None),  # a name of before 2017
        ("Nantes", "33000", "", "introuvable"),
    ],
)
def test_a_commune_by_its_name_and_postcode(town, postcode, code, word):
    draft = draft_of([["Nom", "Ville", "CP"], ["A", town, postcode]])
    assert draft.actors.iloc[0]["commune_code"] == code
    problems = told(draft, "town")
    assert bool(problems) == (word is not None)
    assert word is None or word in problems[0].message


def test_a_postcode_of_another_commune_is_told_and_a_cedex_is_not():
    rows = [["Nom", "Code INSEE", "CP"], ["A", "44109", "33000"], ["B", "44109", "44900"],
            ["C", "44109", "44000"], ["D", "2A004", "20000"]]  # fmt: skip
    assert [problem.row for problem in told(draft_of(rows), "postcode")] == [2]


def test_scripts_formulas_and_controls_stay_inert_and_are_told():
    script, formula = "<img src=x onerror=alert(1)>", "=HYPERLINK(1)"
    rows = [["Nom", "Ville"], [script, "Nantes"], [formula, "Nantes"], ["A\x07B\x1b[31m", "Nantes"],
            ["+33 accueil", "Nantes"], ["@SUM(A1)", "Nantes"]]  # fmt: skip
    draft = draft_of(rows)
    assert draft.actors["actor_name"].tolist()[:3] == [script, formula, "A B [31m"]
    assert [(p.row, p.message.split()[0]) for p in told(draft, "actor_name")] == [
        (2, "Balise"), (3, "Formule"), (4, "Caractères"), (6, "Formule"),
    ]  # fmt: skip


def test_an_empty_name_leaves_the_row_out():
    draft = draft_of([["Nom", "Ville"], ["", "Nantes"], ["A", "Nantes"]])
    assert draft.actors.index.tolist() == [3]
    assert told(draft, "actor_name")[0].severity == "erreur"


def test_an_id_twice_in_the_file_is_told_and_kept_once():
    draft = draft_of([["id", "Nom"], ["7", "A"], ["7", "B"]])
    assert draft.actors["external_ids"].tolist() == [["acteurs:7"], []]
    assert told(draft, "external_id")[0].row == 3


@pytest.mark.parametrize(
    ("mail", "personal"),
    [
        ("contact@fabrique.fr", False),
        ("mairie.dupont@orange.fr", False),
        ("lafabrique@gmail.com", False),
        ("vincennes@reseau.fr", False),
        ("prenom.nom@fabrique.fr", True),
        ("jdurand@gmail.com", True),
        ("anne@fabrique.fr", True),
        ("anne-marie.durand@fabrique.fr", True),
    ],
)
def test_a_person_is_told_from_an_organisation(mail, personal):
    assert is_personal(mail, "La Fabrique Vincennes") == personal


def test_people_never_stay_on_the_actor():
    rows = [["Nom", "Courriel", "Responsable", "Fonction", "Portable"],
            ["La Fabrique", "anne.durand@x.fr", "Anne Durand", "Directrice", "0600000000"],
            ["Le Lieu", "contact@lieu.fr; paul.petit@lieu.fr", "", "", ""],
            ["Rien", "", "", "", ""]]  # fmt: skip
    draft = draft_of(rows)
    assert draft.actors["email"].tolist() == ["", "contact@lieu.fr", ""]
    assert draft.contacts == [
        {"row": 2, "contact_name": "Anne Durand", "contact_role": "Directrice",
         "contact_email": "anne.durand@x.fr", "contact_phone": "06 00 00 00 00"},
        {"row": 3, "contact_name": "", "contact_role": "", "contact_email": "paul.petit@lieu.fr",
         "contact_phone": ""},
    ]  # fmt: skip
    everything = draft.actors.astype(str).to_csv()
    assert not any(word in everything for word in ("Durand", "durand", "petit", "06 00"))


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.fr", "//a.fr\nx", "https://",
     "pas de site", "https://a.fr@evil.com", "http://a.fr/<script>",
     "file:///etc/passwd", "mailto:a@b.fr"],
)  # fmt: skip
def test_only_web_addresses_pass(text):
    assert link(text) in {"", "https://a.fr"}


@pytest.mark.parametrize("code", ["21440109300015", "35600000000048", "732829320"])
def test_luhn_and_la_poste(code):
    assert valid(code)
    assert not valid(code[:-1] + str((int(code[-1]) + 1) % 10))


@pytest.mark.parametrize(
    ("text", "kept"),
    [("+262 262 40 00 00", "02 62 40 00 00"), ("3949", "3949"), ("+32 2 123 45 67", "+3221234567"),
     ("Tél : 02 40 00 00 00", "02 40 00 00 00"), ("bonjour", ""), ("12", "")],
)  # fmt: skip
def test_phone_numbers(text, kept):
    assert phone(text) == kept


def test_progress_goes_to_its_end_and_the_source_is_kept():
    steps = []
    table = read_table(files.csv_bytes([["Nom", "Ville"], ["A", "Nantes"]]), "a.csv")
    draft = validate(
        table,
        propose(table),
        progress=lambda done, total: steps.append((done, total)),
        source_title="Annuaire",
        source_date="05/2024",
    )
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1]
    record = draft.actors.iloc[0]
    assert (record["source_title"], record["source_date"]) == ("Annuaire", "2024-05")
    assert record["status"] == "publiee"
