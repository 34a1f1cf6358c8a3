"""Files that have their reader read another one, of the machine, or ask a server for it."""

import io
import socket
import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.directory.importing.apart import read_apart
from geo.directory.importing.limits import Limits
from geo.directory.importing.read import read_table
from geo.errors import BadFileError

VIRTUAL = (
    '<OGRVRTDataSource><OGRVRTLayer name="{layer}"><SrcDataSource>{source}</SrcDataSource>'
    "<SrcLayer>coffre</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"
)


def zipped(**parts: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("_", "."), data)
    return whole.getvalue()


def virtual(kind: str, source: str) -> bytes:
    """Write a virtual source as a file of another kind begins."""
    text = VIRTUAL.format(layer="waypoints" if kind == "gpx" else "coffre", source=source)
    beginnings = {
        "kml": "<kml></kml>",
        "kmz": "<kml></kml>",
        "gml": "<FeatureCollection></FeatureCollection>",
        "gpx": "<gpx></gpx>",
        "fgb": "fgb\x03",
        "shp": "",
    }
    data = (beginnings[kind] + text).encode()
    if kind == "shp":
        return zipped(carte_shp=data, carte_shx=b"x", carte_dbf=b"x")
    return zipped(doc_kml=data) if kind == "kmz" else data


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "coffre.csv"
    path.write_text("nom,mot\ncoffre,TRES-SECRET\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["kml", "kmz", "gml", "gpx", "fgb", "shp"])
def test_a_file_of_the_machine_is_not_read_by_a_map(kind: str, secret: Path) -> None:
    for read in (read_apart, read_table):
        with pytest.raises(BadFileError) as refused:
            read(virtual(kind, str(secret)), f"carte.{kind}", limits=Limits())
        assert "SECRET" not in str(refused.value)


def test_no_server_is_asked_by_a_map() -> None:
    with socket.create_server(("127.0.0.1", 0)) as asked:
        asked.settimeout(0.2)
        address = f"/vsicurl/http://127.0.0.1:{asked.getsockname()[1]}/coffre.csv"
        with pytest.raises(BadFileError):
            read_apart(virtual("kml", address), "carte.kml", limits=Limits())
        with pytest.raises(TimeoutError):
            asked.accept()


def geopackage(folder: Path, declared: str = "") -> bytes:
    """Write a GeoPackage, and in its list of tables one that its SQL declares."""
    path = folder / "carte.gpkg"
    frame = gpd.GeoDataFrame({"nom": ["Tiers-lieu"]}, geometry=[shapely.Point(2, 48)], crs=4326)
    frame.to_file(path, driver="GPKG", layer="lieux")
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA writable_schema = ON")
        if declared:
            row = "INSERT INTO sqlite_master VALUES ('table', 'coffre', 'coffre', 0, ?)"
            base.execute(row, (declared,))
            base.execute(
                "INSERT INTO gpkg_contents(table_name, data_type, identifier) "
                "VALUES ('coffre', 'attributes', 'coffre')"
            )
    return path.read_bytes()


@pytest.mark.parametrize("made", ["CREATE VIRTUAL", "create/**/virtual", "CREATE \nVIRTUAL"])
def test_a_file_of_the_machine_is_not_read_by_a_table_of_a_geopackage(
    made: str, secret: Path, tmp_path: Path
) -> None:
    data = geopackage(tmp_path, f"{made} TABLE coffre USING VirtualText('{secret}', UTF-8, 1)")
    with pytest.raises(BadFileError, match="table virtuelle"):
        read_apart(data, "carte.gpkg", limits=Limits(), sheet="coffre")


def test_the_index_of_a_geopackage_is_no_fault(tmp_path: Path) -> None:
    assert len(read_apart(geopackage(tmp_path), "carte.gpkg", limits=Limits())) == 1
