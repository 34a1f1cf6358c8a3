"""Inhabitants within reach: sums that add up, figures counted again, shores kept apart."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.analysis.bulk import nearest_many
from geo.analysis.proximity.distances import (
    selection_km,
    shores,
    shores_of,
    to_nearest_km,
    with_places_km,
)
from geo.analysis.proximity.proximity import WITHIN, commune_table, counted, proximity, share_curve
from geo.crs import GEOD
from geo.directory.directory import directory
from geo.query.selection import Selection
from geo.reference import france
from geo.reference.kinds import kind_codes
from geo.reference.territory import member_codes
from geo.vocabulary import choices

PRACTICES, EVIDENCE = choices("practice"), choices("evidence")


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(kind_codes()),
    st.sampled_from([(), *((one,) for one in PRACTICES)]),
    st.sampled_from([(), *((one,) for one in EVIDENCE)]),
    st.sampled_from([(), ("fabrique_territoire",)]),
    st.sampled_from([10.0, 50.0]),
)
def test_the_whole_is_the_sum_of_its_parts_at_every_level(kind, practices, evidence, also, within):
    kept = Selection(practices=practices, evidence=evidence, also=also)
    seen = proximity(directory(), kind, kept, within)
    for column in counted():
        parts = seen.frame[column].sum() + seen.outside[column] - seen.twice[column]
        assert parts == seen.country[column], column
    assert seen.country["population"] == france.communes()["population"].sum()
    for nearer, farther in pairwise(WITHIN):
        assert (seen.frame[nearer] <= seen.frame[farther]).all()
    assert (seen.frame["within"] <= seen.frame["beside_within"]).all()
    assert (seen.frame["within"] + seen.frame["scope_only"] <= seen.frame["population"]).all()


def test_parts_without_a_territory_and_those_counted_twice_are_those_of_the_reference():
    regions, epci = (proximity(directory(), k, Selection(), 50) for k in ("region", "epci"))
    assert regions.outside["population"] == regions.twice["population"] == 0
    none = france.communes()["epci_code"].isna()
    assert epci.outside["population"] == france.communes().loc[none, "population"].sum() > 0
    assert proximity(directory(), "crte", Selection(), 50).twice["population"] > 0


def test_the_figures_of_a_departement_are_counted_again_one_commune_after_the_other():
    seen = proximity(directory(), "departement", Selection(), 25).frame.loc["63"]
    towns = france.communes().loc[member_codes("departement", "63")]
    rows = directory().frame
    placed = rows[rows["longitude"].notna() & ~rows["departement_code"].str.startswith("97")]
    spots = list(zip(placed["longitude"], placed["latitude"], strict=True))
    km = np.array(
        [
            min(GEOD.inv(lon, lat, *spot)[2] for spot in spots) / 1000
            for lon, lat in zip(towns["longitude"], towns["latitude"], strict=True)
        ]
    )
    people = towns["population"].to_numpy()
    assert seen["within_25"] == people[km <= 25].sum() == seen["within"]
    assert seen["mean_km"] == pytest.approx(np.average(km, weights=people), abs=1e-3)
    each = np.repeat(km, people)
    assert seen["median_km"] == pytest.approx(np.quantile(each, 0.5, method="lower"), abs=1e-3)


def test_a_catalyst_counts_on_its_own_shore_alone():
    found = selection_km(directory(), Selection())
    reunion, guadeloupe = shores() == "974", shores() == "971"
    assert np.isfinite(found[reunion]).all()
    assert np.isinf(found[guadeloupe]).all(), "its only catalyst has no point"
    rows = directory().frame
    assert (rows.loc[rows["departement_code"] == "971", "longitude"].isna()).all()
    assert np.isinf(to_nearest_km(rows[rows["longitude"].isna()])).all()
    seen = proximity(directory(), "departement", Selection(), 50).frame
    assert seen.loc["971", "unreached"] == seen.loc["971", "population"]
    assert np.isnan(seen.loc["971", "mean_km"])
    assert seen.loc["971", "unplaced_region"] == 1


def test_the_four_practices_are_those_of_the_same_selection_its_own_practice_set_aside():
    one = commune_table(directory(), Selection(practices=("gestion_lieu",)), 50)
    every = commune_table(directory(), Selection(), 50)
    assert (one["four_practices"] == every["four_practices"]).all()
    assert (one["within"] == one["within_gestion_lieu"]).all()
    assert (one["four_practices"] <= one["within"]).all()


def test_neighbouring_layers_bring_nearer_and_accompanied_territories_do_not():
    alone = selection_km(directory(), Selection())
    places = with_places_km(directory(), Selection(also=("fabrique_territoire",)))
    assert (places <= alone).all()
    assert (places < alone).any()
    helped = with_places_km(directory(), Selection(also=("territoire_engagement",)))
    assert (helped == alone).all()


def test_those_farthest_come_first_and_those_without_any_above_all():
    ranked = proximity(directory(), "departement", Selection(), 50).least_served()
    known = ranked["mean_km"].dropna()
    assert ranked["mean_km"].isna().head(4).all()
    assert known.is_monotonic_decreasing
    assert len(ranked) == 101


def test_a_curve_grows_to_all_those_whose_shore_has_a_catalyst():
    km = selection_km(directory(), Selection())
    people = france.communes()["population"]
    shares = share_curve(km, np.array([0.0, 50.0, 5000.0]))
    assert shares[1] == pytest.approx(people[km <= 50].sum() / people.sum())
    assert shares[2] == pytest.approx(people[np.isfinite(km)].sum() / people.sum())
    assert shares[0] <= shares[1] <= shares[2] < 1


def test_an_edit_that_moves_nobody_measures_nothing_and_one_that_moves_somebody_does():
    frame = directory().frame
    before = to_nearest_km(frame)
    assert to_nearest_km(frame.assign(website="https://exemple.invalid/")) is before
    assert to_nearest_km(pd.concat([frame, frame.iloc[:5], frame.iloc[::-1]])) is before
    placed = np.flatnonzero(frame["longitude"].notna())
    moved = frame.copy()
    moved.iloc[placed[0], moved.columns.get_loc("longitude")] += 0.3
    after = to_nearest_km(moved)
    for rows, found in ((frame, before), (moved, after)):
        theirs = rows.iloc[placed]
        lon, lat = (theirs[axis].to_numpy(float) for axis in ("longitude", "latitude"))
        towns = france.communes()[["longitude", "latitude"]].to_numpy().T
        for name in {*shores()}:
            here, there = shores() == name, shores_of(lon, lat) == name
            if there.any():
                _, metres = nearest_many(*towns[:, here], lon[there], lat[there])
                assert (found[here] == metres[:, 0] / 1000).all()
            else:
                assert np.isinf(found[here]).all()
    assert (before != after).any()
