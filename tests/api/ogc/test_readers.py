"""Readers nobody here wrote take every collection whole, by box and by filter, from a server."""

import json
import shutil
import subprocess
from typing import Any

import pytest
import shapely
from owslib.ogcapi.features import Features
from shapely.geometry import shape

from geo.output.collections import COLLECTIONS, content

OGRINFO = shutil.which("ogrinfo")
NAMES = tuple(COLLECTIONS)
BOX = (2.2, 48.7, 2.6, 49.0)


def touching(name: str, box: tuple[float, float, float, float] = BOX) -> list[str]:
    dataset = content(name).dataset
    found = [one is not None and one.intersects(shapely.box(*box)) for one in dataset.geometry]
    return [*dataset.frame.index[found]]


def gdal(server: str, name: str, *options: str) -> list[dict[str, Any]]:
    """Read features with GDAL's driver, as GeoJSON; ids and geometry as it gives them."""
    tool = shutil.which("ogr2ogr")
    assert tool
    paging = ("-oo", "PAGE_SIZE=5000")
    made = subprocess.run(
        [tool, "-f", "GeoJSON", "/vsistdout/", *paging, f"OAPIF:{server}/api", name, *options],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    assert b"ERROR" not in made.stderr, made.stderr
    return list(json.loads(made.stdout)["features"]) if made.stdout else []


def ids(features: list[dict[str, Any]], name: str) -> list[str]:
    return [one["properties"][content(name).dataset.id] for one in features]


pytestmark = pytest.mark.skipif(OGRINFO is None, reason="gdal-bin is absent")


def test_gdal_lists_the_collections(server: str) -> None:
    made = subprocess.run(
        [str(OGRINFO), "-ro", "-q", f"OAPIF:{server}/api"],
        capture_output=True,
        check=True,
        timeout=60,
    )
    said = made.stdout.decode()
    assert [line.split()[1] for line in said.splitlines()] == [*NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_gdal_reads_a_collection_whole(server: str, name: str) -> None:
    dataset = content(name).dataset
    # Every commune with its attributes: their shapes are read by box below, and whole by OWSLib.
    found = gdal(server, name, *(["-select", "territory_id"] if name == "communes" else []))
    assert ids(found, name) == [*dataset.frame.index]
    for one, held in zip(found, dataset.geometry, strict=True):
        assert same(one["geometry"], held)
    if name != "communes":
        for one, (_, row) in zip(found, dataset.frame.iterrows(), strict=True):
            assert_same_values(one["properties"], row)


def same(given: Any, held: Any) -> bool:
    if given is None or held is None:
        return given is held is None
    found = shape(given)
    if held.geom_type in {"Point", "MultiLineString"}:
        return bool(
            shapely.equals_exact(shapely.get_parts(found), shapely.get_parts(held), 1e-6).all()
        )
    return abs(found.area - held.area) < 1e-6 and found.bounds == pytest.approx(
        held.bounds, abs=1e-6
    )


def assert_same_values(given: dict[str, Any], row: Any) -> None:
    for name, value in row.items():
        if isinstance(value, float):
            assert given[name] == (pytest.approx(value) if value == value else None)  # noqa: PLR0124
        elif isinstance(value, list):
            assert (given[name] or []) == value
        else:
            assert given[name] == value


@pytest.mark.parametrize("name", ["catalysts", "alliances", "communes", "crte", "regions"])
def test_gdal_reads_by_box(server: str, name: str) -> None:
    found = gdal(server, name, "-spat", *map(str, BOX))
    assert ids(found, name) == touching(name)
    assert len(found) > 0


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [("communes", "departement_code", "63"), ("actors", "profile", "entreprise"),
     ("epci", "territory_nature", "METRO"), ("catalysts", "evidence", "named")],
)  # fmt: skip
def test_gdal_reads_by_filter(server: str, name: str, column: str, value: str) -> None:
    frame = content(name).dataset.frame
    found = gdal(server, name, "-where", f"{column} = '{value}'")
    assert ids(found, name) == [*frame.index[frame[column] == value]]
    assert len(found) > 0


def test_owslib_reads_documents(server: str) -> None:
    service = Features(f"{server}/api/")
    assert [one.rpartition("/")[2] for one in service.conformance()["conformsTo"]] == [
        "core", "geojson", "html", "oas30",
    ]  # fmt: skip
    assert service.feature_collections() == [*NAMES]
    assert service.collection("communes")["title"] == "Communes"
    assert service.api()["openapi"].startswith("3.0")
    one = service.collection_item("communes", "commune:63113")
    assert one["properties"]["territory_name"] == "Clermont-Ferrand"


@pytest.mark.parametrize("name", NAMES)
def test_owslib_reads_a_collection_whole(server: str, name: str) -> None:
    service, dataset = Features(f"{server}/api/"), content(name).dataset
    found: list[dict[str, Any]] = []
    while True:
        page = service.collection_items(name, limit=10_000, offset=len(found))
        found += page["features"]
        if len(found) >= page["numberMatched"]:
            break
    assert [one["id"] for one in found] == [*dataset.frame.index]
    assert all(
        same(one["geometry"], held) for one, held in zip(found, dataset.geometry, strict=True)
    )


def test_owslib_reads_by_box_and_filter(server: str) -> None:
    service = Features(f"{server}/api/")
    found = service.collection_items("communes", bbox=[*BOX], limit=10_000)
    assert [one["id"] for one in found["features"]] == touching("communes")
    found = service.collection_items("actors", profile="entreprise", limit=10_000)
    frame = content("actors").dataset.frame
    assert [one["id"] for one in found["features"]] == [
        *frame.index[frame["profile"] == "entreprise"]
    ]
