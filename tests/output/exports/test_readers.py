"""Every format read back by readers nobody here wrote, equal to the view."""

import io
import json
import re
import sqlite3
import subprocess
from html import unescape
from pathlib import Path

import geopandas as gpd
import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest
from geojson_pydantic import FeatureCollection
from pydantic import ValidationError

from geo.database import connect, connect_spatial
from geo.output.caption import LICENCE
from geo.output.exports import FORMATS
from geo.output.exports.model import STEP, Export
from tests.output.exports.drawn import (
    ALL_FORMS,
    HOSTILE,
    IDS,
    about,
    drawn_export,
    empty_export,
    hostile_export,
    lost_codes_export,
    ogrinfo,
    unplaced_export,
)

PLACED = ["a", "b", "c", "e"]


def written(form: str, export: Export, folder: Path) -> Path:
    path = folder / export.file_name(form)
    path.write_bytes(FORMATS[form].content(export))
    return path


# --- GeoJSON ----------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", range(5))
def test_geojson_is_valid_for_a_validator(subject):
    export = about(subject)
    text = FORMATS["geojson"].content(export)
    found = FeatureCollection.model_validate_json(text)
    assert [one.id for one in found.features] == [
        one
        for one, shape in zip(export.main.frame.index, export.main.geometry, strict=True)
        if shape is not None
    ]
    document = json.loads(text)
    assert document["count"] == len(export.main.frame)
    assert document["licence"] == LICENCE
    west, south, east, north = document["bbox"]
    assert west <= east and south <= north  # noqa: PT018


def test_the_validator_can_refuse():
    document = json.loads(FORMATS["geojson"].content(about(4)))
    document["features"][0]["geometry"]["coordinates"][0][0].pop()  # an open ring
    with pytest.raises(ValidationError):
        FeatureCollection.model_validate(document)


def test_geojson_is_cut_in_pieces_that_join():
    export = drawn_export()
    many = Export((_repeated(export.main, STEP + 7),), export.caption, "acteurs")
    pieces = list(FORMATS["geojson"].write(many))
    assert len(pieces) == 4
    assert len(json.loads(b"".join(pieces))["features"]) == STEP + 7


def _repeated(dataset, rows):
    from dataclasses import replace  # noqa: PLC0415

    at = [0] * rows
    return replace(dataset, frame=dataset.frame.iloc[at], geometry=dataset.geometry[at])


def test_what_has_no_place_is_written_only_on_request():
    shut = json.loads(FORMATS["geojson"].content(unplaced_export()))
    assert (shut["features"], shut["count"], shut["unplaced_count"]) == ([], 5, 5)
    assert "bbox" not in shut
    found = unplaced_export()
    asked = Export(found.datasets, found.caption, "x", with_unplaced=True)
    features = json.loads(FORMATS["geojson"].content(asked))["features"]
    assert [(one["id"], one["geometry"]) for one in features] == [(one, None) for one in IDS]


def test_lines_leave_with_both_ids():
    document = json.loads(FORMATS["geojson"].content(about(2)))
    ends = [
        (one["properties"]["source_id"], one["properties"]["target_id"], one["geometry"]["type"])
        for one in document["features"]
    ]
    assert ends == [("a", "b", "LineString"), ("b", "c", "LineString")]


# --- GDAL --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["geojson", "gpkg", "kml"])
@pytest.mark.parametrize("make", [drawn_export, hostile_export, empty_export, unplaced_export])
def test_gdal_reads_every_layer_whole(form, make, tmp_path):
    export = make()
    path = written(form, export, tmp_path)
    told = ogrinfo("-al", "-so", str(path))
    counts = [int(one) for one in re.findall(r"Feature Count: (\d+)", told)]
    wanted = [
        len(one.frame) if form == "gpkg" else one.placed_count
        for one in (export.datasets if form != "geojson" else export.datasets[:1])
    ]
    counts = counts[: len(wanted)]
    assert counts == wanted


def test_gdal_refuses_a_cut_file(tmp_path):
    path = written("gpkg", drawn_export(), tmp_path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(subprocess.CalledProcessError):
        ogrinfo("-al", "-so", str(path))


def test_geopackage_holds_each_layer_with_its_style(tmp_path):
    export = drawn_export()
    path = written("gpkg", export, tmp_path)
    layers = dict(pyogrio.list_layers(path).tolist())
    assert layers == {
        "actors": "Point",
        "alliances": "MultiLineString",
        "links": "LineString",
        "projects": "MultiPoint",
        "territories": "MultiPolygon",
        "a_propos": None,
        "layer_styles": None,
    }
    frame = gpd.read_file(path, layer="actors")
    assert list(frame["actor_id"]) == IDS
    assert next(iter(frame["practices"])) == "gestion_lieu;accompagnements"
    assert list(frame["profile_label"])[:2] == ["Associations", "Entreprises"]
    assert frame.geometry.isna().tolist() == [False, False, False, True, False]
    with sqlite3.connect(path) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        styles = dict(base.execute("SELECT f_table_name, styleQML FROM layer_styles"))
        told = dict(base.execute("SELECT champ, valeur FROM a_propos"))
    base.close()
    assert set(styles) == {one.subject for one in export.datasets}
    assert told["Filtres"] == "profil : tous"
    assert told["Licence"] == LICENCE
    assert 'value="association"' in styles["actors"]
    assert 'fieldName="alliance_name"' in styles["alliances"]


def test_kml_names_are_text_and_begin_no_tag_where_they_are_read_as_html(tmp_path):
    path = written("kml", hostile_export(), tmp_path)
    names = []
    for layer, _ in pyogrio.list_layers(path):
        names += list(pyogrio.read_dataframe(path, layer=layer)["Name"])
    text = path.read_text(encoding="utf-8")
    shown = [unescape(one[1]) for one in re.findall("<(name|description)>(.*?)</", text, re.DOTALL)]
    assert any("<\u200b" in one for one in shown)
    assert not any(re.search("<[a-zA-Z/!?]", one) for one in shown)
    held = {" ".join(one.replace("\u200b", "").split()) for one in names}
    assert {" ".join(one.split()) for one in [*HOSTILE[:3], HOSTILE[4]]} <= held


# --- spreadsheets ------------------------------------------------------------------------------


def test_xlsx_is_typed_and_says_what_it_is(tmp_path):
    export = drawn_export(fictive=True)
    path = written("xlsx", export, tmp_path)
    assert path.name == "fictif-acteurs.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Acteurs", "Alliances", "Liens", "Projets", "Périmètre", "À propos"]
    sheet = book["Acteurs"]
    header = [cell.value for cell in sheet[1]]
    code = sheet.cell(2, header.index("Code de la commune") + 1)
    assert (code.value, code.data_type) == ("94018", "s")
    assert isinstance(sheet.cell(2, header.index("Longitude") + 1).value, float)
    assert (sheet.freeze_panes, sheet.auto_filter.ref is not None) == ("C2", True)
    assert sheet.max_row == 1 + len(IDS)
    told = dict(book["À propos"].iter_rows(values_only=True))
    assert told["Filtres"] == "profil : tous"
    assert told["Avertissement"].startswith("Données fictives")
    places = book["Périmètre"]
    population = [cell.value for cell in places[1]].index("Population") + 1
    assert isinstance(places.cell(2, population).value, int)


def test_xlsx_runs_nothing():
    content = FORMATS["xlsx"].content(hostile_export())
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Acteurs"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert [sheet.cell(at, 2).value for at in range(2, 7)] == HOSTILE
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)


def test_duckdb_reads_the_csv(tmp_path):
    path = written("csv", hostile_export(), tmp_path)
    rows = connect().sql(f"FROM read_csv('{path}', delim=';', all_varchar=true)").df()
    assert list(rows["actor_id"]) == IDS
    assert list(rows["actor_name"]) == ["'" + HOSTILE[0], *HOSTILE[1:]]
    assert next(iter(rows["profile_label"])) == "Associations"
    assert all("profil : tous" in one for one in rows["extraction"])


# --- DuckDB and Parquet ------------------------------------------------------------------------


def test_duckdb_reads_geoparquet_and_its_types(tmp_path):
    path = written("parquet", drawn_export(), tmp_path)
    rows = (
        connect_spatial()
        .execute(
            "SELECT actor_id, practices, fictive, ST_AsText(geometry) FROM read_parquet(?)",
            [str(path)],
        )
        .fetchall()
    )
    assert rows[0] == ("a", ["gestion_lieu", "accompagnements"], False, "POINT (2.4158 48.8196)")
    assert rows[3][3] is None
    frame = gpd.read_parquet(path)
    assert frame.crs.to_epsg() in {4326, None}
    described = json.loads(pq.read_metadata(path).metadata[b"catalyse"])
    assert (described["count"], described["placed_count"]) == (5, 4)
    assert described["labels"]["actor_name"] == "Nom"


@pytest.mark.parametrize("form", ["geojson", "gpkg"])
def test_duckdb_spatial_reads_the_same_points(form, tmp_path):
    path = written(form, drawn_export(), tmp_path)
    rows = (
        connect_spatial()
        .execute(
            "SELECT actor_id, ST_X(geom) FROM ST_Read(?) WHERE geom IS NOT NULL",
            [str(path)],
        )
        .fetchall()
    )
    assert [one for one, _ in rows] == PLACED
    assert rows[0][1] == pytest.approx(2.4158)


# --- all of them -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize("make", [empty_export, unplaced_export, hostile_export, lost_codes_export])
def test_nothing_breaks_a_writer_and_each_says_its_licence(form, make):
    export = make()
    content = FORMATS[form].content(export)
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        text = str(list(book["À propos"].values))
    elif form == "csv" and export.main.frame.empty:
        return  # a table without a row has nowhere to say it
    else:
        text = content.decode(errors="replace")
    assert ("Licence Ouverte" in text) or (form == "csv" and "INSEE" in text)
    assert ("Données fictives" in text) == export.caption.fictive


def test_html_escapes_every_name_and_asks_for_nothing():
    text = FORMATS["html"].content(hostile_export()).decode()
    assert "<script>alert(1)" not in text
    assert "<b>gras" not in text
    assert text.count("</script>") == 3
    assert "&lt;b&gt;gras&lt;/b&gt;" in text
    markup = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r"(src|href)\s*=", markup)
    assert "default-src 'none'" in text
