"""The grid behind ``locate_many``: drawn squares first, then any cut of a square."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from geo.analysis.zones import Zones
from geo.reference.shores import NOWHERE

WEST, EAST = shapely.box(0, 0, 0.5, 1), shapely.box(0.5, 0, 1, 1)
HOLED = shapely.box(2, 0, 3, 1).difference(shapely.box(2.4, 0.4, 2.6, 0.6))
ENCLAVE = shapely.box(2.4, 0.4, 2.6, 0.6)
ISLANDS = shapely.MultiPolygon([shapely.box(5, 5, 5.2, 5.2), shapely.box(6, 5, 6.2, 5.2)])
FAR = shapely.box(55, -21, 55.5, -20.5)
DRAWN = np.array([WEST, EAST, HOLED, ENCLAVE, ISLANDS, FAR], dtype=object)


def zone_of(lon: float, lat: float) -> int:
    return int(Zones(DRAWN).first(np.array([lon]), np.array([lat]))[0])


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (0.25, 0.5, 0),
        (0.75, 0.5, 1),
        (2.1, 0.1, 2),
        (2.5, 0.5, 3),  # In the hole, which an enclave fills.
        (5.1, 5.1, 4),
        (6.1, 5.1, 4),
        (5.6, 5.1, NOWHERE),  # Between two islands of one zone.
        (55.2, -20.7, 5),
        (1.5, 0.5, NOWHERE),
        (-170.0, 80.0, NOWHERE),
        (180.0, 90.0, NOWHERE),
        (0.4999999999, 0.5, 0),
        (0.5000000001, 0.5, 1),
    ],
)
def test_drawn_zones(lon: float, lat: float, expected: int) -> None:
    assert zone_of(lon, lat) == expected


@pytest.mark.parametrize(
    ("lon", "lat", "lowest"),
    [
        (0.5, 0.5, 0),  # Shared edge.
        (0.5, 0.0, 0),  # Shared corner.
        (1.0, 1.0, 1),  # Outer corner.
        (2.4, 0.5, 2),  # Edge of the enclave.
        (5.0, 5.1, 4),
        (55.0, -21.0, 5),
    ],
)
def test_a_border_gives_the_lowest_zone(lon: float, lat: float, lowest: int) -> None:
    zone = Zones(DRAWN).first(np.array([9.0, lon]), np.array([9.0, lat]))
    assert zone.tolist() == [NOWHERE, lowest]


def test_no_point_and_no_zone() -> None:
    none = np.empty(0)
    assert Zones(DRAWN).first(none, none).size == 0
    empty = Zones(np.empty(0, dtype=object))
    assert empty.first(np.array([1.0]), np.array([1.0])).tolist() == [NOWHERE]


def test_a_square_crossed_by_neighbours_only_is_still_settled() -> None:
    """Neighbours drawn with other vertices on the shared edge mark other squares."""
    left = shapely.Polygon([(0, 0), (0.7, 0), (0.3, 1), (0, 1)])
    right = shapely.Polygon([(0.7, 0), (1, 0), (1, 1), (0.3, 1), (0.55, 0.375)])
    lon, lat = np.random.default_rng(4).uniform(0, 1, (2, 50_000))
    expected = np.where(shapely.contains_xy(left, lon, lat), 0, 1)
    zone = Zones(np.array([left, right], dtype=object)).first(lon, lat)
    assert (zone == expected).all()


def test_a_square_that_one_group_covers_is_not_tested_and_a_coast_always_is() -> None:
    zones = Zones(DRAWN)
    alone, alike = zones.tests(np.arange(6)), zones.tests(np.array([7, 7, 8, 8, 9, 9]))
    lon, lat = np.random.default_rng(6).uniform(-0.1, 1.1, (2, 20_000))
    value = zones.values(lon, lat)
    inner = (np.abs(lon - 0.5) < 1e-3) & (np.abs(lat - 0.5) < 0.4)  # their shared edge
    assert inner.any()
    assert (alone[-2 - value[inner]] == 1).all()
    assert (alike[-2 - value[inner]] == 0).all()
    coast = np.abs(lat - 1) < 1e-4
    coast &= (lon > 0) & (lon < 1)
    assert (alike[-2 - value[coast]] >= 1).all()


coordinates = st.floats(-0.2, 1.2)
# GEOS cannot cut between seeds a few times 1e-16 apart: a millionth is near enough.
seed = st.integers(0, 1_000_000).map(lambda step: step / 1_000_000)


@examples(max_examples=60)
@given(
    st.lists(st.tuples(seed, seed), min_size=3, max_size=12, unique=True),
    st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=60),
)
def test_any_cut_gives_what_brute_force_gives(
    seeds: list[tuple[float, float]], asked: list[tuple[float, float]]
) -> None:
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=shapely.box(0, 0, 1, 1))
    )
    zones = shapely.intersection(cells, shapely.box(0, 0, 1, 1))
    zones = shapely.get_parts(zones[shapely.area(zones) > 1e-9])
    zones = zones[shapely.get_dimensions(zones) == 2]
    corners = shapely.get_coordinates(zones)[:40]  # Points on the borders themselves too.
    lon, lat = np.concatenate([np.array(asked), corners]).T
    covers = shapely.intersects_xy(zones[:, None], lon[None], lat[None])
    expected = np.where(covers.any(axis=0), covers.argmax(axis=0), NOWHERE)
    grid = Zones(zones)
    assert (grid.first(lon, lat) == expected).all()
    group = np.arange(len(zones)) % 3
    found = grid.first(lon, lat, grid.tests(group))
    assert ((found == NOWHERE) == (expected == NOWHERE)).all()
    assert (group[found] == group[expected])[expected != NOWHERE].all()
