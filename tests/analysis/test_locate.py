"""Which territories hold a point: drawn communes, then real France, then random points."""

import time

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from geo.analysis.locate import Locator, locate, locate_many, nearest_commune
from geo.database import ask, connect_spatial
from geo.errors import BadCoordinatesError, UnknownCodeError
from geo.reference import france
from geo.reference.coast_margin import MARGIN_M, Margin, Outlines, margin
from geo.reference.kinds import kind_codes
from geo.reference.shores import NOWHERE
from geo.settings import settings

# Drawn: three communes in a row. EPCI "Z" holds the first, "A" the two others: on the border of
# 1 and 2 the lowest commune says Z though A comes before Z. CRTE X and Y overlap on commune 2.
DRAWN = {"1": shapely.box(0, 0, 1, 1), "2": shapely.box(1, 0, 2, 1), "3": shapely.box(2, 0, 3, 1)}
BELONGS = pd.DataFrame(
    [
        ("1", "epci", "Z"), ("2", "epci", "A"), ("3", "epci", "A"),
        ("1", "crte", "Y"), ("2", "crte", "Y"), ("2", "crte", "X"), ("3", "crte", "X"),
        ("1", "region", "R"), ("2", "region", "R"), ("3", "region", "R"),
    ],
    columns=["commune_code", "territory_kind", "territory_code"],
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn() -> Locator:
    shapes = np.array(list(DRAWN.values()), dtype=object)
    outlines = Outlines(shapes, np.full(3, "973", dtype=object))
    none = np.empty(0, dtype=object)
    margin = Margin(outlines, none, np.empty(0, dtype=np.int64), shapely.box(3, 0, 4, 1))
    return Locator(np.array(list(DRAWN), dtype=object), margin, BELONGS)


def one(locator: Locator, lon: float, lat: float, kind: str) -> str | None:
    return locator.many(np.array([lon]), np.array([lat]), kind)[0]


def test_a_drawn_point_has_its_commune_then_the_larger_ones(drawn: Locator) -> None:
    assert drawn.at(0.5, 0.5) == [
        ("commune", "1"), ("epci", "Z"), ("crte", "Y"), ("region", "R"),
    ]  # fmt: skip
    assert drawn.at(1.5, 0.5)[2:4] == [("crte", "X"), ("crte", "Y")]
    assert drawn.at(9, 9) == []


def test_a_border_follows_the_lowest_commune_for_every_kind(drawn: Locator) -> None:
    assert [code for _, code in drawn.at(1, 0.5)] == ["1", "Z", "Y", "R"]
    assert one(drawn, 1, 0.5, "commune") == "1"
    assert one(drawn, 1, 0.5, "epci") == "Z"
    assert one(drawn, 1, 0.5, "crte") == "Y"
    assert one(drawn, 1, 1, "epci") == "Z"  # A corner.
    assert one(drawn, 2, 0.5, "epci") == "A"  # A border inside the EPCI.
    assert one(drawn, 0, 0, "epci") == "Z"  # The outer corner is still inside.


def test_where_two_overlap_many_gives_the_lowest_code(drawn: Locator) -> None:
    assert one(drawn, 1.5, 0.5, "crte") == "X"
    assert one(drawn, 9, 9, "crte") is None
    assert one(drawn, 9, 9, "epci") is None


@pytest.mark.parametrize("kind", ["commune", "epci", "crte", "region"])
def test_a_point_off_a_coast_has_the_territories_of_the_nearest(drawn: Locator, kind: str) -> None:
    for lon, home in ((-0.004, drawn.at(0.5, 0.5)), (-0.005, [])):  # 445 m, 557 m
        assert drawn.at(lon, 0.5) == home
        assert one(drawn, lon, 0.5, kind) == dict(home).get(kind)
    assert one(drawn, 3.001, 0.5, kind) is None  # across the land border
    assert one(drawn, 1, -0.001, kind) == dict(drawn.at(0.5, 0.5))[kind]  # as near to both


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (-1.5536, 47.2173, ["44109", "244400404", "crte-52-44-6", "44", "52"]),
        (55.4481, -20.8789, ["97411", "249740119", "crte-04-974-4", "974", "04"]),
        (2.3611, 48.9362, ["93066", "200054781", "200057867"]),
    ],
)
def test_known_places(lon: float, lat: float, expected: list[str]) -> None:
    found = [territory.code for territory in locate(lon, lat).territories]
    assert found[: len(expected[:3])] == expected[:3]
    assert set(expected) <= set(found)


def test_a_commune_in_two_crte_has_both() -> None:
    found = [territory for territory in locate(6.1, 46.3).territories if territory.kind == "crte"]
    assert [crte.code for crte in found] == ["crte-84-01-13", "crte-84-74-8"]


@pytest.mark.parametrize(
    ("lon", "lat"), [(-4.5, 47.95), (13.4, 52.5), (0, 0), (180, 90), (1.98, 42.464)]
)
def test_sea_abroad_and_the_enclave_of_llivia_hold_nothing(lon: float, lat: float) -> None:
    assert locate(lon, lat).territories == ()
    assert locate(lon, lat).remark
    assert locate_many(np.array([lon]), np.array([lat]), "region").tolist() == [None]


COASTS = [  # quays, a tidal rock, small islands, a cliff, a lake, a river's mouth overseas
    ("50353", -1.5115, 48.6360), ("22016", -3.0030, 48.8470), ("29083", -4.8500, 48.0370),
    ("76351", 0.1060, 49.4780), ("2A041", 9.1590, 41.3850), ("74119", 6.5900, 46.4030),
    ("29101", -4.6357, 48.6008), ("17300", -1.1560, 46.1520), ("97411", 55.4480, -20.8700),
]  # fmt: skip


@pytest.mark.parametrize(("code", "lon", "lat"), COASTS)
def test_a_quay_or_a_rock_off_the_drawn_coast_is_of_its_commune(
    code: str, lon: float, lat: float
) -> None:
    found = locate(lon, lat)
    assert found.territories[0].code == code
    assert bool(found.distance_m) == ("Hors contour, à" in found.remark)
    for kind in ("commune", "departement", "region"):
        codes = [each.code for each in found.territories if each.kind == kind]
        assert locate_many(np.array([lon]), np.array([lat]), kind).tolist() == codes


INSIDE = [  # Mont-Saint-Michel, Bréhat, Sein, Saint-Malo in its walls, Bonifacio, Molène, Le Havre
    ("50353", -1.5115, 48.6360), ("22016", -3.0000, 48.8450), ("29083", -4.8500, 48.0370),
    ("35288", -2.0260, 48.6495), ("2A041", 9.1590, 41.3874), ("29084", -4.9570, 48.3960),
    ("76351", 0.1000, 49.4860),
]  # fmt: skip


@pytest.mark.parametrize(("code", "lon", "lat"), INSIDE)
def test_islands_rocks_and_walled_towns_are_inside_their_outline(
    code: str, lon: float, lat: float
) -> None:
    found = locate(lon, lat)
    assert (found.territories[0].code, found.distance_m, found.remark) == (code, 0.0, "")


ABROAD = [  # Hondarribia, Irun, Ventimiglia, Geneva, Kehl, Monaco, De Panne, Le Pas de la Case…
    (-1.7945, 43.3650), (-1.7890, 43.3390), (7.5320, 43.7850), (6.1430, 46.2040),
    (7.8080, 48.5740), (7.4246, 43.7384), (7.4270, 43.7340), (2.5600, 51.0750),
    (1.7330, 42.5430), (1.9800, 42.4640), (3.1600, 42.4270), (6.2400, 46.2990),
    (7.5890, 47.5700), (-54.0500, 5.5000), (-51.8330, 3.8420), (6.8070, 46.3920),
]  # fmt: skip


@pytest.mark.parametrize(("lon", "lat"), ABROAD)
def test_a_point_across_a_land_border_is_in_no_commune(lon: float, lat: float) -> None:
    found = locate(lon, lat)
    assert found.territories == ()
    assert "rattaché à la commune" not in found.remark
    assert locate_many(np.array([lon]), np.array([lat]), "commune").tolist() == [None]


def test_the_neighbours_meet_france_at_sea_and_leave_no_gap_on_land() -> None:
    _, regions = france.territory_geometries("region")
    drawn = shapely.boundary(shapely.get_parts(france.abroad()))
    off = shapely.get_parts(
        shapely.difference(shapely.union_all(drawn), shapely.union_all(regions))
    )
    middles = shapely.line_interpolate_point(off, 0.5, normalized=True)
    rows, metres = margin().communes.nearest(*shapely.get_coordinates(middles).T, 2_000)
    assert len(off) > 0
    for part, row, metre in zip(off, rows, metres, strict=True):
        assert part.length > 0.05 or (row != NOWHERE and metre < MARGIN_M / 2), part


@pytest.mark.parametrize(
    ("lon", "lat"), [(181, 0), (0, 91), (float("nan"), 0), (0, float("inf")), (-1e300, 0)]
)
def test_what_is_no_place_is_refused(lon: float, lat: float) -> None:
    for ask_one in (locate, nearest_commune):
        with pytest.raises(BadCoordinatesError):
            ask_one(lon, lat)
    with pytest.raises(BadCoordinatesError):
        locate_many(np.array([0.0, lon]), np.array([0.0, lat]), "epci")


def test_bad_arrays_and_kinds_are_refused() -> None:
    with pytest.raises(BadCoordinatesError, match="autant"):
        locate_many(np.zeros(2), np.zeros(3), "epci")
    with pytest.raises(UnknownCodeError, match="pays"):
        locate_many(np.zeros(2), np.zeros(2), "pays")
    assert locate_many(np.empty(0), np.empty(0), "epci").tolist() == []


def test_a_quay_off_the_drawn_coast_has_its_commune_and_distance() -> None:
    quay = nearest_commune(-4.48, 48.38)
    assert quay is not None
    assert (quay[0].code, quay[0].kind) == ("29019", "commune")
    assert 1 < quay[1] < 2_000
    assert nearest_commune(-4.48, 48.38, tolerance_m=quay[1] - 1) is None
    assert nearest_commune(13.4, 52.5) is None
    inside = nearest_commune(-1.5536, 47.2173)
    assert inside is not None
    assert (inside[0].code, inside[1]) == ("44109", 0.0)
    assert nearest_commune(0.0, 90.0) is None


def somewhere(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    mainland = count * 4 // 5
    lon = np.concatenate([
        chance.uniform(-5.2, 9.6, mainland),
        chance.choice([-61.5, -61.0, -53.0, 55.5, 45.15], count - mainland)
        + chance.uniform(-0.5, 0.5, count - mainland),
    ])  # fmt: skip
    lat = np.concatenate([
        chance.uniform(41.3, 51.1, mainland), chance.uniform(-21.4, 16.5, count - mainland)
    ])  # fmt: skip
    return lon, lat


def test_points_agree_with_geopandas_for_every_kind_that_covers_once() -> None:
    lon, lat = somewhere(20_000, 1)
    rows, metres = margin().holders(lon, lat)
    lon, lat = lon[metres == 0], lat[metres == 0]
    assert (rows != NOWHERE).any()
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")
    for kind in ("commune", "epci", "ept", "petr", "departement", "region"):
        if kind == "commune":
            codes, shapes = france.communes().index.to_numpy(), france.commune_geometries()
        else:
            codes, shapes = france.territory_geometries(kind)
        areas = gpd.GeoDataFrame({"code": codes}, geometry=shapes, crs="EPSG:4326")
        joined = points.sjoin(areas, predicate="within").groupby(level=0)["code"].min()
        expected = joined.reindex(range(len(lon))).astype(object)
        expected = expected.where(expected.notna(), None).tolist()
        assert locate_many(lon, lat, kind).tolist() == expected, kind


def test_one_and_many_agree_for_every_kind() -> None:
    lon, lat = somewhere(300, 2)
    many = {kind: locate_many(lon, lat, kind) for kind in kind_codes()}
    for at in range(len(lon)):
        found = locate(lon[at], lat[at])
        for kind in kind_codes():
            codes = sorted(
                territory.code for territory in found.territories if territory.kind == kind
            )
            assert many[kind][at] == (codes[0] if codes else None)


def test_duckdb_gives_the_same_territories() -> None:
    connection = connect_spatial()
    lon, lat = somewhere(10, 3)
    corner = shapely.get_coordinates(france.commune_geometries()[20_000])[0]
    for x, y in [*zip(lon, lat, strict=True), tuple(corner)]:
        located = locate(float(x), float(y))
        if located.territories and located.distance_m:
            continue  # The query knows no margin.
        bound = {"lon": float(x), "lat": float(y), "folder": str(settings().reference)}
        rows = ask(connection, "locate", bound)
        asked = set(zip(rows["territory_kind"], rows["territory_code"], strict=True))
        assert asked == {(found.kind, found.code) for found in located.territories}


def test_vertices_of_communes_follow_the_rule_in_every_question() -> None:
    shapes = france.commune_geometries()
    chosen = np.random.default_rng(5).choice(len(shapes), 200, replace=False)
    lon, lat = np.array([shapely.get_coordinates(shapes[row])[0] for row in chosen]).T
    single = [locate(float(x), float(y)) for x, y in zip(lon, lat, strict=True)]
    for kind in ("commune", "epci", "departement", "region"):
        codes = [
            next((t.code for t in found.territories if t.kind == kind), None) for found in single
        ]
        assert locate_many(lon, lat, kind).tolist() == codes, kind


@examples(max_examples=100)
@given(st.floats(-180, 180), st.floats(-90, 90))
def test_no_place_on_earth_breaks_it(lon: float, lat: float) -> None:
    found = locate(lon, lat).territories
    assert not found or found[0].kind == "commune"
    assert nearest_commune(lon, lat) is None or nearest_commune(lon, lat)[1] <= 2_000


def test_a_warm_answer_takes_less_than_fifty_milliseconds() -> None:
    locate(2.35, 48.85)
    best = []
    for _ in range(5):  # Processor time, the best of a few: the machine is shared.
        start = time.thread_time()
        locate(6.1, 46.3)
        best.append(time.thread_time() - start)
    assert min(best) < 0.05
