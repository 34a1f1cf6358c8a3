"""The land around France, its rivers and lakes: what ships, and how it is built."""

import json
import tomllib
from pathlib import Path

import pytest
import shapely

from geo.errors import MissingDataError
from geo.reference import surroundings
from geo.reference.build import fetch
from geo.reference.build import surroundings as build
from geo.reference.surroundings import ABROAD, LAKE, RIVER, STREAM
from geo.settings import settings

KM = 1 / 111.0


def test_the_file_is_what_the_sources_say_and_light() -> None:
    rows = tomllib.loads((settings().data / "sources.toml").read_text(encoding="utf-8"))["source"]
    [own] = [row for row in rows if row["id"] == surroundings.NAME]
    assert fetch.sha256(surroundings.path()) == own["sha256"]
    assert surroundings.path().stat().st_size < 300_000
    inputs = [row for row in rows if row["publisher"] == "Natural Earth"]
    assert len(inputs) == 1 + len(build.WATERS)
    assert {row["licence"] for row in inputs} == {"Domaine public"}


def test_neighbours_are_around_and_waters_are_where_they_flow() -> None:
    held = surroundings.shapes()
    assert {*held} == {ABROAD, RIVER, STREAM, LAKE}
    for lon, lat in ((-3.7, 40.4), (9.19, 45.46), (-0.13, 51.5), (-55.2, 5.6)):
        assert held[ABROAD].contains(shapely.Point(lon, lat))
    orleans, paris, brest = (1.909, 47.902), (2.35, 48.857), (-4.49, 48.39)
    assert held[RIVER].distance(shapely.Point(orleans)) < 5 * KM
    assert held[RIVER].distance(shapely.Point(paris)) < 5 * KM
    assert held[RIVER].distance(shapely.Point(brest)) > 100 * KM
    assert held[LAKE].contains(shapely.Point(6.5, 46.42))
    assert not held[ABROAD].contains(shapely.Point(2.5, 46.5))  # the middle of France


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(46.7, -22.0), (38.0, -15.0), (-66.9, 9.0), (-56.0, -10.0), (-100.0, 45.0), (134.0, -25.0)],
)
def test_no_land_stops_where_a_map_may_still_look(lon: float, lat: float) -> None:
    assert surroundings.shapes()[ABROAD].contains(shapely.Point(lon, lat))


@pytest.mark.parametrize(
    ("lat", "west", "east"), [(-17.5, 55, 115), (-16.5, 60, 115), (67.0, -20, 8), (70.0, -15, 8)]
)
def test_what_goes_over_the_180th_meridian_draws_no_line_around_the_earth(
    lat: float, west: float, east: float
) -> None:
    sea = shapely.LineString([(west, lat), (east, lat)])
    assert not surroundings.shapes()[ABROAD].intersects(sea)


def test_no_coast_is_drawn_where_what_is_far_meets_what_is_near() -> None:
    coast = shapely.union_all(shapely.boundary(shapely.get_parts(surroundings.shapes()[ABROAD])))
    for box in (*build._AROUND, *build._FAR):  # noqa: SLF001 - no map needs to know them
        along = coast.intersection(shapely.box(*box).exterior.buffer(0.02))
        assert max((one.length for one in shapely.get_parts(along)), default=0) < 0.8, box


def layer(name: str, *shapes: tuple[str, shapely.Geometry]) -> str:
    features = [
        {"type": "Feature", "properties": {"name": said}, "geometry": shapely.geometry.mapping(one)}
        for said, one in shapes
    ]
    return json.dumps({"type": "FeatureCollection", "name": name, "features": features})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Draw a square France, a square neighbour, one river that crosses both and goes far."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    squares = ("France", shapely.box(0, 45, 2, 47)), ("Voisine", shapely.box(2, 45, 9, 47))
    (inputs / build.COUNTRIES).write_text(layer("countries", *squares), encoding="utf-8")
    line = shapely.LineString([(1, 46), (9, 46)])
    for name, role in build.WATERS.items():
        shape = shapely.box(0.5, 45.5, 0.7, 45.7) if role == LAKE else line
        (inputs / name).write_text(layer(role, ("eau", shape)), encoding="utf-8")
    return inputs


def test_a_strip_of_france_goes_under_and_waters_stop_a_degree_beyond(
    folder: Path, tmp_path: Path
) -> None:
    build.build(tmp_path, folder)
    features = json.loads((tmp_path / surroundings.NAME).read_text(encoding="utf-8"))["features"]
    held = {one["properties"]["role"]: shapely.geometry.shape(one["geometry"]) for one in features}
    assert held[ABROAD].bounds == pytest.approx((2 - 0.12, 45, 9, 47), abs=0.02)
    assert held[RIVER].bounds == pytest.approx((1, 46, 3, 46), abs=0.01)
    assert held[LAKE].area == pytest.approx(0.04)


def test_a_folder_that_lacks_a_file_writes_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "ne_10m_lakes.json").unlink()
    with pytest.raises(MissingDataError, match=r"ne_10m_lakes\.json"):
        build.build(tmp_path, folder)
    assert not (tmp_path / surroundings.NAME).exists()
