"""The ground by square: land and towns without a seam, each limit once and by what it parts."""

import json
from itertools import product

import pytest
import shapely
import shapely.geometry

from geo.errors import UnknownCodeError
from geo.output.maps.borders import square_box
from geo.output.maps.ground import FAR, NEAR, ROLES, ground, ground_url
from geo.reference import france
from geo.reference.grids import communes_of_class

RENNES = 1014, 711
RENNES_FROM_AFAR = 253, 177
SAINT_MALO = 1012, 706
SQUARE_BYTES = 16_000  # compressed: thirty of them at most on a map


def shapes(zoom: int, x: int, y: int) -> dict[str, shapely.Geometry]:
    found = json.loads(ground(zoom, x, y).content)["features"]
    return {one["properties"]["role"]: shapely.geometry.shape(one["geometry"]) for one in found}


def whole_of(role: str) -> shapely.Geometry:
    """Put a role of the nine squares around Rennes together."""
    x, y = RENNES
    near = [shapes(NEAR, x + dx, y + dy) for dx, dy in product((-1, 0, 1), repeat=2)]
    return shapely.union_all([one[role] for one in near if role in one])


def test_lines_stop_at_the_edge_and_surfaces_go_a_little_over_it() -> None:
    box = shapely.box(*square_box(*RENNES))
    found = shapes(NEAR, *RENNES)
    assert all(box.buffer(1e-4).contains(found[role]) for role in found if role in ROLES[2:])
    assert found["land"].contains(box)
    assert box.buffer(0.01).contains(found["land"])


def test_the_limits_of_communes_and_departements_are_all_there_to_a_metre() -> None:
    edge = france.geometry("commune", "35238").boundary  # Rennes, far from any other département
    assert whole_of("commune").buffer(2e-5).contains(edge)
    box = shapely.box(*square_box(*RENNES_FROM_AFAR, FAR))
    parted = shapes(FAR, *RENNES_FROM_AFAR)["departement"]
    true = france.geometry("departement", "35").boundary.intersection(box)
    assert shapely.distance(parted.centroid, true) < 0.3
    assert not parted.is_empty


def test_each_line_is_written_once() -> None:
    found = shapes(NEAR, *RENNES)
    assert shapely.union_all(found["commune"]).length == pytest.approx(found["commune"].length)


def test_only_what_the_grid_of_density_calls_a_town_is_one() -> None:
    towns = whole_of("town")
    named = france.communes()["commune_name"]
    codes = set(communes_of_class("densite", ("Grands centres urbains",)))
    assert "35238" in codes
    assert towns.contains(france.geometry("commune", "35238").buffer(-1e-3)), named["35238"]
    assert not towns.intersects(france.geometry("commune", "35353").buffer(-1e-3))  # rural


def test_the_coast_is_drawn_and_an_inland_square_has_none() -> None:
    assert "coast" in shapes(NEAR, *SAINT_MALO)
    assert "coast" not in shapes(NEAR, *RENNES)


def test_the_open_sea_has_no_ground() -> None:
    assert shapes(NEAR, 900, 700) == {}


@pytest.mark.parametrize("square", [(FAR, *RENNES_FROM_AFAR), (NEAR, *RENNES), (FAR, 259, 176)])
def test_a_square_is_light(square: tuple[int, int, int]) -> None:
    assert len(ground(*square).packed) < SQUARE_BYTES


@pytest.mark.parametrize("square", [(10, 1, 1), (FAR, 1 << FAR, 1), (NEAR, -1, 1)])
def test_what_is_no_square_is_refused(square: tuple[int, int, int]) -> None:
    with pytest.raises(UnknownCodeError, match="Aucun sol"):
        ground(*square)


def test_its_address_changes_with_the_reference() -> None:
    assert ground_url().startswith("/layers/sol/{zoom}/{x}/{y}.geojson?v=")
