"""Exports of other people's tools: their titles, their wrapping, their metres, their links."""

import io
import json
import zipfile

import openpyxl
import pytest
import shapely

from geo.crs import in_system
from geo.directory.importing import propose, read_table, validate
from geo.directory.importing.date_text import iso
from geo.directory.importing.emails import emails
from geo.directory.importing.links import link
from geo.directory.importing.points import number
from geo.errors import BadFileError
from tests.directory.importing import files


def draft_of(data, name="essai.csv"):
    table = read_table(data.encode() if isinstance(data, str) else data, name)
    return validate(table, propose(table))


def fields_of(titles, values):
    table = read_table(files.csv_bytes([titles, values], ";"), "essai.csv")
    return dict(propose(table).pairs)


def json_draft(whole):
    return draft_of(json.dumps(whole), "essai.json")


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


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("N 45°45.5917'", 45.759862),
        ("45°45′35″ Nord", 45.759722),
        ("W1.5536", -1.5536),
        ("1.5536 Ouest", -1.5536),
        ("45d45m35s N", 45.759722),
        ("45:45:35", 45.759722),
        ("45 deg 45' 35\"", 45.759722),
        ("45° 45min 35s", 45.759722),
    ],
)
def test_degrees_are_read_however_their_parts_are_said(text, degrees):
    assert number(text) == pytest.approx(degrees, abs=1e-6)


@pytest.mark.parametrize(
    "cell",
    [
        "lat: 45.7599, lon: 4.8422",
        "https://www.google.com/maps/@45.7599,4.8422,15z",
        "https://www.openstreetmap.org/#map=18/45.7599/4.8422",
        "https://www.openstreetmap.org/?mlat=45.7599&mlon=4.8422",
        "45.7599 4.8422 170 5",
        '{"lat":45.7599,"lng":4.8422}',
    ],
)
def test_a_pair_is_read_in_a_link_to_a_map_and_with_its_labels(cell):
    row = draft_of(files.csv_bytes([["Nom", "GPS"], ["A", cell]])).actors.iloc[0]
    assert (row["longitude"], row["latitude"]) == (4.8422, 45.7599)


@pytest.mark.parametrize(
    ("system", "title", "places"),
    [
        ("EPSG:2154", "Lambert-93", [[2.3522, 48.8566], [4.8357, 45.764]]),
        ("EPSG:3857", "Web Mercator", [[2.3522, 48.8566], [4.8357, 45.764]]),
        ("EPSG:27572", "Lambert II étendu", [[2.3522, 48.8566], [4.8357, 45.764]]),
        ("EPSG:3946", "conique conforme CC46", [[3.0863, 45.7797], [4.8357, 45.764]]),
        ("EPSG:3949", "conique conforme CC49", [[2.3522, 48.8566], [7.7521, 48.5734]]),
    ],
)
def test_metres_are_read_in_the_system_that_puts_them_on_land(system, title, places):
    spots = in_system(shapely.points(places), system)
    rows = [[f"A{i}", str(one.x), str(one.y)] for i, one in enumerate(spots)]
    draft = draft_of(files.csv_bytes([["Nom", "X", "Y"], *rows]))
    first = draft.actors.iloc[0]
    assert (first["longitude"], first["latitude"]) == pytest.approx(tuple(places[0]), abs=1e-3)
    assert f"Coordonnées en {title}" in draft.problems[0].message


def test_the_bytes_of_a_shape_are_a_place_and_no_telephone():
    cells = [shapely.to_wkb(shapely.points(3.0863 + i, 45.7797), hex=True) for i in range(2)]
    draft = draft_of(files.csv_bytes([["geom", "nom"], *[[cell, "A"] for cell in cells]]))
    assert draft.actors["longitude"].tolist() == [3.0863, 4.0863]
    assert draft.actors["phone"].tolist() == ["", ""]


def test_a_sheet_that_explains_the_titles_is_not_the_one_read():
    book = openpyxl.Workbook()
    for row in (["Comment remplir"], ["1. Ouvrez"], ["Nom", "Le nom de la structure"]):
        book.active.append(row)
    for row in (["Nom", "Ville"], ["Asso A", "Vichy"]):
        (book["Annuaire"] if "Annuaire" in book else book.create_sheet("Annuaire")).append(row)
    out = io.BytesIO()
    book.save(out)
    assert draft_of(out.getvalue(), "a.xlsx").actors["actor_name"].tolist() == ["Asso A"]


def test_titles_repeated_above_others_group_them():
    draft = files.draft_of(
        [["Structure", "Structure", "Adresse", "Adresse", "Adresse"],
         ["Nom", "SIRET", "Rue", "Code postal", "Commune"],
         ["Asso A", "44306184100047", "1 rue X", "03200", "Vichy"]],
    )  # fmt: skip
    row = draft.actors.iloc[0]
    assert len(draft.actors) == 1
    assert (row["actor_name"], row["siret"], row["commune_code"]) == (
        "Asso A", "44306184100047", "03310",
    )  # fmt: skip


def test_units_examples_counts_and_totals_are_no_actors_and_are_told():
    draft = files.draft_of(
        [["Nom", "Code postal", "Créé"], ["texte", "5 chiffres", "JJ/MM/AAAA"],
         ["ex : Mon asso", "75000", ""], ["Asso A", "03200", ""], ["TOTAL : 1", "", ""],
         ["Nombre de structures", "1", ""]],
    )  # fmt: skip
    assert draft.actors["actor_name"].tolist() == ["Asso A"]
    told = " ".join(draft.notices)
    assert all(word in told for word in ("d’unités", "d’exemple", "de total", "de note"))


def test_a_table_of_a_text_with_marks_has_no_row_of_dashes():
    draft = draft_of("| Nom | Ville |\n|---|:---:|\n| Asso A | Vichy |\n", "a.md")
    assert draft.actors["actor_name"].tolist() == ["Asso A"]


def test_a_row_wider_than_the_titles_is_told_by_its_number():
    draft = draft_of("Nom,Adresse,Ville\nA,1 rue Y,Vichy\nB,1, rue X,Vichy\n")
    assert any("Ligne 3 : plus de cellules" in text.replace("\u00a0", " ")
               for text in draft.notices)  # fmt: skip


def test_a_quote_left_open_in_the_titles_swallows_nothing():
    draft = draft_of('"Nom;Ville\nA;Vichy\nB;Cusset\n')
    assert draft.actors["actor_name"].tolist() == ["A", "B"]


def test_letters_of_a_web_page_do_not_cut_the_cells():
    draft = draft_of("Nom;Ville\n&Eacute;picerie &amp; Cie;Orl&eacute;ans\n")
    row = draft.actors.iloc[0]
    assert (row["actor_name"], row["commune_code"]) == ("Épicerie & Cie", "45234")


def test_what_we_wrote_keeps_the_letters_that_a_person_typed():
    cells = [["actor_id", "actor_name"], ["a", "Caf&eacute; au\u00addela"]]
    assert draft_of(files.csv_bytes(cells)).actors["actor_name"].tolist() == [cells[1][1]]


def test_postcodes_with_spaces_that_no_break_crosses_keep_their_column():
    draft = draft_of(files.csv_bytes([["Nom", "CP"], ["Épi\u00adcerie", "42\u00a0000"]]))
    row = draft.actors.iloc[0]
    assert (row["actor_name"], row["commune_code"]) == ("Épicerie", "42218")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('<a href="https://a.fr/x" class="b">le site</a>', "https://a.fr/x"),
        ("[le site](https://b.fr)", "https://b.fr"),
        ('<a href="javascript:alert(1)">x</a>', ""),
    ],
)
def test_a_link_written_for_the_web_gives_its_address(text, kept):
    assert link(text) == kept


def test_a_mail_hidden_from_machines_is_read():
    assert emails("contact [at] a.fr") == ["contact@a.fr"]
    assert emails("contact(a)a.fr ; info (arobase) a.fr") == ["contact@a.fr", "info@a.fr"]


def test_a_gpx_in_utf_16_is_read():
    text = (
        '<?xml version="1.0" encoding="UTF-16"?>'
        '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
        '<wpt lat="45.7797" lon="3.0863"><name>Café</name></wpt></gpx>'
    )
    assert draft_of(text.encode("utf-16"), "a.gpx").actors["actor_name"].tolist() == ["Café"]


def test_what_is_known_and_not_read_is_named():
    def zipped(part):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(part, "x")
            archive.writestr("autre.dat", "x")
        return out.getvalue()

    assert "TopoJSON" in refusal_of(b'{"type": "Topology", "objects": {}}')
    assert "SQLite" in refusal_of(b"SQLite format 3\0" + bytes(200))
    assert "Numbers" in refusal_of(zipped("Index/Document.iwa"))
    assert "MapInfo" in refusal_of(zipped("a.tab"))
    assert "QGIS" in refusal_of(zipped("a.qgs"))
    link_only = (
        b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link><href>'
        b"https://a.fr</href></Link></NetworkLink></Document></kml>"
    )
    assert "carte en ligne" in refusal_of(link_only)


def test_a_postcode_that_no_commune_has_is_of_the_collectivity_of_its_digits():
    draft = draft_of("Nom;Code postal;Ville\nA;98890;Païta\n")
    assert any("Nouvelle-Calédonie" in problem.message for problem in draft.problems)


def test_the_metropole_de_lyon_stands_for_its_departement():
    draft = draft_of("Nom;Département\nA;Métropole de Lyon\n")
    assert draft.actors["departement_code"].tolist() == ["69"]


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
    ("text", "day"),
    [("12 janv. 2024", "2024-01-12"), ("2024/01/12", "2024-01-12"), ("20240112", "2024-01-12"),
     ("12/01/24", "2024-01-12"), ("le vendredi 12 janvier 2024 à 10h", "2024-01-12"),
     ("99/99/24", ""), ("20241399", ""), ("ma 2024", "")],
)  # fmt: skip
def test_days_are_read_as_tools_write_them(text, day):
    assert iso(text) == day


@pytest.mark.parametrize("town", ["Ville de Vichy", "Mairie de Vichy", "Vichy, France"])
def test_a_town_is_known_beside_what_it_is(town):
    assert files.draft_of([["Nom", "Ville"], ["A", town]]).actors["commune_code"].tolist() == [
        "03310"
    ]
