"""Bad files: one sentence that names the file, says what is wrong and what to do."""

import io
import time
import tracemalloc
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest

from geo.directory.importing.limits import Limits, limits_in_force
from geo.directory.importing.read import read_table
from geo.errors import BadFileError
from tests.directory.importing import files

XLSX = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"


def refusal(data, name="mon fichier.csv", **limits):
    with pytest.raises(BadFileError) as caught:
        read_table(data, name, limits=Limits(**limits))
    said = str(caught.value)
    assert said.startswith(f"Fichier «\u00a0{name}\u00a0» refusé\u00a0: ")
    assert said.endswith(".")
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "vide"),
        (b"  \n\n", "vide"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image"),
        (bytes(range(256)) * 20, "texte"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "classeur est illisible"),
        (b"Nom,Ville\n", "aucune ligne"),
        (b"<!doctype html><html></html>", "page web"),
        (b'{"type": "FeatureCollection", "features": [', "mal formé"),
        (b'{"type": "Topology"}', "TopoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "aucun élément"),
        (b"[" * 100_000 + b"{", "mal formé"),
        (b"PK\x03\x04 not a zip at all", "abîmé"),
        (b"SQLite format 3\x00" + b"\1" * 200, "SQLite"),
        (b'<?xml version="1.0"?><kml><Document>', "illisible"),
        (b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "b">]><kml></kml>', "DOCTYPE"),
        (b'Nom,Ville\n"' + b"a" * 200_000, "n’est pas un tableau"),
    ],
)
def test_what_cannot_be_read_is_refused(data, why):
    assert why in refusal(data)


def test_half_a_character_is_replaced_and_a_whole_one_kept():
    table = read_table(rb'[{"Nom": "S\ud800x \ud83d\ude00"}]', "a.json", limits=Limits())
    assert table.cells["Nom"].tolist() == ["S?x \U0001f600"]


def test_an_absent_file_is_refused(tmp_path):
    with pytest.raises(BadFileError, match="introuvable"):
        read_table(tmp_path / "rien.csv")


def test_three_hundred_columns_are_refused_and_a_hundred_are_not():
    def wide(n):
        return files.csv_bytes([[f"c{i}" for i in range(n)], ["x"] * n])

    assert "300\u00a0colonnes" in refusal(wide(300))
    assert len(read_table(wide(100), "a.csv").columns) == 100


def test_limits_are_settings():
    rows = [["Nom", "V"], *[["A", "B"]] * 20]
    assert "20\u00a0lignes" in refusal(files.csv_bytes(rows), rows=10)
    assert "dépasse 1\u00a0Mo" in refusal(b"a" * 1_100_000, megabytes=1).replace(
        "1 Mo", "1\u00a0Mo"
    )


def _bomb(parts, megabytes):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts:
            with archive.open(name, "w", force_zip64=True) as part:
                for _ in range(megabytes):
                    part.write(b"\0" * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize("parts", [[XLSX, SHEET], ["content.xml"]])
def test_a_gigabyte_of_zeros_is_refused_without_being_inflated(parts):
    data = _bomb(parts, 1000 // len(parts))
    assert len(data) < 2_000_000
    tracemalloc.start()
    start = time.process_time()
    assert "décompressé" in refusal(data, "bombe.xlsx")
    assert time.process_time() - start < 1
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_whose_parts_cannot_be_counted_is_refused_unread(method: int, tmp_path: Path):
    """Seven hundred bytes of bzip2 became a gigabyte, whatever size their zip declared."""
    path = tmp_path / "bombe.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.csv", "nom;commune\n" + "0" * 20_000_000)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (1_000).to_bytes(4, "little")
    with patch.object(zipfile.ZipFile, "read", side_effect=AssertionError("it was inflated")):
        assert "façon rare" in refusal(bytes(data), "bombe.zip")


def test_a_zip_that_lies_about_its_size_is_refused_too():
    data = bytearray(_bomb([SHEET], 30))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    assert "décompressé" in refusal(bytes(data), "bombe.xlsx", unzipped_megabytes=10)


def test_a_sheet_whose_last_cell_is_far_away_is_refused():
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    data = files.zipped({XLSX: "<workbook/>", SHEET: f"<worksheet>{cell}</worksheet>"})
    assert "colonnes" in refusal(data, "loin.xlsx")
    row = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    data = files.zipped({XLSX: "<workbook/>", SHEET: f"<worksheet>{row}</worksheet>"})
    assert "lignes" in refusal(data, "loin.xlsx")


def test_a_cell_repeated_a_million_times_is_refused_and_a_blank_one_is_not():
    rows = [["Nom", "Ville"], ["A", "B"]]
    row = '<table:table-row table:number-rows-repeated="1048000">'
    blank = f'{row}<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    assert len(read_table(files.ods_bytes(rows, blank), "a.ods")) == 1
    full = blank.replace("/></table", ' office:value-type="float" office:value="1"/></table')
    assert "colonnes" in refusal(files.ods_bytes(rows, full), "a.ods")


def test_coordinates_of_no_known_system_are_refused():
    feature = files.feature({"nom": "A"}, 9_000_000.0, 12.0)
    assert "ni des longitudes" in refusal(files.geojson_bytes([feature]), "a.geojson")
    crs = {"type": "name", "properties": {"name": "EPSG:99999999"}}
    assert "inconnu" in refusal(files.geojson_bytes([feature], crs=crs), "a.geojson")
    assert "EPSG:4326" in refusal(files.geojson_bytes([feature], crs=crs), "a.geojson")


def test_the_operator_sets_the_limits(monkeypatch):
    monkeypatch.setenv("CATALYSE_IMPORT_ROWS", "2")
    text = b"nom;commune\na;Paris\nb;Paris\nc;Paris\n"
    with pytest.raises(BadFileError, match=r"2.lignes"):
        read_table(text, "a.csv", limits=limits_in_force())
