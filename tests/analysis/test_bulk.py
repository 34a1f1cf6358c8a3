"""The bulk kernel against brute force, on drawn and random points."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis import bulk
from geo.analysis.bulk import nearest_many
from geo.crs import GEOD

lons = st.floats(-180, 180, allow_nan=False).map(lambda x: round(x, 6))
lats = st.floats(-90, 90, allow_nan=False).map(lambda x: round(x, 6))
points = st.lists(st.tuples(lons, lats), min_size=1, max_size=25)
french = st.lists(
    st.tuples(st.floats(-5, 9).map(lambda x: round(x, 3)), st.floats(42, 51)),
    min_size=1,
    max_size=25,
)


def arrays(pairs):
    lon, lat = np.array(pairs, dtype=float).T
    return lon.copy(), lat.copy()


def brute(places, targets):
    lon, lat = arrays(places)
    to_lon, to_lat = arrays(targets)
    n, m = lon.size, to_lon.size
    far = GEOD.inv(np.repeat(lon, m), np.repeat(lat, m), np.tile(to_lon, n), np.tile(to_lat, n))[2]
    return np.array(far).reshape(n, m)


@pytest.mark.parametrize("draw", [points, french])
def test_same_distances_as_brute_force(draw):
    @given(draw, draw, st.integers(1, 30))
    def check(places, targets, k):
        index, metres = nearest_many(*arrays(places), *arrays(targets), k)
        truth = brute(places, targets)
        wanted = np.sort(truth, axis=1)[:, :k]
        assert index.shape == metres.shape == wanted.shape
        got = np.take_along_axis(truth, index, axis=1)
        np.testing.assert_allclose(got, wanted, rtol=0, atol=1e-5)
        np.testing.assert_allclose(metres, wanted, rtol=0, atol=0.2)
        assert all(len(set(row)) == len(row) for row in index)

    check()


def test_equal_places_come_in_order():
    index, metres = nearest_many(
        np.array([2.0]), np.array([48.0]), np.array([3.0, 2, 2, 2]), np.array([48.0] * 4), 3
    )
    assert index.tolist() == [[1, 2, 3]]
    assert metres.tolist() == [[0, 0, 0]]


def test_no_place_no_answer():
    index, metres = nearest_many(np.array([]), np.array([]), np.array([2.0]), np.array([48.0]))
    assert index.shape == metres.shape == (0, 1)


def test_more_than_one_chunk():
    draw = np.random.default_rng(0)
    lon, lat = draw.uniform(-5, 9, 120_001), draw.uniform(42, 51, 120_001)
    to_lon, to_lat = draw.uniform(-5, 9, 350), draw.uniform(42, 51, 350)
    index, _ = nearest_many(lon, lat, to_lon, to_lat)
    for start in (0, 49_999, 100_000, 120_000):
        alone, _ = nearest_many(lon[[start]], lat[[start]], to_lon, to_lat)
        assert index[start] == alone[0]


def test_many_targets_at_one_point_come_in_the_order_given_and_no_more_than_asked() -> None:
    lon, lat = np.array([2.0, *[3.0] * 500]), np.array([46.0] * 501)
    index, metres = nearest_many(np.array([3.0]), np.array([46.0]), lon, lat, 4)
    assert index.tolist() == [[1, 2, 3, 4]]
    assert metres.tolist() == [[0.0] * 4]
    every, _ = nearest_many(np.array([3.0]), np.array([46.0]), lon, lat, 501)
    assert every[0].tolist() == [*range(1, 501), 0]


def test_a_tie_among_many_is_settled_between_those_near_it(monkeypatch):
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(-4, 8, 4_000), rng.uniform(43, 50, 4_000)
    lon[:2], lat[:2] = 2.0 + np.array([-1e-3, 1e-3]), 47.0  # as far from (2, 47), to the millimetre
    measured: list[int] = []
    real = bulk.geodesic_m
    monkeypatch.setattr(
        bulk, "geodesic_m", lambda *at: (measured.append(np.size(at[0])), real(*at))[1]
    )
    index, _ = bulk.nearest_many(np.array([2.0]), np.array([47.0]), lon, lat)
    every = real(np.full(4_000, 2.0), np.full(4_000, 47.0), lon, lat)
    assert index[0, 0] == np.argsort(every, kind="stable")[0]
    assert measured
    assert max(measured) < 100
