"""Distances to a border that were measured before are those that would be measured again."""

import numpy as np
import pytest

from geo.analysis import borders
from geo.analysis.borders import to_border_m
from geo.analysis.origin import Origin, territory_origin


@pytest.mark.parametrize("territory", [("epci", "200054781"), ("departement", "974")])
def test_places_that_stay_and_places_that_come_are_as_far_as_ever(
    monkeypatch: pytest.MonkeyPatch, territory: tuple[str, str]
) -> None:
    monkeypatch.setattr(borders, "_MANY", 0)
    origin, draw = territory_origin(*territory), np.random.default_rng(5)
    lon, lat = (
        draw.uniform(middle - 1, middle + 1, 60) for middle in (origin.longitude, origin.latitude)
    )
    lon[:9], lat[:9] = lon[9], lat[9]  # at one place
    for start, end in ((0, 40), (0, 40), (20, 60), (59, 60), (0, 60)):
        some, others = lon[start:end], lat[start:end]
        expected = origin.distances_m(some, others, boundary=True)
        np.testing.assert_array_equal(to_border_m(origin, some, others), expected)
    assert to_border_m(origin, lon[:0], lat[:0]).size == 0


def test_what_was_measured_is_not_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(borders, "_MANY", 0)
    origin, counts = territory_origin("departement", "63"), []
    measured = Origin.distances_m

    def counted(self: Origin, lon: np.ndarray, lat: np.ndarray, *, boundary: bool) -> np.ndarray:
        counts.append(len(lon))
        return measured(self, lon, lat, boundary=boundary)

    monkeypatch.setattr(Origin, "distances_m", counted)
    lon, lat = np.linspace(2, 4, 50), np.full(50, 45.7)
    for end in (49, 50, 50):
        to_border_m(origin, lon[:end], lat[:end])
    assert counts == [49, 1, 0]
