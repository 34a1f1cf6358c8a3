"""Content decides what a file is: read, or refused by a sentence that names it; never guessed."""

import gzip
import io
import json
import re
import zipfile

import geopandas as gpd
import pytest
from shapely import LineString, Point

from geo.crs import LAMBERT_93, WGS84
from geo.directory.importing.limits import Limits
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from geo.errors import BadFileError
from tests.directory.importing import files

PLACES = gpd.GeoDataFrame(
    {"nom": ["Théâtre A", "Lieu B"]}, geometry=[Point(3.086, 45.779), Point(3.333, 46.566)],
    crs=WGS84,
)  # fmt: skip
KML = "<Placemark><name>Lieu</name><Point><coordinates>3.3,46.5</coordinates></Point></Placemark>"
CSV = files.csv_bytes([["Nom", "Ville"], ["Lieu A", "Moulins"], ["Lieu B", "Vichy"]], ";")
OSM = '<osm version="0.6"><node id="1"><tag k="name" v="A"/></node></osm>'
OLE = b"\xd0\xcf\x11\xe0" + b"\0" * 600


def written(driver, suffix, folder, places=PLACES, **options):
    path = folder / f"lieux{suffix}"
    places.to_file(path, driver=driver, **options)
    return path


def zipped_folder(folder):
    return files.zipped({one.name: one.read_bytes() for one in sorted(folder.iterdir())})


def names(data, name="n’importe quoi"):
    table = read_table(data, name)
    return validate(table, propose(table)).actors["actor_name"].tolist()


@pytest.mark.parametrize(
    ("driver", "suffix"),
    [("GML", ".gml"), ("FlatGeobuf", ".fgb"), ("GeoJSONSeq", ".geojsonl"), ("KML", ".kml"),
     ("GeoJSON", ".geojson"), ("GPKG", ".gpkg")],
)  # fmt: skip
@pytest.mark.parametrize("name", ["lieux", "lieux.csv", "lieux.xls"])
def test_a_file_of_places_is_read_whatever_its_name_zipped_or_not(driver, suffix, name, tmp_path):
    places = PLACES.rename(columns={"nom": "Name"}) if driver == "KML" else PLACES
    data = written(driver, suffix, tmp_path, places).read_bytes()
    for content in (data, files.zipped({f"dossier/lieux{suffix}": data, "lisez-moi.txt": "x"})):
        table = read_table(content, name)
        placed = zip(names(content, name), (round(one.x, 3) for one in table.geometry), strict=True)
        assert sorted(placed) == [("Lieu B", 3.333), ("Théâtre A", 3.086)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_zipped_shapefile_is_read_with_its_system_and_its_encoding(encoding, tmp_path):
    written("ESRI Shapefile", ".shp", tmp_path, PLACES.to_crs(LAMBERT_93), encoding=encoding)
    data = zipped_folder(tmp_path)
    assert names(data, "lieux.zip") == PLACES["nom"].tolist()
    assert round(read_table(data, "lieux.zip").geometry[1].x, 3) == 3.333
    (tmp_path / "lieux.dbf").unlink()
    assert ".dbf" in files.refusal_of(zipped_folder(tmp_path))
    assert "parties d’un Shapefile" in files.refusal_of((tmp_path / "lieux.shp").read_bytes())


def test_the_places_of_a_gpx_are_read_and_its_tracks_told():
    gpx = (
        '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'
    )
    place = '<wpt lat="46.5" lon="3.3"><name>Lieu</name><desc>Atelier</desc></wpt>'
    track = '<trk><trkseg><trkpt lat="46" lon="3"/><trkpt lat="47" lon="3"/></trkseg></trk>'
    table = read_table(gpx.format(place + track).encode(), "a.gpx")
    assert names(gpx.format(place + track).encode()) == ["Lieu"]
    assert "1 trace" in " ".join(table.notices).replace("\u00a0", " ")
    assert "aucun point d’intérêt" in files.refusal_of(gpx.format(track).encode())


@pytest.mark.parametrize(
    "kml",
    [
        f"<?xml version='1.0'?><!-- {'x' * 9000} --><!--y-->\n<kml>{KML}</kml>",
        re.sub("<(/?)", r"<\1ns0:", f"<kml xmlns:ns0='http://www.opengis.net/kml/2.2'>{KML}</kml>"),
        f"\ufeff  <kml>{KML}</kml>",
    ],
)  # fmt: skip
def test_a_kml_whose_root_comes_late_or_has_a_prefix_is_read(kml):
    assert names(kml.encode()) == ["Lieu"]
    assert names(files.zipped({"doc.kml": kml, "images/a.png": "x"}), "a.kmz") == ["Lieu"]
    linked = {"files/b.kml": "<kml/>", "doc.kml": kml, "style.xsl": "x"}
    assert names(files.zipped(linked), "a.kmz") == ["Lieu"]


@pytest.mark.parametrize("data", [CSV, files.xlsx_bytes([["Nom"], ["Lieu A"], ["Lieu B"]])])
def test_a_zip_of_one_table_is_read(data):
    held = {"__MACOSX/._a.csv": "x", "dossier/a.csv": data}
    assert names(files.zipped(held)) == ["Lieu A", "Lieu B"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (OSM.encode(), "OpenStreetMap"),
        (b"\n<table><tr><td>Nom</td></tr></table>", "page web"),
        (b"<!-- x --><!DOCTYPE html>\n<html><body></body></html>", "page web"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', "Excel 2003"),
        (b'<?xml version="1.0"?><rss version="2.0"/>', "rss"),
        (b"<svg/>", "image"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word"),
        (OLE, "classeur est illisible"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"{\\rtf1 Nom}", "RTF"),
        (b"\xff\xd8\xff\xe0 JFIF", "image"),
        (gzip.compress(CSV, mtime=0), "gzip"),
        (files.zipped({"word/document.xml": "<w/>"}), "Word"),
        (files.zipped({"ppt/presentation.xml": "<p/>"}), "PowerPoint"),
        (files.zipped({"mimetype": "application/vnd.oasis.opendocument.text",
                       "content.xml": "<x/>"}), "LibreOffice"),
        (files.zipped({"a.csv": "Nom\nA", "b.csv": "Nom\nB"}), "plusieurs fichiers"),
        (files.zipped({"a.zip": files.zipped({"b.zip": files.zipped({"c.csv": CSV})})}), "archive"),
        (files.zipped({"lisez-moi.txt": "x"}), "aucun tableau"),
        (files.zipped({"doc.kml": "<kml/>", "acteurs.csv": CSV}), "plusieurs fichiers"),
        (files.zipped({"a.kml": "<kml/>", "b.kml": "<kml/>"}), "plusieurs fichiers"),
        (files.zipped({"a.csv": CSV}).replace(b"a.csv", b"b.csv", 1), "abîmé"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_by_its_name(data, why):
    assert why in files.refusal_of(data)


@pytest.mark.parametrize(
    "text",
    [
        "-- PostgreSQL\nCREATE TABLE acteur (id int);\nINSERT INTO acteur VALUES (1, 'A');",
        "acteurs:\n  - nom: Lieu A\n    ville: Moulins\n  - nom: Lieu B\n",
        "---\ntitre: Lieu\n---\n",
        "2026-11-25 10:00:00,123 INFO démarré\n2026-11-25 10:00:01,456 INFO arrêté\n",
        "# Compte rendu\n\nPrésents : Anne, Paul, Zoé.\n\nOn a parlé du lieu, longuement.\n",
        "import json\n\nprint(1, 2)\n",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Anne\nEND:VCARD\n",
        "[serveur]\nport = 80\n",
        '{"name": "x", "contributors": [{"name": "Anne"}], "version": "1"}',
        '{"type": "Topology", "objects": {"a": [{"name": "x"}]}}',
        "[1, 2, 3]",
        "Bonjour,\nVoici la liste demandée.\nCordialement\n",
    ],
)
def test_a_text_of_another_kind_is_no_table_of_actors(text):
    assert "refusé" in files.refusal_of(text.encode(), "acteurs.csv")


@pytest.mark.parametrize(
    "text",
    [
        "Nom\nLieu A\nLieu B\n",
        "Nom de la structure;X\nLieu A;1\nLieu B;2\n",
        "Lieu A;Moulins\nLieu B;Vichy\nLieu C;Gannat\n",
    ],
)
def test_a_list_of_names_and_a_table_without_known_titles_are_still_read(text):
    assert len(read_table(text.encode(), "a.txt")) >= 2


@pytest.mark.parametrize(
    "text",
    [
        '{"nhits": 2, "next": "https://a.fr/?p=2", "x": [{"nom": "Lieu A"}, {"nom": "Lieu B"}]}',
        '{"nom": "Lieu A"}\n{"nom": "Lieu B"}\n',
        "".join(
            f'\x1e{{"type": "Feature", "properties": {{"nom": "{nom}"}}, "geometry": null}}\n'
            for nom in ("Lieu A", "Lieu B")
        ),
    ],
)
def test_records_wrapped_or_one_a_line_are_read(text):
    assert names(text.encode()) == ["Lieu A", "Lieu B"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['"Non fermé;Vichy;1', "D;Vichy;2"], "Ligne 3"),
        (['"Non fermé;Vichy;1', '"D";Vichy;2'], "Ligne 3"),
        (['D;"Vichy;1', 'Non fermé;"Vichy;2'], "Lignes 3, 4"),
        (['D;Vichy;"1', "Non fermé;Vichy;2"], "Ligne 3"),
        (["D;Vichy;1", '"Non fermé;Vichy;2'], "Ligne 4"),
        (['D;Vichy;"deux\nlignes; ""citées"""', 'Non fermé "E";Vichy;2'], ""),
        (['"D" du coin;Vichy;1', "Non fermé;Vichy;2"], ""),
    ],
)
def test_a_quote_never_closed_costs_no_other_line_and_is_told(lines, told):
    table = read_table("\n".join(["Nom;Ville;CP", "A;Vichy;3", *lines, "Z;Vichy;4"]).encode(), "a")
    assert len(table) == 4
    assert table.cells["Nom"].iloc[-1] == "Z"
    assert any("Non fermé" in name for name in table.cells["Nom"])
    notices = [text for text in table.notices if "guillemet" in text]
    assert [text.split("\u00a0:")[0] for text in notices] == ([told] if told else [])


@pytest.mark.parametrize(
    ("drawing", "why"),
    [
        ({"type": "Polygon", "coordinates": [[[3, 45], [3.1, 45], [3.1, 45.8]]]}, "illisible"),
        ({"type": "Point", "coordinates": ["x", 1]}, "illisible"),
        ({"type": "Zut"}, "illisible"),
        ({"type": "Point", "coordinates": [4600000, 45]}, "hors du monde"),
    ],
)
def test_one_bad_geometry_costs_its_own_place_only(drawing, why):
    features = [files.feature({"nom": name}, 3.3, 46.5) for name in "ABC"]
    features[1]["geometry"] = drawing
    table = read_table(files.geojson_bytes(features), "a.geojson")
    assert [one is None for one in table.geometry] == [False, True, False]
    assert any(text.startswith("Élément 2") and why in text for text in table.notices)


def test_the_first_layer_that_holds_something_is_read(tmp_path):
    path = written("GPKG", ".gpkg", tmp_path, PLACES.iloc[:0], layer="vide")
    PLACES.to_file(path, driver="GPKG", layer="acteurs")
    assert names(path.read_bytes()) == PLACES["nom"].tolist()
    line = gpd.GeoDataFrame({"nom": ["x"]}, geometry=[LineString([(3, 46), (4, 46)])], crs=WGS84)
    assert read_table(written("GPKG", ".gpkg", tmp_path, line).read_bytes(), "a").format == "gpkg"


def test_as_many_lines_as_the_limit_are_read_and_one_more_refused():
    lines = b"Liste;;\nNom;Ville;CP\n" + b"A;B;1\n" * 100_000
    assert len(read_table(lines, "a.csv")) == 100_000
    assert "100\u202f001\u00a0lignes" in files.refusal_of(lines + b"A;B;1\n")


@pytest.mark.parametrize("write", [files.xlsx_bytes, files.ods_bytes])
def test_titles_of_a_workbook_are_no_lines_either(write):
    rows = [["Liste", "", ""], ["Nom", "Ville", "CP"], *[["A", "B", "1"]] * 40]
    assert len(read_table(write(rows), "a", limits=Limits(rows=40))) == 40
    with pytest.raises(BadFileError, match="la limite est de 39"):
        read_table(write(rows), "a", limits=Limits(rows=39))


def test_a_schema_that_a_gml_names_is_not_fetched(tmp_path):
    gml = written("GML", ".gml", tmp_path).read_text("utf-8")
    assert "schemaLocation" in gml
    away = gml.replace("lieux.xsd", "http://127.0.0.1:9/lieux.xsd")
    assert names(away.encode()) == PLACES["nom"].tolist()


def test_a_zip_is_not_believed_on_the_names_of_its_parts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../../tmp/evil.shp", b"\0")
        archive.writestr("../../../tmp/evil.shx", b"\0")
        archive.writestr("../../../tmp/evil.dbf", b"\0")
    assert "Shapefile est illisible" in files.refusal_of(out.getvalue())


ODD = [None, [], [1], 5, "x", True]
GOOD = files.feature({"nom": "Lieu A"}, 2.0, 48.0)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("where", ["feature", "properties"])
@pytest.mark.parametrize("form", ["geojson", "umap"])
def test_an_element_that_is_no_object_is_told_with_its_row(form, where, odd):
    features = [odd if where == "feature" else {**GOOD, "properties": odd}, GOOD]
    whole = {"type": "umap", "layers": [{"features": features}]}
    table = read_table(
        json.dumps(whole).encode() if form == "umap" else files.geojson_bytes(features)
    )
    draft = validate(table, propose(table))
    assert draft.actors["actor_name"].to_dict() == {2: "Lieu A"}
    assert any(one.row == 1 and one.severity == "erreur" for one in draft.problems)


@pytest.mark.parametrize("odd", ODD)
def test_a_collection_without_a_list_of_elements_is_refused(odd):
    for whole in ({"type": "FeatureCollection", "features": odd if odd != [1] else {}},
                  {"type": "umap", "layers": [{"features": odd if odd != [1] else {}}]},
                  {"type": "umap", "layers": odd}):  # fmt: skip
        assert "refusé" in files.refusal_of(json.dumps(whole).encode(), "a.geojson")
