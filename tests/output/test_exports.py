"""Exports: read back by readers nobody here wrote; they say what they are, and run no formula."""

import csv
import io
import json

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.coverage import coverage
from geo.analysis.territory import sheet
from geo.directory.catalysts import read_catalysts
from geo.directory.demo import demo_csv
from geo.directory.directory import Directory, directory
from geo.files import inert, uncovered
from geo.output.caption import FICTIVE_NOTICE, caption
from geo.output.coverage import coverage_export
from geo.output.datasets.areas import one_territory
from geo.output.datasets.records import catalysts
from geo.output.exports import FORMATS
from geo.output.exports.model import Export
from geo.query.selection import Selection
from tests.world import catalyst, frame_of

ALL = Selection()
PLACES = Selection(practices=("gestion_lieu",))


def catalysts_geojson(rows, about, *, with_unplaced=False):
    export = Export((catalysts(rows),), about, "essai", with_unplaced)
    return FORMATS["geojson"].content(export).decode()


def catalysts_csv(rows, about):
    return FORMATS["csv"].content(Export((catalysts(rows),), about, "essai"))


def rows_of(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_geojson_says_what_it_is_and_holds_the_selection():
    book = directory()
    rows = book.select(PLACES)
    document = json.loads(catalysts_geojson(rows, caption(book, PLACES, "Essai")))
    assert document["type"] == "FeatureCollection"
    assert document["title"] == "Essai"
    assert document["filters"] == "pratique\u00a0: Gestion d’un lieu"
    assert (document["count"], document["placed_count"], document["unplaced_count"]) == (13, 12, 1)
    assert document["licence"].startswith("Licence Ouverte 2.0")
    assert document["sources"]
    assert document["fictive"] is False
    assert "crs" not in document  # RFC 7946, section 4
    ids = [feature["id"] for feature in document["features"]]
    assert ids == list(rows.index[rows["longitude"].notna()])
    assert all(f["properties"]["catalyst_id"] == f["id"] for f in document["features"])


def test_a_file_of_one_table_says_no_filter_on_what_it_leaves_out():
    book, kept = directory(), Selection(practices=("gestion_lieu",), also=("fabrique_territoire",))
    about = caption(book, kept, "Essai")
    export = Export((catalysts(book.select(kept)),), about, "essai")
    alone = "pratique\u00a0: Gestion d’un lieu"
    assert json.loads(FORMATS["geojson"].content(export))["filters"] == alone
    assert "montrés à part" not in FORMATS["csv"].content(export).decode()
    assert "montrés à part" in dict(export.facts)["Filtres"]  # what an XLSX or a GPKG says


def test_geojson_is_read_by_gdal(tmp_path):
    book = directory()
    path = tmp_path / "tous.geojson"
    path.write_text(catalysts_geojson(book.frame, caption(book, ALL, "Tous")), encoding="utf-8")
    frame = gpd.read_file(path)
    assert frame.crs.to_epsg() == 4326
    placed = book.frame[book.frame["longitude"].notna()]
    assert list(frame["catalyst_name"]) == list(placed["catalyst_name"])
    assert frame.geometry.x.to_list() == pytest.approx(placed["longitude"].to_list(), abs=1e-6)


def test_geojson_takes_the_unplaced_on_request():
    book = directory()
    about = caption(book, ALL, "Tous")
    document = json.loads(catalysts_geojson(book.frame, about, with_unplaced=True))
    assert len(document["features"]) == 85
    assert sum(feature["geometry"] is None for feature in document["features"]) == 27


def test_no_field_of_a_person_leaves():
    about = caption(directory(), ALL, "Tous")
    features = json.loads(catalysts_geojson(directory().frame, about))["features"]
    names = set(features[0]["properties"])
    assert not names & {"contact", "email", "mail", "phone", "telephone", "personne"}


def test_a_perimeter_turns_right_hand_and_stays_whole():
    answer = sheet(directory(), "ept", "200057941", ALL)
    about = caption(directory(), ALL, "Périmètre")
    export = Export((one_territory("ept", "200057941"),), about, "perimetre")
    document = json.loads(FORMATS["geojson"].content(export))
    (feature,) = document["features"]
    assert feature["id"] == "ept:200057941"
    shape = shapely.geometry.shape(feature["geometry"])
    parts = [shape] if shape.geom_type == "Polygon" else list(shape.geoms)
    assert all(part.exterior.is_ccw for part in parts)
    assert not any(ring.is_ccw for part in parts for ring in part.interiors)
    assert shape.equals(answer.perimeter)


def test_csv_holds_everyone_with_labels_and_origin():
    book = directory()
    rows = rows_of(catalysts_csv(book.frame, caption(book, ALL, "Tous")))
    assert len(rows) == 85
    first = next(row for row in rows if row["catalyst_id"].startswith("labo-des-partenariats"))
    assert first["profile_label"] == "Associations"
    assert first["practices_label"].startswith("Dialogue territorial, ")
    assert first["commune_code"] == "67482"
    assert "85\u00a0catalyseurs" in first["extraction"]
    assert "INSEE" in first["attribution"]
    assert "," not in first["longitude"]
    assert next(row["longitude"] for row in rows if row["catalyst_id"] == "ess-level") == ""


def test_a_csv_export_can_be_loaded_again(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(catalysts_csv(directory().frame, caption(directory(), ALL, "Tous")))
    again = read_catalysts(path)
    assert list(again["catalyst_id"]) == list(directory().frame["catalyst_id"])
    assert list(again["practices"]) == list(directory().frame["practices"])


@given(st.sampled_from(["=", "+", "-", "@", "\t", "\r"]), st.text(max_size=20))
def test_no_cell_is_a_formula(start, rest):
    frame = frame_of(catalyst("a", catalyst_name=start + rest, note=f"{start}1+1"))
    about = caption(directory(), ALL, "Essai")
    (row,) = rows_of(catalysts_csv(frame, about))
    assert row["catalyst_name"] == "'" + start + rest
    assert row["note"].startswith("'")


def test_negative_numbers_are_no_formula():
    frame = frame_of(catalyst("a", longitude=-1.5, latitude=48.0))
    (row,) = rows_of(catalysts_csv(frame, caption(directory(), ALL, "Essai")))
    assert row["longitude"] == "-1.5"


def test_fictitious_data_say_so_in_every_record(tmp_path):
    path = tmp_path / "demo.csv"
    path.write_text(demo_csv(20, 1), encoding="utf-8")
    book = Directory(path.name, read_catalysts(path).set_index("catalyst_id", drop=False))
    about = caption(book, ALL, "Essai")
    document = json.loads(catalysts_geojson(book.frame, about))
    assert document["notice"] == FICTIVE_NOTICE
    assert {f["properties"]["fictif"] for f in document["features"]} == {"fictif"}
    rows = rows_of(catalysts_csv(book.frame, about))
    assert {row["fictif"] for row in rows} == {"fictif"}
    assert all(FICTIVE_NOTICE in row["extraction"] for row in rows)
    areas = rows_of(FORMATS["csv"].content(coverage_export(coverage(book, "region", ALL), about)))
    assert all("Données fictives" in row["extraction"] for row in areas)


@pytest.mark.parametrize("kind", ["region", "crte"])
def test_territories_leave_with_their_figures(kind, tmp_path):
    book = directory()
    seen = coverage(book, kind, PLACES)
    about = caption(book, PLACES, "Territoires")
    rows = rows_of(FORMATS["csv"].content(coverage_export(seen, about)))
    assert [row["territory_code"] for row in rows] == list(seen.frame.index)
    assert None not in rows[0]  # as many cells as columns
    assert PLACES.in_words() in rows[0]["extraction"]
    assert about.provenance()["attribution"] == rows[0]["attribution"]
    assert sum(int(row["catalyst_count"]) for row in rows) == seen.frame["catalyst_count"].sum()
    path = tmp_path / "territoires.geojson"
    path.write_bytes(FORMATS["geojson"].content(coverage_export(seen, about)))
    frame = gpd.read_file(path)
    assert len(frame) == len(seen.frame)
    assert frame.geometry.is_valid.all()
    assert json.loads(path.read_text(encoding="utf-8"))["filters"] == PLACES.in_words()


UNSEEN = [
    *("", "'", "''", " ", "\u00a0", "\u200b", "\ufeff", " '\u2060", "\x00", "\u202e\u2066"),
    *("\u061c", "\u180e", "\u2800", "\u3164", "\ufe0f", "\U000e0020"),
]


@pytest.mark.parametrize("start", UNSEEN)
def test_no_cell_begins_a_formula_and_each_comes_back(start: str) -> None:
    for sign in "=+-@\t\r\n＝＋－＠﹦﹢﹣﹫":
        text = f"{start}{sign}1+1"
        assert inert(text) == f"'{text}"
        assert uncovered(inert(text)) == text


@pytest.mark.parametrize("text", ["", "Ça va", "' d’accord", "à 3 + 2", "'", "1=1"])
def test_a_cell_that_is_no_formula_stays(text: str) -> None:
    assert (inert(text), uncovered(text)) == (text, text)
