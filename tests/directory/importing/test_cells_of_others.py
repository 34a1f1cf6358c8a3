"""Cells and rows as other people's tools write them: places, links, days, totals, letters."""

import io
import zipfile

import openpyxl
import pytest
import shapely

from geo.crs import in_system
from geo.directory.importing.date_text import iso
from geo.directory.importing.emails import emails
from geo.directory.importing.links import link
from geo.directory.importing.points import number
from tests.directory.importing import files


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
    row = files.drafted(files.csv_bytes([["Nom", "GPS"], ["A", cell]])).actors.iloc[0]
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
    draft = files.drafted(files.csv_bytes([["Nom", "X", "Y"], *rows]))
    first = draft.actors.iloc[0]
    assert (first["longitude"], first["latitude"]) == pytest.approx(tuple(places[0]), abs=1e-3)
    assert f"Coordonnées en {title}" in draft.problems[0].message


def test_the_bytes_of_a_shape_are_a_place_and_no_telephone():
    cells = [shapely.to_wkb(shapely.points(3.0863 + i, 45.7797), hex=True) for i in range(2)]
    draft = files.drafted(files.csv_bytes([["geom", "nom"], *[[cell, "A"] for cell in cells]]))
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
    assert files.drafted(out.getvalue(), "a.xlsx").actors["actor_name"].tolist() == ["Asso A"]


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
    draft = files.drafted("| Nom | Ville |\n|---|:---:|\n| Asso A | Vichy |\n", "a.md")
    assert draft.actors["actor_name"].tolist() == ["Asso A"]


def test_a_row_wider_than_the_titles_is_told_by_its_number():
    draft = files.drafted("Nom,Adresse,Ville\nA,1 rue Y,Vichy\nB,1, rue X,Vichy\n")
    assert any("Ligne 3 : plus de cellules" in text.replace("\u00a0", " ")
               for text in draft.notices)  # fmt: skip


def test_a_quote_left_open_in_the_titles_swallows_nothing():
    draft = files.drafted('"Nom;Ville\nA;Vichy\nB;Cusset\n')
    assert draft.actors["actor_name"].tolist() == ["A", "B"]


def test_letters_of_a_web_page_do_not_cut_the_cells():
    draft = files.drafted("Nom;Ville\n&Eacute;picerie &amp; Cie;Orl&eacute;ans\n")
    row = draft.actors.iloc[0]
    assert (row["actor_name"], row["commune_code"]) == ("Épicerie & Cie", "45234")


def test_what_we_wrote_keeps_the_letters_that_a_person_typed():
    cells = [["actor_id", "actor_name"], ["a", "Caf&eacute; au\u00addela"]]
    assert files.drafted(files.csv_bytes(cells)).actors["actor_name"].tolist() == [cells[1][1]]


def test_postcodes_with_spaces_that_no_break_crosses_keep_their_column():
    draft = files.drafted(files.csv_bytes([["Nom", "CP"], ["Épi\u00adcerie", "42\u00a0000"]]))
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
    assert files.drafted(text.encode("utf-16"), "a.gpx").actors["actor_name"].tolist() == ["Café"]


def test_what_is_known_and_not_read_is_named():
    def zipped(part):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(part, "x")
            archive.writestr("autre.dat", "x")
        return out.getvalue()

    assert "TopoJSON" in files.refusal_of(b'{"type": "Topology", "objects": {}}')
    assert "SQLite" in files.refusal_of(b"SQLite format 3\0" + bytes(200))
    assert "Numbers" in files.refusal_of(zipped("Index/Document.iwa"))
    assert "MapInfo" in files.refusal_of(zipped("a.tab"))
    assert "QGIS" in files.refusal_of(zipped("a.qgs"))
    link_only = (
        b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link><href>'
        b"https://a.fr</href></Link></NetworkLink></Document></kml>"
    )
    assert "carte en ligne" in files.refusal_of(link_only)


def test_a_postcode_that_no_commune_has_is_of_the_collectivity_of_its_digits():
    draft = files.drafted("Nom;Code postal;Ville\nA;98890;Païta\n")
    assert any("Nouvelle-Calédonie" in problem.message for problem in draft.problems)


def test_the_metropole_de_lyon_stands_for_its_departement():
    draft = files.drafted("Nom;Département\nA;Métropole de Lyon\n")
    assert draft.actors["departement_code"].tolist() == ["69"]


@pytest.mark.parametrize(
    ("text", "day"),
    [("12 janv. 2024", "2024-01-12"), ("2024/01/12", "2024-01-12"), ("20240112", "2024-01-12"),
     ("12/01/24", "2024-01-12"), ("le vendredi 12 janvier 2024 à 10h", "2024-01-12"),
     ("99/99/24", ""), ("20241399", ""), ("ma 2024", ""), ("12-janv-24", "2024-01-12"),
     ("janv-24", "2024-01"), ("févr. 98", "1998-02"), ("12/03/98", "1998-03-12"),
     ("12/01/24 10:30", "2024-01-12"), ("Jan 12, 2024", "2024-01-12"), ("12-Aug-24", "2024-08-12"),
     ("Fri, 12 Jan 2024 10:00:00 GMT", "2024-01-12"), ("August 1st, 2024", "2024-08-01"),
     ("45303", "2024-01-12"), ("45303,5", "2024-01-12"), ("1705050000", "2024-01-12"),
     ("1705050000123", "2024-01-12"), ("75001 Paris", ""), ("443061841", ""), ("12", ""),
     ("jui 2024", ""), ("depuis 2019", "")],
)  # fmt: skip
def test_days_are_read_as_tools_write_them(text, day):
    assert iso(text) == day


@pytest.mark.parametrize(
    ("cells", "days"),
    [(["01/25/2024", "12/01/2024"], ["2024-01-25", "2024-12-01"]),
     (["25/01/2024", "12/01/2024"], ["2024-01-25", "2024-01-12"]),
     (["01/25/2024", "25/01/2024"], ["", "2024-01-25"]),
     (["25/01/2024", "99/99/2024"], ["2024-01-25", ""])],
)  # fmt: skip
def test_a_column_of_days_says_its_own_order(cells, days):
    rows = [[f"Asso {i}", "Vichy", cell] for i, cell in enumerate(cells)]
    draft = files.drafted(files.csv_bytes([["Nom", "Ville", "Date de mise à jour"], *rows]))
    assert draft.actors["source_date"].tolist() == days
    words = " ".join(problem.message for problem in draft.problems)
    assert ("mois/jour/année" in words) == (days[-1] == "2024-12-01")
    assert ("illisible" in words) == ("" in days)


def test_a_day_that_a_spreadsheet_counts_is_read_and_told():
    cells = [["Nom", "Ville", "Date de mise à jour"], ["Asso A", "Vichy", "45303"]]
    draft = files.drafted(files.csv_bytes(cells))
    assert draft.actors["source_date"].tolist() == ["2024-01-12"]
    assert any("lu comme une date" in problem.message for problem in draft.problems)


@pytest.mark.parametrize("town", ["Ville de Vichy", "Mairie de Vichy", "Vichy, France"])
def test_a_town_is_known_beside_what_it_is(town):
    assert files.draft_of([["Nom", "Ville"], ["A", town]]).actors["commune_code"].tolist() == [
        "03310"
    ]


def test_the_address_of_a_person_is_read_beside_the_name_and_behind_it():
    book = openpyxl.Workbook()
    for row in (["Nom", "Contact"], ["A", "Anne Durand"], ["B", "Écrire"], ["C", "Zoé <z@c.fr>"]):
        book.active.append(row)
    book.active["B2"].hyperlink = "mailto:anne@a.fr?subject=Bonjour"
    book.active["B3"].hyperlink = "mailto:jean@b.fr"
    out = io.BytesIO()
    book.save(out)
    people = files.drafted(out.getvalue(), "a.xlsx").contacts
    assert [(one["contact_name"], one["contact_email"]) for one in people] == [
        ("Anne Durand", "anne@a.fr"),
        ("", "jean@b.fr"),
        ("Zoé", "z@c.fr"),
    ]


def test_a_letter_lost_for_good_is_told_by_its_row():
    draft = files.drafted("Nom;Ville\nA;Vichy\n\ufffdpicerie;Vichy\n")
    told = " ".join(draft.notices).replace("\u00a0", " ")
    assert "Ligne 3 : lettre perdue" in told
