"""Readers nobody here wrote take every collection whole, by box and by filter, from a server."""

import json
import shutil
import subprocess
from typing import Any

import numpy as np
import orjson
import pytest
import shapely
from owslib.ogcapi.features import Features

from geo.output.collections import COLLECTIONS, content
from tests.api.ogc.drawn import normal

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
    found = gdal(server, name)
    assert ids(found, name) == [*dataset.frame.index]
    assert_same_shapes(found, dataset.geometry)
    for one, (_, row) in zip(found, dataset.frame.iterrows(), strict=True):
        assert_same_values(one["properties"], row)


def assert_same_shapes(features: list[dict[str, Any]], held: Any) -> None:
    """Compare shapes corner by corner, wherever their rings begin."""
    written = [orjson.dumps(one["geometry"]).decode() for one in features]
    found = shapely.from_geojson([None if text == "null" else text for text in written])
    assert (shapely.is_missing(found) == shapely.is_missing(held)).all()
    there = ~shapely.is_missing(held)
    ours = shapely.normalize(found[there])
    theirs = normal(held[there])
    for row in np.flatnonzero(~shapely.equals_exact(ours, theirs, 1e-6)):
        # A ring that meets itself may begin at the same corner in two ways.
        corners = [
            np.sort(shapely.get_coordinates(one), axis=0) for one in (ours[row], theirs[row])
        ]
        assert corners[0] == pytest.approx(corners[1], abs=1e-6)
        assert ours[row].area == pytest.approx(theirs[row].area, abs=1e-9)


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
    assert_same_shapes(found, dataset.geometry)


def test_owslib_reads_by_box_and_filter(server: str) -> None:
    service = Features(f"{server}/api/")
    found = service.collection_items("communes", bbox=[*BOX], limit=10_000)
    assert [one["id"] for one in found["features"]] == touching("communes")
    found = service.collection_items("actors", profile="entreprise", limit=10_000)
    frame = content("actors").dataset.frame
    assert [one["id"] for one in found["features"]] == [
        *frame.index[frame["profile"] == "entreprise"]
    ]
