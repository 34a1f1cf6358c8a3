"""Siting: equal to brute force on small tables, under its bound always, exact figures of places."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.analysis.siting import solve as solving
from geo.analysis.siting.gains import Gains, Points, covering_gains, distance_gains
from geo.analysis.siting.question import (
    MAINLAND,
    SitingQuestion,
    candidate_communes,
    demand_weights,
)
from geo.analysis.siting.siting import siting
from geo.analysis.siting.solve import exact, greedy, lagrangian, solve, submodular_bound, swapped
from geo.crs import GEOD
from geo.directory.directory import directory
from geo.errors import AtlasError, BadParameterError
from geo.query.selection import Selection
from geo.reference import france
from geo.reference.place import Place


def _table(seed: int, demand: int, candidates: int) -> Gains:
    rng = np.random.default_rng(seed)
    dense = np.where(
        rng.random((demand, candidates)) < 0.4, rng.integers(1, 9, (demand, candidates)), 0
    )
    column, row = np.nonzero(dense.T)
    starts = np.searchsorted(column, np.arange(candidates + 1))
    weights = rng.integers(0, 50, demand).astype(float)
    return Gains(row, dense.T[column, row].astype(float), starts, weights)


def _best(gains: Gains, k: int) -> float:
    every = combinations(range(gains.count), min(k, gains.count))
    return max(gains.total(np.array(some, dtype=np.intp)) for some in every)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 14), st.integers(2, 9), st.integers(1, 4))
def test_a_small_table_is_solved_as_well_as_by_trying_every_choice(seed, demand, candidates, k):
    gains = _table(seed, demand, candidates)
    found = solve(gains, k)
    best = _best(gains, k)
    assert found.total == pytest.approx(best)
    assert found.gap == pytest.approx(0, abs=1e-9)
    assert sum(found.steps) == pytest.approx(found.total)
    assert list(found.steps) == sorted(found.steps, reverse=True)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 14), st.integers(3, 9), st.integers(1, 4))
def test_no_bound_is_under_the_best_choice_nor_any_choice_over_it(seed, demand, candidates, k):
    gains = _table(seed, demand, candidates)
    start = greedy(gains, k)
    best = _best(gains, k)
    better = swapped(gains, start)
    assert gains.total(start) <= gains.total(better) + 1e-9 <= best + 2e-9
    assert submodular_bound(gains, better, k) >= best - 1e-9
    if start.size:
        bound, found = lagrangian(gains, k, better)
        assert bound >= best - 1e-6
        assert gains.total(found) <= best + 1e-9


def test_a_table_too_large_to_be_tried_whole_is_within_its_stated_gap_of_the_exact_one(monkeypatch):
    gains = _table(3, 120, 30)
    monkeypatch.setattr(solving, "EXACT_ENTRIES", 0)
    found = solve(gains, 5)
    best = gains.total(exact(gains, 5))
    assert found.total <= best + 1e-9 <= found.bound + 1e-6
    assert found.total >= best * (1 - found.gap) - 1e-6
    assert found.gap < 0.1


def test_gains_are_the_geodesic_kilometres_saved_and_covering_counts_the_edge_in():
    demand = Points(np.array([2.0, 2.5, 9.0]), np.array([47.0, 47.0, 42.0]))
    there = Points(np.array([2.1, 2.5]), np.array([47.0, 47.2]))
    far = [GEOD.inv(2.0, 47.0, 2.1, 47.0)[2] / 1000, GEOD.inv(2.5, 47.0, 2.5, 47.2)[2] / 1000]
    saved = distance_gains(demand, np.ones(3), np.array([20.0, 30.0, 5.0]), there)
    rows, values = saved.column(0)
    assert rows.tolist() == [0]
    assert values[0] == pytest.approx(20 - far[0], abs=1e-6)
    assert saved.column(1)[1] == pytest.approx([30 - far[1]], abs=1e-6)
    edge = covering_gains(demand, np.ones(3), np.array([99.0, 99.0, 99.0]), there, far[0])
    assert edge.column(0)[0].tolist() == [0]
    reached = covering_gains(demand, np.ones(3), np.array([1.0, 99.0, 99.0]), there, far[0])
    assert not reached.column(0)[0].size, "who is within reach already gains nothing"


def test_what_the_places_bring_is_counted_again_one_by_one():
    found = siting(directory(), SitingQuestion(territory=Place("region", "24"), count=3))
    people = france.communes().loc[found.km.index]
    km = found.km["before"].to_numpy()
    before = int(people["population"][km <= 50].sum())
    assert found.before.within == before
    for _, place in found.places.iterrows():
        own = [
            GEOD.inv(place["longitude"], place["latitude"], lon, lat)[2] / 1000
            for lon, lat in zip(people["longitude"], people["latitude"], strict=True)
        ]
        km = np.minimum(km, own)
        after = int(people["population"][km <= 50].sum())
        assert place["gained"] == after - before
        before = after
    assert found.after.within == before
    assert found.solution.gap <= 0.01
    assert found.km["after"].to_numpy() == pytest.approx(km, abs=1e-6)


def test_no_distance_crosses_an_ocean():
    assert not any(code.startswith("97") for code in SitingQuestion().codes())
    away = siting(
        directory(), SitingQuestion(territory=Place("region", "02"), count=2, goal="distance")
    )
    assert away.before.mean_km is None, "no catalyst is placed in Martinique"
    assert away.after.mean_km is not None
    assert away.after.mean_km < 40
    assert set(away.places["departement_code"]) == {"972"}
    assert MAINLAND == "hexagone"


def test_who_counts_is_a_quarter_of_those_known_and_the_others_are_said():
    asked = SitingQuestion(weight="revenu")
    weights, unknown = demand_weights(asked)
    people = france.communes()["population"].reindex(asked.codes()).to_numpy(float)
    assert unknown > 0
    share = weights.sum() / (people.sum() - unknown)
    assert share == pytest.approx(0.25, abs=0.02)
    rural, _ = demand_weights(SitingQuestion(weight="ruraux"))
    assert 0 < rural.sum() < people.sum()
    assert (rural <= people + 1).all()


def test_candidates_are_main_communes_or_a_list_and_a_wrong_one_is_refused():
    main = candidate_communes(SitingQuestion(territory=Place("departement", "63")))
    assert "63113" in main.index
    listed = candidate_communes(SitingQuestion(candidates="63113, 63284"))
    assert listed.index.tolist() == ["63113", "63284"]
    for wrong in ("63113,99999", "", "97101"):
        with pytest.raises(BadParameterError, match="codes"):
            candidate_communes(SitingQuestion(candidates=wrong))


def test_a_selection_without_anybody_placed_is_helped_from_nothing():
    nobody = Selection(text="zzz qui n’est nulle part")
    found = siting(
        directory(), SitingQuestion(selection=nobody, territory=Place("region", "94"), count=2)
    )
    assert found.before.within == 0
    assert found.before.mean_km is None
    assert found.places["gained"].gt(0).all()


def test_nobody_who_counts_is_said():
    with pytest.raises(AtlasError, match="élargissez"):
        siting(directory(), SitingQuestion(territory=Place("commune", "75056"), weight="ruraux"))
