"""Squares that a person can check: bridging, cleaning, dissolving, simplifying."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import geodesic_m
from geo.errors import BadFileError
from geo.reference.build import bridge, clean, dissolve, layers, report, simplify
from geo.reference.build.adjacency import adjacency
from tests.reference.drawn import SIDE, square

LOIRET = "45"


def array(*shapes: Any) -> Any:
    return dissolve.as_objects(list(shapes))


def codes(count: int) -> Any:
    return np.array([f"45{at:03}" for at in range(count)], dtype=object)


def places(count: int) -> Any:
    return np.array([LOIRET] * count, dtype=object)


def grid(columns: int, rows: int) -> Any:
    return array(*(square(c, r) for r in range(rows) for c in range(columns)))


# --- bridging ---------------------------------------------------------------------------------


def known(*rows: tuple[str, str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["code", "type", "geometry"])
    return frame.assign(mairie=None, name="")


def town(code: str, *former: str) -> dict[str, dict[str, Any]]:
    return {code: {"nom": code, "anciensCodes": list(former)}}


def test_merged_and_renumbered_communes_take_the_outlines_of_their_former_codes() -> None:
    outlines = known(
        ("1", "COM", square(0, 0)), ("2", "COM", square(1, 0)), ("3", "COM", square(5, 0))
    )
    found = bridge.bridge({**town("1", "2"), **town("9", "3")}, outlines)
    assert [(b.commune_code, b.how, b.from_codes) for b in found.bridges] == [
        ("1", "merged", ("1", "2")),
        ("9", "renumbered", ("3",)),
    ]
    assert found.geometry[0].equals(shapely.union(square(0, 0), square(1, 0)))
    assert found.geometry[1].equals(square(5, 0))
    assert found.unused == ()


def test_a_restored_commune_leaves_the_one_it_was_in() -> None:
    both = shapely.union(square(0, 0), square(1, 0))
    outlines = known(("1", "COM", both), ("1", "COMD", square(0, 0)), ("2", "COMD", square(1, 0)))
    for table in (outlines, outlines[outlines["geometry"] != square(0, 0)]):
        found = bridge.bridge({**town("1"), **town("2")}, table)
        assert found.geometry[0].equals(square(0, 0))
        assert found.geometry[1].equals(square(1, 0))
        assert [b.how for b in found.bridges] == ["split", "restored"]


def test_what_no_bridge_reaches_is_said() -> None:
    outlines = known(("1", "COM", square(0, 0)), ("7", "COM", square(1, 0)))
    assert bridge.bridge(town("1"), outlines).unused == ("7",)
    with pytest.raises(BadFileError, match="commune 5"):
        bridge.bridge(town("5"), outlines)


# --- cleaning ---------------------------------------------------------------------------------


def shifted(shift: float) -> Any:
    """Draw two squares, the second moved, between two lids that hold every corner."""
    west, east = square(0, 0), shapely.transform(square(1, 0), lambda xy: xy + np.array([shift, 0]))
    inner = sorted({west.bounds[2], east.bounds[0]})
    lids = []
    for near, far in ((47.5 + SIDE, 47.5 + 2 * SIDE), (47.5, 47.5 - SIDE)):
        edge = [(x, near) for x in (2.0, *inner, east.bounds[2])]
        lids.append(shapely.Polygon([*edge, (east.bounds[2], far), (2.0, far)]))
    return array(west, east, *lids)


@pytest.mark.parametrize("shift", [0.00005, -0.00005])  # 4 m of gap, then of overlap
def test_a_thin_gap_or_overlap_is_closed(shift: float) -> None:
    shapes = shifted(shift)
    assert len(adjacency(codes(4), shapes)) < 5  # the two squares share no edge
    tidy, _ = clean.clean(shapes, places(4), codes(4))
    assert shapely.coverage_is_valid(tidy)
    assert clean.holes(tidy) == []
    assert len(adjacency(codes(4), tidy)) == 5


def test_what_no_cleaning_mends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = array(square(0, 0), square(0, 0, SIDE / 2))
    assert shapely.coverage_is_valid(clean.settle(shapes))
    monkeypatch.setattr(shapely, "coverage_clean", lambda found: found)
    with pytest.raises(BadFileError, match="incohérents"):
        clean.settle(shapes)


def test_a_wide_gap_is_filled_by_the_longest_border() -> None:
    ring = [(0, 0), (1, 0), (2, 0), (0, 1), (2, 1), (0, 2), (1, 2), (2, 2)]
    wide = shapely.union(square(1, 0), square(1, 1, SIDE / 4))  # touches the hole on two sides more
    shapes = array(*(wide if place == (1, 0) else square(*place) for place in ring))
    assert len(clean.holes(clean.snap(shapes, clean.GRID))) == 1
    tidy, gaps = clean.clean(shapes, places(8), codes(8))
    assert clean.holes(tidy) == []
    assert [gap.given_to for gap in gaps] == ["45001"]
    assert shapely.coverage_is_valid(tidy)


def test_a_true_enclave_stays_a_hole() -> None:
    move = np.array([1.95 - 2.0, 42.435 - 47.5])  # Llívia falls in the middle square
    shapes = array(
        *(
            shapely.transform(square(c, r), lambda xy: xy + move)
            for r in range(3)
            for c in range(3)
            if (c, r) != (1, 1)
        )
    )
    tidy, gaps = clean.clean(shapes, places(8), codes(8))
    assert len(clean.holes(tidy)) == 1
    assert [gap.given_to for gap in gaps] == [None]
    assert report.coverage(tidy, places(8))["systems"][0]["holes_left_ha"] == []


def test_each_metric_system_cleans_its_own() -> None:
    there = shapely.transform(square(0, 0), lambda xy: xy + np.array([53.4, -68.6]))  # La Réunion
    shapes = array(square(0, 0), there)
    where = np.array([LOIRET, "974"], dtype=object)
    assert [name for name, _ in clean.systems(where)] == ["EPSG:2154", "EPSG:2975"]
    tidy, _ = clean.clean(shapes, where, codes(2))
    moved = shapely.hausdorff_distance(tidy, shapes)
    assert (moved < 1 / clean.GRID).all()


def spoiled(**changes: Any) -> dict[str, Any]:
    system = {
        "metric_crs": "EPSG:2154",
        "coverage_is_valid": True,
        "invalid_shapes": 0,
        "empty_shapes": 0,
        "holes_left_ha": [],
    }
    return {"counts": {"commune": 1}, "coverage": {"systems": [{**system, **changes}]}}


@pytest.mark.parametrize(
    "changes",
    [
        {"coverage_is_valid": False},
        {"invalid_shapes": 1},
        {"empty_shapes": 1},
        {"holes_left_ha": [1.2]},
    ],
)
def test_a_geography_that_is_not_whole_is_refused(changes: dict[str, Any]) -> None:
    report.require(spoiled(), 1)
    with pytest.raises(BadFileError):
        report.require(spoiled(**changes), 1)
    with pytest.raises(BadFileError, match="communes"):
        report.require(spoiled(), 2)


# --- dissolving -------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_territories_are_exactly_their_communes(owners: list[int]) -> None:
    shapes, names = grid(4, 3), codes(12)
    members = pd.DataFrame(
        {"commune_code": names, "territory_kind": "epci", "territory_code": map(str, owners)}
    )
    keys, united = dissolve.dissolve(members, names, shapes)
    assert [code for _, code in keys] == sorted({str(one) for one in owners})
    assert shapely.coverage_is_valid(united)
    assert shapely.is_valid(united).all()
    for (_, code), shape in zip(keys, united, strict=True):
        own = shapes[[str(one) == code for one in owners]]
        assert shape.equals(shapely.union_all(own))


def test_totals_add_up_and_count_a_commune_in_each_of_its_territories() -> None:
    members = pd.DataFrame(
        [("a", "crte", "x"), ("b", "crte", "x"), ("b", "crte", "y")],
        columns=["commune_code", "territory_kind", "territory_code"],
    )
    table = pd.DataFrame({"commune_code": ["a", "b"], "population": [3, 4], "area_km2": [1.5, 2.0]})
    found = dissolve.totals(members, table)
    assert found.loc[("crte", "x")].to_list() == [7, 2, 3.5]
    assert found.loc[("crte", "y")].to_list() == [4, 1, 2.0]


def test_borders_are_measured_on_the_ellipsoid_and_corners_are_none() -> None:
    found = adjacency(codes(4), grid(2, 2))
    pairs = list(zip(found["commune_code_a"], found["commune_code_b"], strict=True))
    assert pairs == [("45000", "45001"), ("45000", "45002"), ("45001", "45003"), ("45002", "45003")]
    one = np.array([2.0 + SIDE]), np.array([47.5]), np.array([2.0 + SIDE]), np.array([47.5 + SIDE])
    assert found["border_m"][0] == pytest.approx(float(geodesic_m(*one)[0]), abs=0.1)


@given(st.lists(st.booleans(), min_size=9, max_size=9))
def test_adjacency_equals_the_intersection_of_every_pair(kept: list[bool]) -> None:
    shapes = grid(3, 3)[np.array(kept)]
    names = codes(len(shapes))
    expected = {
        (names[a], names[b])
        for a in range(len(shapes))
        for b in range(a + 1, len(shapes))
        if shapely.length(shapely.intersection(shapes[a], shapes[b])) > 0
    }
    found = adjacency(names, shapes) if len(shapes) else pd.DataFrame(columns=["a", "b"])
    assert set(map(tuple, found.iloc[:, :2].to_numpy())) == expected


# --- points and labels ------------------------------------------------------------------------


def test_a_town_hall_out_of_its_commune_is_not_its_point() -> None:
    shapes = grid(3, 1)
    halls = array(square(0, 0).centroid, square(0, 0).centroid, None)
    points, basis = layers.commune_points(shapes, halls)
    assert basis.tolist() == ["mairie", "surface", "surface"]
    assert points[0].equals(halls[0])
    assert shapely.contains(shapes, points).all()


def test_a_label_lies_deep_in_its_territory() -> None:
    bent = shapely.union_all([square(0, 0), square(1, 0), square(2, 0), square(0, 1), square(0, 2)])
    far = shapely.MultiPolygon([bent, square(9, 9, SIDE / 10)])
    (point,) = layers.label_points(array(far))
    assert shapely.contains(bent, point)
    assert shapely.distance(bent.exterior, point) > SIDE / 3


# --- display layers ---------------------------------------------------------------------------


def test_islets_leave_but_no_shape_does() -> None:
    tiny = square(9, 9, SIDE / 100)
    touching = square(1, 0, SIDE / 100)
    shapes = array(
        shapely.MultiPolygon([square(0, 0), tiny]),
        tiny,
        shapely.MultiPolygon([square(3, 0), touching]),
    )
    apart = array(shapes[0], square(7, 7, SIDE / 100), shapes[2])
    found = simplify.drop_islets(apart, square(0, 0).area / 50)
    assert [shapely.get_num_geometries(shape) for shape in found] == [1, 1, 2]
    assert found[1].equals(apart[1])


def test_zones_are_the_communes_of_the_same_territories() -> None:
    members = pd.DataFrame(
        [("a", "epci", "1"), ("b", "epci", "1"), ("c", "epci", "1"), ("c", "crte", "2")],
        columns=["commune_code", "territory_kind", "territory_code"],
    )
    zone = simplify.zones(members, np.array(["a", "b", "c"], dtype=object))
    assert zone[0] == zone[1] != zone[2]


@pytest.mark.parametrize("tolerance", [500, 1000])
def test_neighbours_still_match_once_simplified(tolerance: int) -> None:
    def wave(xy: Any) -> Any:  # every edge gets the same ripple from both sides
        return xy + 0.002 * np.sin(300 * xy[:, ::-1])

    bricks = array(*(square(c + r / 2, r) for r in range(3) for c in range(4)))
    shapes = shapely.transform(shapely.segmentize(bricks, SIDE / 32), wave)
    assert shapely.coverage_is_valid(shapes)
    light = simplify.simplify(shapes, places(12), tolerance)
    assert shapely.coverage_is_valid(light)
    assert not shapely.is_empty(light).any()
    before, after = (int(shapely.get_num_coordinates(s).sum()) for s in (shapes, light))
    assert after < before / 3
    alone = array(*(shapely.simplify(shape, 0.004) for shape in shapes))
    assert not shapely.coverage_is_valid(alone)  # what simplifying each on its own would give
