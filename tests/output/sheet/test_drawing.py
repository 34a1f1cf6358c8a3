"""The map: one scale, north up, marks apart and inside."""

import itertools
import math
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.crs import GEOD
from geo.output.sheet.drawing import NUMBERED, draw
from geo.output.sheet.label_placement import spread
from geo.output.sheet.map_frame import WIDTH, frame_around
from geo.reference import france
from geo.reference.territory import territory


def test_a_square_by_hand():
    frame = frame_around(shapely.box(-1, -1, 1, 1))
    (corner,) = frame.xy(np.array([[0.0, 0.0]]))
    assert corner == pytest.approx([WIDTH / 2, frame.height / 2])
    west, south, east, north = frame.box()
    assert (west, south) == pytest.approx((-east, -north))
    above, below = frame.xy(np.array([[0, 0.5], [0, -0.5]]))
    assert above[1] < below[1]  # north is up
    left, right = frame.xy(np.array([[-0.5, 0], [0.5, 0]]))
    assert left[0] < right[0]


@pytest.mark.parametrize("where", [(2, 46), (-53, 4), (55.5, -21), (45.1, -12.8), (-61, 16)])
def test_the_scale_bar_is_true(where):
    lon, lat = where
    frame = frame_around(shapely.Point(lon, lat).buffer(0.2))
    kilometres, length = frame.bar()
    assert 60 < length <= 0.3 * WIDTH
    across = GEOD.inv(lon - 0.1, lat, lon + 0.1, lat)[2] / 1000
    (a, b) = frame.xy(np.array([[lon - 0.1, lat], [lon + 0.1, lat]]))
    assert (b[0] - a[0]) / length * kilometres == pytest.approx(across, rel=0.01)


def test_marks_at_one_place_are_moved_apart():
    placed = spread([(500.0, 400.0)] * 30, 40, 1000, 800)
    assert placed[0] == (500.0, 400.0)
    assert min(math.dist(a, b) for a, b in itertools.combinations(placed, 2)) >= 40
    assert all(20 <= x <= 980 and 20 <= y <= 780 for x, y in placed)


def test_marks_apart_stay_where_they_are():
    spots = [(100.0, 100.0), (200.0, 100.0), (100.0, 200.0)]
    assert spread(spots, 40, 1000, 800) == spots


def test_marks_without_room_stay_where_they_are():
    assert len(spread([(10.0, 10.0)] * 9, 40, 50, 50)) == 9


def catalysts(quantity):
    home = france.communes().loc["94018"]
    return pd.DataFrame(
        {
            "number": range(1, quantity + 1),
            "inside": [n % 2 == 0 for n in range(quantity)],
            "practices": [["gestion_lieu"]] * quantity,
            "longitude": float(home["longitude"]),
            "latitude": float(home["latitude"]),
        }
    )


@pytest.mark.parametrize(("quantity", "numbered"), [(0, True), (3, True), (NUMBERED + 1, False)])
def test_it_is_sound_svg_that_asks_for_nothing(quantity, numbered):
    found = territory("ept", "200057941")
    drawing = draw(found, france.geometry("ept", "200057941"), catalysts(quantity))
    root = ET.fromstring(drawing.svg)  # noqa: S314 - written here
    assert drawing.numbered is numbered
    assert len(drawing.shown) == quantity
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert ("3" in texts) == (quantity == 3)
    assert "N" in texts
    assert any(text and text.endswith("km") for text in texts)
    assert "href" not in drawing.svg


def test_a_large_territory_shows_epci_a_small_one_its_communes():
    none = catalysts(0)
    for kind, code, parts in (("region", "84", "EPCI"), ("ept", "200057941", "communes")):
        assert draw(territory(kind, code), france.geometry(kind, code), none).parts == parts
    assert (
        draw(territory("commune", "33103"), france.geometry("commune", "33103"), none).parts == ""
    )
