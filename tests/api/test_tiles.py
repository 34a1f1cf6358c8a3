"""Vector tiles, decoded by two readers nobody here wrote."""

import gzip
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import pyogrio.raw
import pytest
import shapely
from shapely.geometry import shape
from starlette.applications import Starlette

from geo.api import tiles as routes
from geo.output import tiles
from geo.output.collections import content
from tests.api.asgi import Client

EXTENT = 4096
ROUND_PARIS = (48.8566, 2.3522)


@pytest.fixture(autouse=True)
def _no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_API_RATE", "10000000")


@pytest.fixture
def client() -> Client:
    return Client(Starlette(routes=routes.routes()))


def at(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    """Number the tile that holds a point, by the published formula."""
    count = 2**zoom
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * count), int(down * count)


def lonlat(pairs: Any, zoom: int, x: int, y: int) -> Any:
    """Bring tile coordinates, y down, back to degrees."""
    east = (x + pairs[:, 0] / EXTENT) / 2**zoom
    down = (y + pairs[:, 1] / EXTENT) / 2**zoom
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * down))))
    return np.column_stack([east * 360 - 180, lat])


def decoded(name: str, zoom: int, x: int, y: int) -> tuple[list[dict[str, Any]], Any]:
    found = mapbox_vector_tile.decode(
        tiles.tile(name, zoom, x, y).content, default_options={"y_coord_down": True}
    )
    features = found.get(name, {"features": []})["features"]
    shapes = np.array([shape(one["geometry"]) for one in features], dtype=object)
    return [one["properties"] for one in features], shapes


@pytest.mark.parametrize(("name", "zoom"), [("communes", 12), ("epci", 10), ("departements", 11)])
def test_a_tile_holds_what_is_there(name: str, zoom: int) -> None:
    x, y = at(*ROUND_PARIS, zoom)
    told, shapes = decoded(name, zoom, x, y)
    box = lonlat(np.array([[0.0, EXTENT], [EXTENT, 0.0]]), zoom, x, y).ravel()
    dataset = content(name).dataset
    here = dataset.geometry[shapely.intersects(dataset.geometry, shapely.box(*box))]
    known = dataset.frame[shapely.intersects(dataset.geometry, shapely.box(*box))]
    found = {one["territory_id"]: one for one in told}
    assert {*known.index} <= {*found}
    for (record_id, row), held in zip(known.iterrows(), here, strict=True):
        assert found[record_id]["territory_name"] == row["territory_name"]
        assert found[record_id]["population"] == row["population"]
        drawn = shapes[[one["territory_id"] for one in told].index(record_id)]
        back = shapely.transform(drawn, lambda pairs: lonlat(pairs, zoom, x, y))
        unit = 360 / 2**zoom / EXTENT
        inside = shapely.intersection(held, shapely.box(*box))
        off = shapely.symmetric_difference(shapely.intersection(back, shapely.box(*box)), inside)
        assert off.area <= inside.length * unit * 2


@pytest.mark.parametrize("zoom", [10, 11, 12, 13])
def test_neighbours_are_not_torn_apart(zoom: int) -> None:
    _, shapes = decoded("communes", zoom, *at(45.78, 3.08, zoom))
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    whole = shapely.union_all(shapes)
    assert whole.area == pytest.approx((EXTENT + 2 * tiles.BUFFER) ** 2, rel=1e-9)


@pytest.mark.parametrize("zoom", [8, 9])
def test_simplified_neighbours_leave_no_gap_to_see(zoom: int) -> None:
    _, shapes = decoded("communes", zoom, *at(45.78, 3.08, zoom))
    whole = (EXTENT + 2 * tiles.BUFFER) ** 2
    assert shapely.area(shapes).sum() == pytest.approx(whole, rel=1e-3)
    assert shapely.union_all(shapely.make_valid(shapes)).area == pytest.approx(whole, rel=1e-3)


@pytest.mark.parametrize("name", ["communes", "epci", "regions"])
@pytest.mark.parametrize("zoom", [8, 10, 12])
def test_a_territory_goes_on_in_the_next_tile(name: str, zoom: int) -> None:
    x, y = at(47.2, 2.5, zoom)
    left, right = decoded(name, zoom, x, y), decoded(name, zoom, x + 1, y)
    seam = EXTENT

    def across(found: Any, at_x: float) -> dict[str, Any]:
        line = shapely.LineString([(at_x, 0), (at_x, EXTENT)])
        cut = shapely.intersection(shapely.make_valid(found[1]), line)
        ids = [one["territory_id"] for one in found[0]]
        return {i: c for i, c in zip(ids, cut, strict=True) if c.length > 4}

    # Cut lines end on whole coordinates beyond the seam: they may lean by one, a 16th of a pixel.
    ours, theirs = across(left, seam), across(right, 0)
    assert {*ours} == {*theirs}
    assert ours
    for one, cut in ours.items():
        assert cut.bounds[1] == pytest.approx(theirs[one].bounds[1], abs=1)
        assert cut.bounds[3] == pytest.approx(theirs[one].bounds[3], abs=1)
        assert cut.length == pytest.approx(theirs[one].length, abs=2)


def test_points_are_where_they_are_and_few_when_far() -> None:
    frame = content("catalysts").dataset.frame
    placed = content("catalysts").dataset.geometry
    told, shapes = decoded("catalysts", 14, *at(48.8196, 2.4158, 14))
    near = decoded("catalysts", 0, 0, 0)
    assert sum(one["count"] for one in near[0]) == sum(one is not None for one in placed)
    assert len(near[0]) < sum(one["count"] for one in near[0])
    for one, drawn in zip(told, shapes, strict=True):
        row = frame.index.get_loc(one["catalyst_id"])
        found = lonlat(np.array([[drawn.x, drawn.y]]), 14, *at(48.8196, 2.4158, 14))[0]
        assert found == pytest.approx([placed[row].x, placed[row].y], abs=1e-5)
        assert one["practices"] == ", ".join(frame["practices"].iloc[row])
        assert one["fictive"] is False


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="gdal-bin is absent")
def test_gdal_reads_a_tile(tmp_path: Path) -> None:
    zoom, (x, y) = 9, at(45.78, 3.08, 9)
    file = tmp_path / f"{y}.mvt"
    file.write_bytes(tiles.tile("communes", zoom, x, y).content)
    options = ["-oo", f"X={x}", "-oo", f"Y={y}", "-oo", f"Z={zoom}", "-oo", "METADATA_FILE="]
    made = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-so", *options, str(file)], capture_output=True, check=True
    )
    said = made.stdout.decode()
    assert f"Feature Count: {len(decoded('communes', zoom, x, y)[0])}" in said
    assert "Layer name: communes" in said
    assert "territory_name: String" in said
    assert "population: Integer" in said
    assert "Multi Polygon" in said


def test_todays_gdal_reads_a_tile(tmp_path: Path) -> None:
    zoom, (x, y) = 9, at(45.78, 3.08, 9)
    file = tmp_path / f"{y}.mvt"
    file.write_bytes(tiles.tile("communes", zoom, x, y).content)
    at_its_place = {"X": x, "Y": y, "Z": zoom, "METADATA_FILE": ""}
    # Unless told, GDAL drops what lies in the tile's margin alone.
    meta, _, shapes, _ = pyogrio.raw.read(file, CLIP="NO", **at_its_place)
    assert len(shapes) == len(decoded("communes", zoom, x, y)[0])
    assert {"territory_name", "population"} <= {*meta["fields"]}
    assert meta["crs"] == "EPSG:3857"


def test_a_tile_is_kept_and_not_sent_twice(client: Client) -> None:
    x, y = at(45.78, 3.08, 9)
    path = f"/tiles/communes/9/{x}/{y}.mvt"
    first = client.get(path, {"accept-encoding": "gzip"})
    assert first.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["access-control-allow-origin"] == "*"
    assert gzip.decompress(first.body) == tiles.tile("communes", 9, x, y).content
    again = client.get(path, {"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.body) == (304, b"")
    assert tiles.tile("communes", 9, x, y) is tiles.tile("communes", 9, x, y)


def test_the_address_of_a_content_is_kept_for_ever(client: Client) -> None:
    said = client.get("/tiles/communes.json").json()
    assert (said["tilejson"], said["minzoom"], said["maxzoom"]) == ("3.0.0", 8, 14)
    assert {*said["vector_layers"][0]["fields"]} == {*decoded("communes", 9, 259, 183)[0][0]}
    path = said["tiles"][0].format(z=9, x=259, y=183)
    assert "immutable" in client.get(path).headers["cache-control"]
    old = path.rpartition("=")[0] + "=0123456789abcdef"
    assert client.get(old).headers["cache-control"] == "no-cache"


def test_a_tile_of_the_sea_is_empty(client: Client) -> None:
    found = client.get("/tiles/communes/9/0/0.mvt")
    assert (found.status_code, found.body) == (200, b"")


def test_memory_is_bounded() -> None:
    kept = tiles.TileCache(10_000)
    file = tiles.web_file(b"x" * 3000, ".mvt")
    for number in range(50):
        kept.put(number, file)
        kept.put(number, file)
    assert kept.total_bytes <= 10_000
    assert kept.get(49) is file
    assert kept.get(0) is None
