"""Reading: every format gives the same texts, and says what it recognised."""

import io
import json

import geopandas as gpd
import openpyxl
import pytest
import shapely

from geo.crs import LAMBERT_93, WGS84
from geo.directory.importing.read import read_table
from geo.errors import BadFileError
from tests.directory.importing import files

ROWS = [["Nom", "Code postal", "Été"], ["Café « Œuvre »", "01400", "oui"], ["B", "97411", ""]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_every_encoding_and_separator(separator, encoding):
    table = read_table(files.csv_bytes(ROWS, separator, encoding), "acteurs.csv")
    assert table.columns == ("Nom", "Code postal", "Été")
    assert table.cells.to_numpy().tolist() == ROWS[1:]
    assert (table.encoding, table.separator) == (encoding, separator)
    assert table.rows.tolist() == [2, 3]


def test_a_line_of_excel_that_names_the_separator_is_no_header():
    table = read_table(b"sep=;\r\nNom;Ville\r\nA;Nantes, Loire\r\n", "a.csv")
    assert table.columns == ("Nom", "Ville")
    assert table.header_row == 2


@pytest.mark.parametrize("write", [files.xlsx_bytes, files.ods_bytes])
def test_workbooks_give_what_a_person_sees(write):
    table = read_table(write([["Nom", "CP", "Note"], ["A", 1400, 2.5], ["B", "01400", "x"]]), "a")
    assert table.cells.to_numpy().tolist() == [["A", "1400", "2.5"], ["B", "01400", "x"]]


def test_header_on_line_3_blank_lines_and_original_row_numbers():
    rows = [["Liste des acteurs", "", ""], ["", "", ""], ["Nom", "Ville", "CP"], ["A", "X", "1"],
            ["", "", ""], ["B", "Y", "2"]]  # fmt: skip
    for table in (
        read_table(files.csv_bytes(rows), "a.csv"),
        read_table(files.xlsx_bytes(rows), "a.xlsx"),
        read_table(files.ods_bytes(rows), "a.ods"),
    ):
        assert table.columns == ("Nom", "Ville", "CP")
        assert table.header_row == 3
        assert table.rows.tolist() == [4, 6]
        assert any("ligne 3" in notice for notice in table.notices)


def test_a_merged_cell_fills_the_rows_below_and_is_told():
    rows = [["Commune", "Nom"], ["Nantes", "A"], [None, "B"], ["Rezé", "C"]]
    table = read_table(files.xlsx_bytes(rows, merged=["A2:A3"]), "a.xlsx")
    assert table.cells["Commune"].tolist() == ["Nantes", "Nantes", "Rezé"]
    assert any("fusionnées" in notice for notice in table.notices)
    plain = read_table(files.xlsx_bytes(rows), "a.xlsx")
    assert plain.cells["Commune"].tolist() == ["Nantes", "", "Rezé"]


def test_a_merged_cell_of_an_ods_fills_the_rows_below_too():
    def cell(text, more=""):
        kind = 'office:value-type="string"'
        return f"<table:table-cell {more} {kind}><text:p>{text}</text:p></table:table-cell>"

    tall, under = cell("Nantes", 'table:number-rows-spanned="2"'), "<table:covered-table-cell/>"
    lines = (
        cell("Nom") + cell("Ville"),
        cell("A") + tall,
        cell("B") + under,
        cell("C") + cell("X"),
    )
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    table = read_table(files.ods_bytes([], blank + rows), "a.ods")
    assert table.cells["Ville"].tolist() == ["Nantes", "Nantes", "X"]
    assert any("fusionnées" in notice for notice in table.notices)


def test_several_sheets_are_told_and_one_may_be_chosen():
    data = files.xlsx_bytes([["Nom", "V"], ["A", "x"]], more_sheets=["Lisez-moi"])
    table = read_table(data, "a.xlsx")
    assert table.sheet == "Acteurs"
    assert any("«\u00a0Lisez-moi\u00a0»" in notice for notice in table.notices)


def test_columns_are_unique_and_ragged_lines_kept():
    table = read_table(b"Nom,Nom,\nA,B,C,D\n", "a.csv")
    assert table.columns == ("Nom", "Nom (2)", "colonne 3", "colonne 4")
    assert table.cells.iloc[0].tolist() == ["A", "B", "C", "D"]


def test_a_file_without_titles_has_numbered_columns():
    table = read_table(b"A,44000,47.2\nB,44100,47.3\n", "a.csv")
    assert table.columns == ("colonne 1", "colonne 2", "colonne 3")
    assert table.rows.tolist() == [1, 2]


def test_geojson_keeps_zeros_and_a_missing_point():
    data = files.geojson_bytes([files.feature({"code": "01004", "n": 3.0}, 5.3, 45.9),
                                files.feature({"code": "2A004"})])  # fmt: skip
    table = read_table(data, "a.geojson")
    assert table.cells["code"].tolist() == ["01004", "2A004"]
    assert table.cells["n"].tolist() == ["3", ""]
    assert table.geometry[0].x == pytest.approx(5.3)
    assert table.geometry[1] is None


@pytest.mark.parametrize("crs", [{"properties": {"name": "EPSG:2154"}}, None])
def test_lambert_93_in_a_geojson_is_converted_stated_or_not(crs):
    data = files.geojson_bytes([files.feature({"nom": "A"}, 652_000.0, 6_862_000.0)], crs=crs)
    table = read_table(data, "a.geojson")
    assert table.geometry[0].x == pytest.approx(2.345, abs=0.01)
    assert table.geometry[0].y == pytest.approx(48.857, abs=0.01)
    assert any("Lambert-93" in notice for notice in table.notices)


@pytest.mark.parametrize(("name", "driver"), [("a.gpkg", "GPKG"), ("a.kml", "LIBKML")])
@pytest.mark.parametrize("system", [WGS84, LAMBERT_93])
def test_layers_come_in_wgs84(tmp_path, name, driver, system):
    if driver == "LIBKML" and system == LAMBERT_93:
        pytest.skip("KML is always WGS 84")
    frame = gpd.GeoDataFrame(
        {"nom": ["A", "B"], "code": ["01004", "2A004"]},
        geometry=[shapely.Point(2.0, 48.0), shapely.Point(9.0, 42.0)],
        crs=WGS84,
    ).to_crs(system)
    frame.to_file(tmp_path / name, driver=driver)
    table = read_table(tmp_path / name)
    assert table.cells["code"].tolist() == ["01004", "2A004"]
    assert [round(point.x, 6) for point in table.geometry] == [2.0, 9.0]


def test_kml_written_by_hand_with_folders():
    def place(name, at):
        return f"<Placemark><name>{name}</name><Point><coordinates>{at}</coordinates></Point></Placemark>"  # noqa: E501

    text = (
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<Folder><name>Lieux</name>{place('A', '2,48,0')}</Folder>"
        f"<Folder><name>Réseaux</name>{place('B', '3,47')}</Folder></Document></kml>"
    )
    table = read_table(text.encode(), "carte.kml")
    assert sorted(table.cells["Name"]) == ["A", "B"]
    assert set(table.cells["dossier"]) == {"Lieux", "Réseaux"}


def test_umap_export_keeps_its_layers():
    features = [files.feature({"name": "A", "_umap_options": {}}, 2.0, 48.0)]
    named = {"type": "FeatureCollection", "_umap_options": {"name": "Lieux"}}
    layers = [{**named, "features": features}]
    table = read_table(json.dumps({"type": "umap", "layers": layers}).encode(), "a.umap")
    assert table.format == "umap"
    assert table.cells.iloc[0].to_dict() == {"name": "A", "calque": "Lieux"}


def test_gogocarto_export_is_laid_flat():
    geo = {"latitude": 48.1, "longitude": 2.1}
    address = {"postalCode": "01400", "addressLocality": "X"}
    record = {"id": "x1", "name": "A", "geo": geo, "address": address, "categories": ["a", "b"]}
    data = json.dumps({"licence": "l", "ontology": "gogofull", "data": [record]}).encode()
    table = read_table(data, "a.json")
    assert table.format == "gogocarto"
    assert table.cells["address.postalCode"].tolist() == ["01400"]
    assert table.cells["categories"].tolist() == ["a; b"]
    assert table.cells["geo.latitude"].tolist() == ["48.1"]


def test_a_linked_cell_gives_the_address_where_it_leads_under_a_title_of_links():
    book = openpyxl.Workbook()
    page = book.active
    for row in (["Annuaire"], ["Nom", "Site internet", "Mail"], ["A", "Notre site", "Écrire"],
                ["B", '=HYPERLINK("https://b.fr/?a=1&b=2","voir")', ""],
                ["C", "https://c.fr", "c@c.fr"]):  # fmt: skip
        page.append(row)
    page["A3"].hyperlink = page["B3"].hyperlink = "https://a.fr/"
    page["A3"].value, page["B3"].value = "A", "Notre site"
    page["C3"].hyperlink = "mailto:contact@a.fr?subject=Bonjour"
    page["B5"].hyperlink, page["B5"].value = "https://a.fr/", "https://c.fr"
    out = io.BytesIO()
    book.save(out)
    table = read_table(out.getvalue(), "a.xlsx")
    assert table.cells["Nom"].tolist() == ["A", "B", "C"]
    assert table.cells["Site internet"].tolist() == [
        *("https://a.fr/", "https://b.fr/?a=1&b=2", "https://c.fr"),
    ]
    assert table.cells["Mail"].tolist() == ["contact@a.fr", "", "c@c.fr"]
    assert any("Liens suivis" in said for said in table.notices)


@pytest.mark.parametrize("title", ["Nom", "Nom de la structure", "Structure"])
def test_a_single_column_of_names_is_not_cut_at_their_commas(title):
    names = ["Emmaüs, Nantes", "Croix-Rouge, Lyon", "Vélo, rollers, trottinettes", "Fabrique"]
    table = read_table("\n".join([title, *names]).encode(), "a.csv")
    assert table.columns == (title,)
    assert table.cells[title].tolist() == names
    under = read_table(f"{title}\nNom,Ville\nA,Nantes\n".encode(), "a.csv")
    assert under.columns == ("Nom", "Ville")


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour à toutes, voici la liste.\nNous avons vu l’association, la mairie.\n",
        "Lieu, une association du territoire, porte un projet.\nElle agit, avec la mairie.\n",
        "Structure, contact, ville : voici ce que nous cherchons.\nMerci, à bientôt.\n",
    ],
)
def test_sentences_are_no_actors(text):
    with pytest.raises(BadFileError, match="pas un tableau"):
        read_table(text.encode(), "lettre.txt")


def test_a_table_typed_by_hand_may_hold_sentences():
    table = read_table("Nom, Objet\nA, Répare des vélos.\nB, Aide les gens.\n".encode(), "a.csv")
    assert table.cells["Nom"].tolist() == ["A", "B"]
