"""Readers nobody here wrote take every collection whole, by box and by filter, from a server."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from math import isclose, isnan
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
import pyarrow as pa
import pyogrio
import pytest
import shapely
from owslib import ogcapi
from owslib.ogcapi.features import Features
from pyarrow import feather

from geo.output.collections import COLLECTIONS, content
from tests.api.ogc.drawn import normal

TOOL: Final = shutil.which("ogr2ogr")
NAMES = tuple(COLLECTIONS)
BOX = (2.2, 48.7, 2.6, 49.0)
Gdal = Callable[..., pa.Table]
BINARY: Final = {"wkb_geometry", "geom"}  # what GDAL calls the column of shapes


def touching(name: str, box: tuple[float, float, float, float] = BOX) -> list[str]:
    dataset = content(name).dataset
    found = [one is not None and one.intersects(shapely.box(*box)) for one in dataset.geometry]
    return [*dataset.frame.index[found]]


BRIDGED: Final = """
import sys, pyogrio
from pyarrow import feather
address, layer, target, page, area, where = sys.argv[1:]
options = {"bbox": tuple(map(float, area.split(",")))} if area else {}
options |= {"where": where} if where else {}
feather.write_feather(
    pyogrio.read_arrow(address, layer=layer, PAGE_SIZE=page, **options)[1], target
)
"""


def page_of(name: str) -> int:
    """Choose how many features GDAL asks at once: an older one asks its first page twice.

    It takes the types of fields from that page. Territories have them all in any page, and outlines
    are long; of others, few of which fill a field, one page has all.
    """
    dataset = content(name).dataset
    return 1 + len(dataset.frame) // 20 if dataset.shape == "MultiPolygon" else 5000


def newest(address: str, name: str, target: Path, area: str, where: str) -> list[str]:
    """Say the command that reads with the GDAL of pyogrio's own wheel."""
    words = [address, name, str(target), str(page_of(name)), area, where]
    return [sys.executable, "-c", BRIDGED, *words]


def distributed(address: str, name: str, target: Path, area: str, where: str) -> list[str]:
    """Say the command that reads with the GDAL of the distribution."""
    options = ["-spat", *area.split(",")] if area else []
    options += ["-where", where] if where else []
    options += ["-oo", f"PAGE_SIZE={page_of(name)}", "-f", target.suffix[1:]]
    options += ["-lco", "SPATIAL_INDEX=NO"] if target.suffix == ".GPKG" else []
    return ["ogr2ogr", *options, str(target), address, name]


def written(target: Path) -> pa.Table:
    """Read what a reader wrote, its columns as they are."""
    if target.suffix == ".feather":
        return feather.read_table(target)
    options = {} if target.suffix == ".GPKG" else {"DATE_AS_STRING": "YES"}
    return pyogrio.read_arrow(target, **options)[1]


READERS: Final = {f"GDAL {pyogrio.__gdal_version_string__}": newest}
if TOOL:
    said = subprocess.run([TOOL, "--version"], capture_output=True, check=True).stdout.decode()
    READERS[said.partition(",")[0]] = distributed
# Communes take a GDAL twelve seconds to parse, OWSLib as long. The newest GDAL reads all of them;
# the others some, by box and by filter, and many pages of every other collection of territories.
WHOLE: Final = [
    pytest.param(reader, name, id=f"{version}-{name}")
    for version, reader in READERS.items()
    for name in NAMES
    if reader is newest or name != "communes"
]


@pytest.fixture(params=READERS.values(), ids=[*READERS])
def gdal(request: pytest.FixtureRequest, server: str, tmp_path: Path) -> Gdal:
    """Read features with GDAL's driver; ids, values and geometry as it gives them.

    What it writes is binary: text of outlines took longer to write and read than to fetch. A
    GeoPackage holds no list, so what has some, and points only, is written as GeoJSON.
    """

    def read(name: str, area: str = "", where: str = "") -> pa.Table:
        lists = content(name).dataset.frame.map(lambda one: isinstance(one, list)).any(axis=None)
        form = "feather" if request.param is newest else "GeoJSON" if lists else "GPKG"
        target = tmp_path / f"read.{form}"
        command = request.param(f"OAPIF:{server}/api", name, target, area, where)
        made = subprocess.run(command, capture_output=True, check=False, timeout=400)
        assert (made.returncode, b"ERROR" in made.stderr) == (0, False), made.stderr.decode()
        return written(target)

    return read


def ids(found: pa.Table, name: str) -> list[str]:
    return list(found[content(name).dataset.id].to_pylist())


@pytest.mark.skipif(not shutil.which("ogrinfo"), reason="gdal-bin is absent")
def test_gdal_lists_the_collections(server: str) -> None:
    command = ["ogrinfo", "-ro", "-q", f"OAPIF:{server}/api"]
    said = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
    assert [line.split()[1] for line in said.splitlines()] == [*NAMES]


@pytest.mark.parametrize(("gdal", "name"), WHOLE, indirect=["gdal"])
def test_gdal_reads_a_collection_whole(gdal: Gdal, name: str) -> None:
    frame = content(name).dataset.frame
    found = gdal(name)
    assert ids(found, name) == [*frame.index]
    [shapes] = BINARY & {*found.column_names}
    assert_same_shapes(shapely.from_wkb(found[shapes].to_numpy()), name)
    for column in frame:
        assert_same_values(found[column].to_pylist(), frame[column].tolist())


@cache
def held(name: str) -> tuple[Any, Any]:
    """Say where a collection has shapes, and give them as the API writes them."""
    shapes = content(name).dataset.geometry
    there = ~shapely.is_missing(shapes)
    return there, normal(shapes[there])


def assert_same_shapes(found: Any, name: str) -> None:
    """Compare shapes corner by corner, wherever their rings begin."""
    there, theirs = held(name)
    assert (shapely.is_missing(found) == ~there).all()
    ours = shapely.normalize(found[there])
    for row in np.flatnonzero(~shapely.equals_exact(ours, theirs, 1e-6)):
        # A ring that meets itself may begin at the same corner in two ways.
        corners = [
            np.sort(shapely.get_coordinates(one), axis=0) for one in (ours[row], theirs[row])
        ]
        assert corners[0] == pytest.approx(corners[1], abs=1e-6)
        assert ours[row].area == pytest.approx(theirs[row].area, abs=1e-9)


def assert_same_values(given: list[Any], wanted: list[Any]) -> None:
    for one, other in zip(given, wanted, strict=True):
        if isinstance(other, float):
            # As near as ``pytest.approx`` has it, which takes a thousand times longer.
            near = isinstance(one, float) and isclose(one, other, rel_tol=1e-6, abs_tol=1e-12)
            assert one is None if isnan(other) else near
        elif isinstance(other, list) and isinstance(one, str):  # a list of nothing has no type
            assert orjson.loads(one) == other
        else:
            assert one == other or (one is None and other == [])


@pytest.mark.parametrize("name", ["catalysts", "alliances", "communes", "crte", "regions"])
def test_gdal_reads_by_box(gdal: Gdal, name: str) -> None:
    found = gdal(name, area=",".join(map(str, BOX)))
    assert ids(found, name) == touching(name)
    assert len(found) > 0


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [("communes", "departement_code", "63"), ("actors", "profile", "entreprise"),
     ("epci", "territory_nature", "METRO"), ("catalysts", "evidence", "named"),
     ("actors", "fictive", 1), ("actors", "fictive", 0)],
)  # fmt: skip
def test_gdal_reads_by_filter(gdal: Gdal, name: str, column: str, value: str | int) -> None:
    frame = content(name).dataset.frame
    found = gdal(name, where=f"{column} = {value!r}")
    assert ids(found, name) == [*frame.index[frame[column] == value]]
    assert len(found) > 0


def test_owslib_reads_documents(server: str) -> None:
    service = Features(f"{server}/api/")
    assert [one.rpartition("/")[2] for one in service.conformance()["conformsTo"]] == [
        "core", "geojson", "html", "oas30", "crs",
    ]  # fmt: skip
    assert service.feature_collections() == [*NAMES]
    assert service.collection("communes")["title"] == "Communes"
    assert service.api()["openapi"].startswith("3.0")
    one = service.collection_item("communes", "commune:63113")
    assert one["properties"]["territory_name"] == "Clermont-Ferrand"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "communes"])
def test_owslib_reads_a_collection_whole(
    server: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Unpacked: that a page of outlines unpacks is GDAL's to show, and takes a third of the time.
    monkeypatch.setitem(ogcapi.REQUEST_HEADERS, "Accept-Encoding", "identity")
    service, dataset = Features(f"{server}/api/"), content(name).dataset
    found: list[dict[str, Any]] = []
    while True:
        page = service.collection_items(name, limit=500, offset=len(found))
        found += page["features"]
        if len(found) >= page["numberMatched"]:
            break
    assert [one["id"] for one in found] == [*dataset.frame.index]
    texts = [orjson.dumps(one["geometry"]).decode() for one in found]
    shapes = shapely.from_geojson([None if text == "null" else text for text in texts])
    assert_same_shapes(shapes, name)


def test_owslib_reads_by_box_and_filter(server: str) -> None:
    service = Features(f"{server}/api/")
    found = service.collection_items("communes", bbox=[*BOX], limit=10_000)
    assert [one["id"] for one in found["features"]] == touching("communes")
    found = service.collection_items("actors", profile="entreprise", limit=10_000)
    frame = content("actors").dataset.frame
    assert [one["id"] for one in found["features"]] == [
        *frame.index[frame["profile"] == "entreprise"]
    ]
