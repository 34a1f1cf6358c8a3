"""Titles that say more or less than a field, sheets that hold no records, places as written."""

import io

import openpyxl
import pytest

from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from geo.errors import BadFileError
from geo.output.caption import Caption
from geo.output.datasets.records import alliances, projects
from geo.output.exports import FORMATS
from geo.output.exports.model import Export
from tests.directory.duplicates.drawn import book
from tests.directory.importing import files


def mapped(columns, values):
    table = read_table(files.csv_bytes([columns, values], ";"), "a.csv")
    return dict(propose(table).pairs)


def xlsx_of(*sheets, merged=()):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, state, rows in sheets:
        page = workbook.create_sheet(title)
        page.sheet_state = state
        for row in rows:
            page.append(row)
        for cells in merged:
            page.merge_cells(cells)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("title", "field", "value"),
    [
        ("Code postal du lieu", "postcode", "03000"),
        ("Commune de votre association", "town", "Moulins"),
        ("Adresse de l’organisme", "address", "1 rue A"),
        ("Présentation courte", "description", "Un lieu"),
        ("Codepostaldelastructure", "", "x"),
        ("Numerodetelephone", "phone", "0470000000"),
        ("properties.codePostal", "postcode", "03000"),
        ("adresse.ville", "town", "Moulins"),
        ("porteur.ville", "", "Moulins"),
        ("note_moyenne", "", "0.9563718181"),
        ("siren_commune", "", "210301909"),
    ],
)
def test_a_title_is_read_without_what_surrounds_it(title, field, value):
    found = mapped(["Nom", title], ["Lieu A", value])
    assert found.get(title, "") == field


def test_a_prefix_of_most_titles_is_left_out_and_not_one_of_some():
    columns = ["x_nom", "x_ville", "x_mel", "x_lat1", "x_long1"]
    values = ["Lieu", "Moulins", "a@b.fr", "46.5", "3.3"]
    assert [*mapped(columns, values).values()] == [
        "actor_name", "town", "email", "latitude", "longitude",
    ]  # fmt: skip
    some = ["nom", "ville", "cp", "r_id", "r_type", "r_nom"]
    assert "r_id" not in mapped(some, ["Lieu", "Moulins", "03000", "03190_1", "x", "y"])


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        ("46°33'57\"N", "3°19'59\"E", (3.3331, 46.5658)),
        ("46° 33′ 57,0″ N", "3° 19′ 59″ E", (3.3331, 46.5658)),
        ("46 33 57 N", "3 19 59 E", (3.3331, 46.5658)),
        ("46°33.95'", "-1°30'", (-1.5, 46.5658)),
        ("46.5658 N", "1,5° O", (-1.5, 46.5658)),
    ],
)
def test_degrees_are_read_as_people_write_them(latitude, longitude, place):
    draft = files.draft_of([["Nom", "Latitude", "Longitude"], ["A", latitude, longitude]])
    found = draft.actors.iloc[0]
    assert (round(found["longitude"], 4), round(found["latitude"], 4)) == place


@pytest.mark.parametrize(
    "cell",
    ["POINT (3.333 46.566)", "SRID=4326;POINT(3.333 46.566)", "POINT Z (3.333 46.566 10)",
     "MULTIPOINT ((3.333 46.566))", "SRID=2154;POINT (725534 6607743)"],
)  # fmt: skip
@pytest.mark.parametrize("write", [files.csv_bytes, files.xlsx_bytes])
def test_a_column_of_wkt_places_its_rows_and_a_bad_one_is_told(cell, write):
    table = read_table(write([["Nom", "geom"], ["A", cell], ["B", cell], ["C", "POINT (x)"]]), "a")
    draft = validate(table, propose(table))
    assert draft.actors["longitude"].round(2).tolist()[:2] == [3.33, 3.33]
    assert any("Élément 3" in text for text in table.notices)
    assert "geom" not in table.columns


def test_a_drawn_point_goes_before_written_coordinates_and_a_contradiction_is_told():
    data = files.geojson_bytes([
        files.feature({"nom": "A", "X": "2.9", "Y": "45.7"}, 3.086, 45.779),
        files.feature({"nom": "B", "X": "3.086", "Y": "45.779"}, 3.0861, 45.7791),
        files.feature({"nom": "C", "X": "3.333", "Y": "46.566"}),
        files.feature({"nom": "D", "X": "zut", "Y": ""}, 3.0, 46.0),
    ])  # fmt: skip
    wkt = files.csv_bytes([["Nom", "geom", "X", "Y"], ["A", "POINT (3.086 45.779)", "2.9", "45.7"],
                           ["B", "POINT (3.0861 45.7791)", "3.086", "45.779"],
                           ["C", "", "3.333", "46.566"],
                           ["D", "POINT (3 46)", "zut", ""]])  # fmt: skip
    for content, name, first in ((data, "a.geojson", 1), (wkt, "a.csv", 2)):
        table = read_table(content, name)
        draft = validate(table, propose(table))
        assert draft.actors["longitude"].round(4).tolist() == [3.086, 3.0861, 3.333, 3.0]
        warned = [one for one in draft.problems if "dessiné" in one.message]
        assert [one.row for one in warned] == [first]
        assert not any("illisible" in one.message for one in draft.problems)


def test_a_text_of_an_old_mac_keeps_its_accents():
    rows = [["Nom", "Ville"], ["Épicerie du théâtre", "Orléans"], ["À côté", "Besançon"]]
    for encoding in ("mac_roman", "cp1252"):
        data = files.csv_bytes(rows, ";", encoding).replace(b"\r\n", b"\r")
        assert read_table(data, "a.csv").cells.to_numpy().tolist() == rows[1:]


def test_a_hidden_sheet_is_not_read_unless_it_is_asked_for():
    data = xlsx_of(
        ("Listes", "hidden", [["Type", "Statut"], ["a", "actif"]]),
        ("Lieux", "visible", [["Nom", "Ville"], ["Lieu A", "Moulins"]]),
    )
    assert read_table(data, "a.xlsx").sheet == "Lieux"
    assert read_table(data, "a.xlsx", sheet="Listes").columns == ("Type", "Statut")


def test_titles_on_two_lines_are_those_of_the_second():
    rows = [["Nom", "Adresse", None, "Téléphone"], [None, "Rue", "CP", None],
            ["Lieu A", "1 rue X", "03000", "0470000000"]]  # fmt: skip
    data = xlsx_of(("Lieux", "visible", rows), merged=["A1:A2", "B1:C1", "D1:D2"])
    table = read_table(data, "a.xlsx")
    assert table.columns == ("Nom", "Rue", "CP", "Téléphone")
    assert table.rows.tolist() == [3]


@pytest.mark.parametrize("form", ["csv", "geojson", "kml", "parquet"])
@pytest.mark.parametrize(
    ("made", "kind", "row"),
    [
        (alliances, "alliance", {"alliance_id": "x", "alliance_name": "Pacte", "member_ids": []}),
        (projects, "project", {"project_id": "x", "project_name": "Jardin", "actor_ids": []}),
    ],
)
def test_what_we_write_of_something_else_is_not_taken_for_actors(form, made, kind, row):
    tables = book(**{kind: [row]})
    dataset = made(tables[kind].set_index(f"{kind}_id", drop=False), tables["actor"])
    about = Caption("Autres", "sans filtre", False, "base", subject=dataset.subject)  # noqa: FBT003
    export = Export((dataset,), about, "autres", with_unplaced=True)
    content = FORMATS[form].content(export)
    with pytest.raises(BadFileError, match="export d"):
        read_table(content if isinstance(content, bytes) else b"".join(content), "a")
