"""True borders by square of the map: continuous from square to square, light, else refused."""

import gzip
import json
from typing import Any

import numpy as np
import pytest
import shapely
import shapely.geometry

from geo.errors import UnknownCodeError
from geo.output import maps
from geo.output.maps.borders import SQUARE_ZOOM, borders, borders_url, square_box
from geo.reference import france

RENNES = 1014, 711
SQUARE_BYTES = 250_000  # compressed: what a phone waits a second for


def lines(kind: str, x: int, y: int) -> dict[str, Any]:
    found = json.loads(borders(kind, x, y).content)["features"]
    return {one["properties"]["code"]: shapely.geometry.shape(one["geometry"]) for one in found}


def test_squares_tile_the_country_without_a_seam() -> None:
    west, south, east, north = square_box(*RENNES)
    assert west < -1.68 < east
    assert south < 48.05 < north
    assert square_box(RENNES[0] + 1, RENNES[1])[0] == east
    assert square_box(RENNES[0], RENNES[1] + 1)[3] == south


def test_a_line_is_the_true_border_to_a_metre() -> None:
    code = "35238"  # Rennes
    edge = france.geometry("commune", code).boundary
    x, y = RENNES
    near = [lines("commune", x + dx, y + dy).get(code) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    whole = shapely.union_all([one for one in near if one is not None])
    assert whole.length == pytest.approx(edge.length, rel=1e-3)
    assert shapely.hausdorff_distance(whole, edge) < 2e-5


@pytest.mark.parametrize("kind", ["epci", "crte", "departement", "region", "commune"])
def test_every_kind_has_its_borders_and_a_square_is_light(kind: str) -> None:
    file = borders(kind, *RENNES)
    assert len(gzip.compress(file.content)) < SQUARE_BYTES
    box = shapely.box(*square_box(*RENNES)).buffer(1e-4)
    assert all(box.contains(one) for one in lines(kind, *RENNES).values())


def test_the_open_sea_has_no_border() -> None:
    assert lines("commune", 900, 700) == {}


@pytest.mark.parametrize(
    ("kind", "x", "y"), [("planete", 1, 1), ("epci", -1, 1), ("epci", 1, 1 << SQUARE_ZOOM)]
)
def test_what_has_no_square_is_refused(kind: str, x: int, y: int) -> None:
    with pytest.raises(UnknownCodeError, match="Aucun contour"):
        borders(kind, x, y)


def test_only_a_territory_of_many_communes_asks_for_squares() -> None:
    assert "borders" not in maps.territory_layer("commune", "35238", "Rennes")
    assert maps.territory_layer("departement", "35", "x")["borders"] == borders_url("commune")
    assert maps.outline_layer("epci")["borders"] == borders_url("epci")
    drawn = json.loads(maps.outlines.territory("epci", "243500139").content)["features"]
    inside = shapely.geometry.shape(drawn[0]["geometry"])
    true = france.geometry("epci", "243500139")
    assert np.isclose(inside.area, true.area, rtol=1e-5)
