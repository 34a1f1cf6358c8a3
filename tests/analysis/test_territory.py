"""One territory: DuckDB's answers against GeoPandas, and against what is known by hand."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.analysis.coverage import coverage
from geo.analysis.matrix import matrix
from geo.analysis.origin import territory_origin
from geo.analysis.territory import sheet
from geo.directory.directory import Directory, directory
from geo.errors import AtlasError, UnknownCodeError
from geo.output.maps.territories import territory_bounds
from geo.output.territory_answer import sheet_bounds
from geo.query.selection import Selection
from geo.reference import france
from geo.reference.kinds import kind_codes
from tests.world import catalyst, frame_of

ALL = Selection()


@pytest.fixture(scope="module")
def scattered():
    """400 catalysts at the points of communes drawn all over France."""
    communes = france.communes().sample(400, random_state=7)
    rows = [
        catalyst(
            f"c{code}",
            location_precision="commune",
            commune_code=code,
            longitude=home["longitude"],
            latitude=home["latitude"],
        )
        for code, home in communes.iterrows()
    ]
    return Directory("drawn.csv", frame_of(*rows))


@pytest.mark.parametrize("kind", [kind for kind in kind_codes() if kind != "commune"])
def test_inside_equals_geopandas_on_random_points(scattered, kind):
    codes = france.territories().loc[kind].sample(6, random_state=3, replace=True).index.unique()
    points = gpd.GeoSeries(
        gpd.points_from_xy(scattered.frame["longitude"], scattered.frame["latitude"]),
        index=scattered.frame.index,
        crs="EPSG:4326",
    )
    for code in codes:
        truth = points.index[points.within(france.geometry(kind, code))]
        assert list(sheet(scattered, kind, code, ALL).inside.index) == list(truth), code


@pytest.mark.parametrize(("kind", "code"), [("epci", "200042497"), ("departement", "974")])
def test_near_is_measured_to_the_boundary(scattered, kind, code):
    answer = sheet(scattered, kind, code, ALL, near_km=60)
    system = "EPSG:2975" if code == "974" else "EPSG:2154"
    border = gpd.GeoSeries([france.geometry(kind, code)], crs="EPSG:4326").to_crs(system).iloc[0]
    points = gpd.GeoSeries(
        gpd.points_from_xy(scattered.frame["longitude"], scattered.frame["latitude"]),
        index=scattered.frame.index,
        crs="EPSG:4326",
    ).to_crs(system)
    far = points[~points.is_empty & np.isfinite(points.x)].distance(border)
    clear = far[(far > 0) & ((far - 60_000).abs() > 200)]  # a projection is off by 0.1 %
    expected = set(clear[clear < 60_000].index)
    assert expected <= set(answer.near.index)
    assert not set(answer.near.index) & set(answer.inside.index)
    metres = answer.near["distance_m"]
    assert metres.is_monotonic_increasing
    np.testing.assert_allclose(metres[list(expected)], far[list(expected)], rtol=3e-3)


def test_near_tells_that_something_is_left_to_find(scattered):
    assert len(sheet(scattered, "epci", "200042497", ALL, near_km=60).near) > 0


@pytest.mark.parametrize(
    ("kind", "code"), [("commune", "94018"), ("departement", "94"), ("region", "84")]
)
def test_a_territory_is_the_subject_of_its_map_whoever_is_near(kind, code):
    west, south, east, north = sheet_bounds(sheet(directory(), kind, code, ALL, near_km=50))
    own = territory_bounds(kind, code)
    for low, high, least, most in ((west, east, own[0], own[2]), (south, north, own[1], own[3])):
        assert low <= least < most <= high
        assert 0.25 <= ((least + most) / 2 - low) / (high - low) <= 0.75
        assert (most - least) / (high - low) >= 1 / 3


def test_paris_est_marne_et_bois():
    answer = sheet(directory(), "ept", "200057941", ALL)
    assert len(answer.communes) == 13
    assert answer.territory.commune_count == 13
    assert answer.territory.population == answer.communes["population"].sum()
    assert len(answer.inside) == 7
    assert "paris-est-marne-bois" in answer.inside.index
    assert len(answer.covering) == 6
    assert answer.missing_practices == ["gestion_lieu"]
    above = answer.related[answer.related["relation"] == "above"]
    assert set(above["territory_kind"]) == {"crte", "epci", "departement", "region"}
    groups = answer.groups()
    everyone = [code for rows in groups.values() for code in rows.index]
    assert len(everyone) == len(set(everyone))


def test_a_departement_counts_those_known_only_to_it():
    inside = sheet(directory(), "departement", "13", ALL).inside
    assert "programme-impact-jeunes" in inside.index
    assert inside.loc["programme-impact-jeunes", "location_precision"] == "departement"


def test_filters_are_followed_everywhere():
    answer = sheet(directory(), "region", "11", Selection(practices=("dialogue_territorial",)))
    for rows in (answer.inside, answer.near, answer.covering):
        assert all("dialogue_territorial" in codes for codes in rows["practices"])


@pytest.mark.parametrize("near_km", [-1, 2001, float("nan")])
def test_a_distance_out_of_bounds_is_refused(near_km):
    with pytest.raises(AtlasError, match="hors limites"):
        sheet(directory(), "ept", "200057941", ALL, near_km)


def test_unknown_territories_are_refused():
    with pytest.raises(UnknownCodeError, match="crte « x »"):
        sheet(directory(), "crte", "x", ALL)
    with pytest.raises(UnknownCodeError, match="Types possibles"):
        sheet(directory(), "pays", "FR", ALL)


def test_matrix_has_every_pair_and_counts_practices():
    book = directory()
    table = matrix(book, book.frame.index)
    assert table.shape == (5, 9)
    assert table.loc["gestion_lieu"].sum() == 13
    assert table.loc["non_renseigne"].sum() == 36
    assert matrix(book, []).to_numpy().sum() == 0


@pytest.mark.parametrize("kind", kind_codes())
def test_coverage_adds_up(kind):
    book = directory()
    answer = coverage(book, kind, ALL)
    expected = len(france.communes()) if kind == "commune" else len(france.territories().loc[kind])
    assert len(answer.frame) == expected
    counted = answer.frame["catalyst_count"].sum()
    assert answer.selected_count == 85
    if kind != "crte":  # CRTE overlap: one catalyst may count in two
        assert counted + answer.unplaced_count == 85
    far = answer.frame["distance_km"]
    assert far.max() < 400  # of Corsica: no sea is crossed further
    away = {"region": {"01", "02", "03", "06"}, "departement": {"971", "972", "973", "976"}}
    assert {*far[far.isna()].index} == away.get(kind, {*far[far.isna()].index})


def test_coverage_distance_is_the_inhabitants_average():
    book = directory()
    frame = coverage(book, "ept", ALL).frame
    members = sheet(book, "ept", "200057941", ALL).communes.set_index("commune_code")
    placed = book.frame[book.frame["longitude"].notna()]
    from geo.crs import GEOD  # noqa: PLC0415

    homes = france.communes().loc[members.index]
    total = 0.0
    for code, home in homes.iterrows():
        metres = [
            GEOD.inv(home["longitude"], home["latitude"], lon, lat)[2]
            for lon, lat in zip(placed["longitude"], placed["latitude"], strict=True)
        ]
        total += min(metres) * members.loc[code, "population"]
    assert frame.loc["200057941", "distance_km"] == pytest.approx(
        total / members["population"].sum() / 1000, rel=1e-6
    )


def test_coverage_without_any_point_has_no_distance():
    book = Directory("x.csv", frame_of(catalyst("a")))
    answer = coverage(book, "region", ALL)
    assert answer.frame["distance_km"].isna().all()
    assert answer.unplaced_count == 1


def test_perimeter_is_a_valid_polygon():
    perimeter = sheet(directory(), "crte", "crte-84-01-1", ALL).perimeter
    assert shapely.is_valid(perimeter)


def test_the_nearest_outside_are_named_only_where_nobody_stands_inside(scattered):
    empty = sheet(scattered, "commune", "94018", ALL, near_km=0)
    border = gpd.GeoSeries([france.geometry("commune", "94018")], crs="EPSG:4326").to_crs(2154)
    points = gpd.GeoSeries(
        gpd.points_from_xy(scattered.frame["longitude"], scattered.frame["latitude"]),
        index=scattered.frame.index,
        crs="EPSG:4326",
    ).to_crs(2154)
    truth = points.distance(border.iloc[0]).sort_values().head(3)
    assert empty.inside.empty
    assert list(empty.nearest_outside.index) == list(truth.index)
    assert empty.nearest_outside["distance_m"].to_numpy() == pytest.approx(truth, rel=0.01)
    assert sheet(scattered, "region", "11", ALL).nearest_outside.empty


@pytest.mark.parametrize(
    ("kind", "code", "near_km"),
    [("departement", "94", 20.0), ("commune", "97411", 1_500.0), ("region", "11", 700.0)],
)
def test_what_is_left_out_before_distances_are_measured_is_further(
    kind: str, code: str, near_km: float
) -> None:
    draw, origin = np.random.default_rng(4), territory_origin(kind, code)
    lon = np.concatenate([draw.uniform(-10, 60, 300), draw.normal(origin.longitude, 3, 300)])
    lat = np.concatenate([draw.uniform(-50, 60, 300), draw.normal(origin.latitude, 3, 300)])
    kept = origin.may_reach(lon, lat, near_km)
    metres = origin.distances_m(lon, lat, boundary=True)
    assert (metres[~kept] > near_km * 1_000).all()
    assert 0 < kept.sum() < len(kept)
