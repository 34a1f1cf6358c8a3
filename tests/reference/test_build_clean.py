"""Two editions of outlines side by side, and what simplifying them together leaves."""

from typing import Any

import numpy as np
import pytest
import shapely

from geo.reference.build import clean
from geo.reference.build.adjacency import adjacency
from tests.reference.drawn import SIDE, square
from tests.reference.test_build_geometry import array, codes, places


def jagged(move: float) -> Any:
    """Draw two squares side by side whose border is told twice: with one tooth, and straight."""
    west, east = square(0, 0), square(1, 0)
    x, middle = west.bounds[2], 47.5 + SIDE / 2
    tooth = [(x, 47.5), (x + move, middle), (x, 47.5 + SIDE)]
    fine = shapely.Polygon([(2.0, 47.5), *tooth, (2.0, 47.5 + SIDE)])
    return array(fine, east)


@pytest.mark.parametrize("move", [SIDE / 8, -SIDE / 8])  # over the coarse one, then away from it
@pytest.mark.parametrize("first", ["fine", "coarse"])
def test_where_two_editions_meet_the_finer_line_stays(move: float, first: str) -> None:
    fine, rough = jagged(move)
    lids = [square(0, -1), square(1, -1), square(0, 1), square(1, 1)]
    order = [fine, rough] if first == "fine" else [rough, fine]
    coarse = np.array([first != "fine", first == "fine", *[False] * 4])
    tidy, _ = clean.clean(array(*order, *lids), places(6), codes(6), coarse)
    assert shapely.coverage_is_valid(tidy)
    assert clean.holes(tidy) == []
    kept = tidy[np.flatnonzero(~coarse)[0]]
    assert shapely.symmetric_difference(kept, fine).area < SIDE * 2 / clean.GRID * 4


def test_corners_that_no_map_shows_go_and_neighbours_still_match() -> None:
    bump = SIDE / 4, 5 / 100_000  # 5 m out of a side of 1.2 km
    x = square(0, 0).bounds[2]
    line = [(x, 47.5), (x + bump[1], 47.5 + bump[0] / 20), (x, 47.5 + bump[0] / 10)]
    shapes = array(
        shapely.Polygon([(2.0, 47.5), *line, (x, 47.5 + SIDE), (2.0, 47.5 + SIDE)]),
        shapely.Polygon([*line, (x, 47.5 + SIDE), (x + SIDE, 47.5 + SIDE), (x + SIDE, 47.5)]),
    )
    tidy, _ = clean.clean(shapes, places(2), codes(2))
    assert shapely.get_num_coordinates(tidy).tolist() == [5, 5]
    assert len(adjacency(codes(2), tidy)) == 1
