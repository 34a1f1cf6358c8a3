"""Files of strangers: titles cut short, telephones, points in a cell, as people write them."""

import geopandas as gpd
import pytest

from geo.directory.importing.phones import phone
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from geo.reference import gazetteer
from tests.directory.importing import files


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Tél. 04 73 00 00 00 (accueil)", "04 73 00 00 00"),
        ("04 73 00 00 00 poste 12", "04 73 00 00 00"),
        ("(+33) 473000000", "04 73 00 00 00"),
        ("33 4 73 00 00 00", "04 73 00 00 00"),
        ("0473/00.00.00", "04 73 00 00 00"),
        ("fixe (04.73.00.00.00)", "04 73 00 00 00"),
        ("(04) 73 00 00 00", "04 73 00 00 00"),
        ("04 73 00 00", ""),
    ],
)
def test_a_telephone_is_read_whatever_stands_around(text, kept):
    assert phone(text) == kept


def test_titles_that_a_shapefile_cuts_at_ten_letters_are_known(tmp_path):
    frame = gpd.GeoDataFrame(
        {"raison_soc": ["Café é"], "lib_commun": ["Thiers"]},
        geometry=gpd.points_from_xy([3.55], [45.86]),
        crs="EPSG:4326",
    )
    frame.to_file(tmp_path / "a.shp", encoding="cp1252")
    parts = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    table = read_table(files.zipped(parts), "a.zip")
    row = validate(table, propose(table)).actors.iloc[0]
    assert (row["actor_name"], row["commune_code"]) == ("Café é", "63430")


def test_a_glued_title_of_telephone_and_a_point_of_contact_are_known():
    draft = files.draft_of([["nomStructure", "numTelephone"], ["A", "04 73 00 00 00"]])
    assert draft.actors["phone"].tolist() == ["04 73 00 00 00"]
    record = b'[{"name":"A","contactPoint":{"telephone":"tel:+33-4-91-00-00-00","name":"Durand"}}]'
    table = read_table(record, "a.json")
    draft = validate(table, propose(table))
    assert draft.actors["phone"].tolist() == ["04 91 00 00 00"]
    assert draft.actors["actor_name"].tolist() == ["A"]


def test_a_column_of_postcodes_and_towns_places_its_rows_and_leaves_the_town_alone():
    draft = files.draft_of([["Nom", "CP ville"], ["A", "63300 Thiers"]])
    row = draft.actors.iloc[0]
    assert (row["commune_code"], row["postcode"], row["town"]) == ("63430", "63300", "Thiers")


@pytest.mark.parametrize(
    "cell",
    [
        "45°46'38\"N 3°5'11\"E",
        "3°5'11\"E, 45°46'38\"N",
        "45° 46′ 38″ Nord 3° 5′ 11″ Est",
        "N 45°46'38\" E 3°05'11\"",
    ],
)
def test_a_pair_that_says_its_sides_is_a_point_in_either_order(cell):
    draft = files.draft_of([["Nom", "GPS"], ["A", cell]])
    place = draft.actors[["longitude", "latitude"]].iloc[0].round(4).tolist()
    assert place == [3.0864, 45.7772]


def test_a_column_of_geojson_points_places_its_rows_and_one_of_areas_does_not():
    def of(kind, inner):
        return f'{{"type": "{kind}", "coordinates": {inner}}}'

    rows = [["Nom", "geom"], ["A", of("Point", "[3.08, 45.77]")], ["B", ""]]
    table = read_table(files.csv_bytes(rows, ";"), "a.csv")
    assert validate(table, propose(table)).actors["longitude"].tolist()[0] == 3.08
    assert any("GeoJSON" in notice for notice in table.notices)
    areas = [["Nom", "geo_shape"], ["A", of("Polygon", "[[[3, 45], [4, 45], [4, 46], [3, 45]]]")]]
    assert read_table(files.csv_bytes(areas, ";"), "a.csv").geometry is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("Paris XIe", "75056"), ("Lyon III", "69123"), ("XVIe arrondissement de Marseille", "13055")],
)
def test_an_arrondissement_in_roman_numerals_is_found(text, code):
    assert gazetteer.search(text, 1)[0].code == code
    assert files.draft_of([["Nom", "Ville"], ["A", text]]).actors["commune_code"].tolist() == [code]


def test_a_cell_that_says_none_is_no_unknown_word():
    draft = files.draft_of([["Nom", "Pratiques"], ["A", "néant"], ["B", "Accompagnements"]])
    assert not files.told(draft, "practices")
