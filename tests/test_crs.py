"""Metres: geodesic, never degrees; each shore in its own system."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import database
from geo.crs import (
    GEOD,
    check_lonlat,
    distance_to_m,
    geodesic_m,
    metric_crs,
    to_metric,
    to_wgs84,
)
from geo.errors import BadCoordinatesError


def one(value):
    return np.array([value], dtype=float)


def test_paris_lyon_is_391_km():
    metres = geodesic_m(one(2.3522), one(48.8566), one(4.8357), one(45.764))[0]
    assert metres / 1000 == pytest.approx(392, abs=1)


def test_duckdb_reads_longitude_first():
    answer = database.connect_spatial().execute(
        "select st_distance_spheroid(st_point(2.3522, 48.8566), st_point(4.8357, 45.764))"
    )
    assert answer.fetchone()[0] / 1000 == pytest.approx(392, abs=1)


@pytest.mark.parametrize(
    ("departement", "system"),
    [("75", "EPSG:2154"), ("2A", "EPSG:2154"), ("971", "EPSG:5490"), ("974", "EPSG:2975")],
)
def test_metric_system(departement, system):
    assert metric_crs(departement) == system


def test_there_and_back():
    frame = gpd.GeoSeries([shapely.Point(55.45, -20.88)], crs="EPSG:4326").to_frame("geometry")
    back = to_wgs84(to_metric(frame, "974"))
    assert back.geometry.iloc[0].distance(frame.geometry.iloc[0]) < 1e-9


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(181, 0), (0, 91), (float("nan"), 0), (0, float("inf")), (-1e9, 0)],
)
def test_no_place_on_earth(lon, lat):
    with pytest.raises(BadCoordinatesError, match="longitude entre -180 et 180"):
        check_lonlat(lon, lat)


SQUARE = shapely.box(2.0, 48.0, 2.1, 48.1)


def test_distance_is_zero_inside_and_on_the_border():
    metres = distance_to_m(SQUARE, "77", np.array([2.05, 2.0]), np.array([48.05, 48.05]))
    assert metres[0] == 0
    assert metres[1] < 0.01


@given(st.floats(0.001, 1.5), st.sampled_from(["east", "west"]))
def test_distance_to_a_border_is_the_geodesic_to_its_closest_point(gap, side):
    lon = 2.1 + gap if side == "east" else 2.0 - gap
    metres = distance_to_m(SQUARE, "77", one(lon), one(48.05))[0]
    edge = 2.1 if side == "east" else 2.0
    ys = np.linspace(48.0, 48.1, 2001)
    truth = min(GEOD.inv(np.full(2001, lon), np.full(2001, 48.05), np.full(2001, edge), ys)[2])
    assert metres == pytest.approx(truth, rel=1e-4, abs=0.5)


def test_many_places_are_as_far_as_each_alone():
    """Around a perimeter of two parts, one with a hole, within which a place is outside."""
    hole = SQUARE.difference(shapely.box(2.03, 48.03, 2.07, 48.07))
    perimeter = shapely.union(hole, shapely.box(2.2, 48.0, 2.3, 48.05))
    lon, lat = np.random.default_rng(7).uniform((1.9, 47.9), (2.4, 48.2), (500, 2)).T
    together = distance_to_m(perimeter, "77", lon, lat)
    alone = [
        distance_to_m(perimeter, "77", *map(one, place))[0] for place in zip(lon, lat, strict=True)
    ]
    assert 0 < np.count_nonzero(together == 0) < 500
    assert together.tolist() == alone


@pytest.mark.parametrize(
    ("lon", "lat"), [(55.45, -20.88), (-61.0, 14.6), (-178.1, -14.3), (176, -39), (2.05, -48)]
)
@pytest.mark.parametrize(("west", "south", "departement"), [(2, 48, "77"), (-53, 3, "973")])
def test_across_an_ocean_the_closest_point_is_found_on_the_ellipsoid(
    west, south, departement, lon, lat
):
    square = shapely.box(west, south, west + 2.0, south + 2.0)
    metres = distance_to_m(square, departement, one(lon), one(lat))[0]
    edge = shapely.get_coordinates(shapely.segmentize(square, 0.001))
    truth = min(GEOD.inv(np.full(len(edge), lon), np.full(len(edge), lat), *edge.T)[2])
    assert metres == pytest.approx(truth, abs=10)
