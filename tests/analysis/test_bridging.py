"""Who bridges whom: worlds worked by hand, brute force on small ones, chance, and time."""

import threading
import time
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.analysis.bridging import bridging, years
from geo.analysis.bridging.graph import alliance_graph
from geo.analysis.bridging.groups import groups
from geo.analysis.bridging.mixing import mixing
from geo.analysis.bridging.roles import roles
from tests.analysis.alliances import at_random, joined

Names = list[list[str]]
TWO_CLUBS = [["a", "b", "c"], ["b", "c"], ["c", "d"], ["d", "e", "f"], ["e", "f"]]
"""Two clubs, abc and def, that only the alliance of c and d joins."""


# --- brute force: every simple shortest path, every departure ----------------------------------


def neighbours(members: Names) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for ids in members:
        for one, two in combinations(sorted(set(ids)), 2):
            found.setdefault(one, set()).add(two)
            found.setdefault(two, set()).add(one)
    return found


def shortest(near: dict[str, set[str]], one: str, two: str) -> list[list[str]]:
    """List every shortest path by walking them all, one step more at a time."""
    paths = [[one]]
    while paths:
        there = [path for path in paths if path[-1] == two]
        if there:
            return there
        paths = [[*path, more] for path in paths for more in near[path[-1]] if more not in path]
    return []


def brute_between(near: dict[str, set[str]]) -> dict[str, float]:
    found = dict.fromkeys(near, 0.0)
    for one, two in combinations(sorted(near), 2):
        paths = shortest(near, one, two)
        for path in paths:
            for inside in path[1:-1]:
                found[inside] += 1 / len(paths)
    pairs = (len(near) - 1) * (len(near) - 2) / 2
    return {one: value / pairs if pairs else value for one, value in found.items()}


def parts(near: dict[str, set[str]], kept: set[str]) -> list[set[str]]:
    left, found = set(kept), []
    while left:
        part, edge = set(), {left.pop()}
        while edge:
            part |= edge
            edge = {two for one in edge for two in near.get(one, ()) if two in kept} - part
        left -= part
        found.append(part)
    return found


def lost(before: list[set[str]], after: list[set[str]], gone: str = "") -> int:
    """Count who is no longer with the largest part of its network."""
    total = 0
    for part in before:
        left = [len(one) for one in after if one <= part - {gone}]
        total += sum(left) - max(left, default=0)
    return total


small = st.lists(
    st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=4, unique=True),
    min_size=1,
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(small)
def test_between_and_cuts_are_those_of_brute_force(members: Names) -> None:
    found = alliance_graph(*joined(members))
    near, told = neighbours(members), roles(found)
    wanted = brute_between(near)
    assert told.between == pytest.approx([wanted[one] for one in found.ids])
    whole = parts(near, set(near))
    assert sorted(told.pieces) == sorted(len(one) for one in whole)
    cuts = [lost(whole, parts(near, set(near) - {one}), one) for one in found.ids]
    assert told.cut.tolist() == cuts
    assert told.partners.tolist() == [len(near[one]) for one in found.ids]


@settings(max_examples=60, deadline=None)
@given(small)
def test_alliances_that_bridge_are_those_of_brute_force(members: Names) -> None:
    alliances, actors = joined(members)
    near = neighbours(members)
    whole, wanted = parts(near, set(near)), {}
    for at in range(len(members)):
        left = neighbours(members[:at] + members[at + 1 :])
        if (cut := lost(whole, parts(left, set(near)))) > 1:
            wanted[f"A{at:03}"] = cut
    told = roles(alliance_graph(alliances, actors)).alliances
    assert {one.alliance_id: one.cut for one in told} == wanted
    assert [one.cut for one in told] == sorted(wanted.values(), reverse=True)


def test_two_clubs_worked_by_hand() -> None:
    found = alliance_graph(*joined(TWO_CLUBS))
    told = roles(found)
    # c is between a or b and each of d, e, f: 6 pairs of the 10 of others; so is d.
    assert dict(zip(found.ids, told.between.tolist(), strict=True)) == {
        **dict.fromkeys("abef", 0.0),
        **dict.fromkeys("cd", 0.6),
    }
    assert dict(zip(found.ids, told.cut.tolist(), strict=True)) == {
        **dict.fromkeys("abef", 0),
        **dict.fromkeys("cd", 2),
    }
    # Without that of d, e and f, these two would be left to each other.
    assert [(one.alliance_id, one.cut) for one in told.alliances] == [("A002", 3), ("A003", 2)]
    assert [found.ids[one] for one in told.ranked(told.between)] == ["c", "d"]


def test_members_who_are_not_there_join_nobody() -> None:
    alliances, actors = joined([["a", "b"], ["b", "z"]])
    found = alliance_graph(alliances, actors.drop("z"))
    assert (found.ids, found.alliance_ids) == (("a", "b"), ("A000",))


# --- groups --------------------------------------------------------------------------------------


def clubs(many: int, size: int) -> Names:
    """Draw clubs whose members all meet by pairs, each club joined to the next by one alliance."""
    names = [[f"{club}{one}" for one in range(size)] for club in range(many)]
    inside = [[*pair] for club in names for pair in combinations(club, 2)]
    return inside + [[one[0], two[0]] for one, two in pairwise(names)]


def test_clubs_are_found_and_neater_than_chance() -> None:
    found = alliance_graph(*joined(clubs(4, 5)))
    told = groups(found)
    assert told.are_significant
    assert told.sizes == [5, 5, 5, 5]
    assert len({(one[0], group) for one, group in zip(found.ids, told.of, strict=True)}) == 4


def test_a_network_drawn_at_random_has_no_group() -> None:
    dice = np.random.default_rng(3)
    pairs = [[f"{one:02}" for one in dice.choice(30, 2, replace=False)] for _ in range(60)]
    assert not groups(alliance_graph(*joined(pairs))).are_significant


def test_the_same_alliances_give_the_same_answers_in_any_order_and_at_once() -> None:
    alliances, actors = at_random(60, 90)
    wanted = bridging(alliances, actors, 2026)
    told: list[Any] = []

    def ask(rows: Any) -> None:
        again = bridging(rows, actors.sample(frac=1, random_state=4), 2026)
        told.append((again.groups.of.tolist(), again.groups.as_neat, again.mixing))

    rows = [alliances, alliances.sample(frac=1, random_state=2), alliances.iloc[::-1]]
    threads = [threading.Thread(target=ask, args=(one,)) for one in rows]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert told == [(wanted.groups.of.tolist(), wanted.groups.as_neat, wanted.mixing)] * 3


# --- profiles against chance ---------------------------------------------------------------------


def halves(pairs: Names, **profiles: str) -> Any:
    alliances, actors = joined(pairs, profiles)
    return mixing(alliance_graph(alliances, actors), actors["profile"])


def test_who_only_meets_its_like_differs_from_chance() -> None:
    like = {f"{one}": "association" for one in range(8)} | {
        f"{one}": "entreprise" for one in range(8, 16)
    }
    inside = [[f"{one}", f"{one + 1}"] for one in (*range(7), *range(8, 15))]
    seen = halves(inside, **like)
    assert (seen.counted, seen.mixed, seen.share) == (14, 0, 0.0)
    # 2 × 8 × 8 / (16 × 15) of the pairs of sixteen actors are of two profiles.
    assert seen.expected == pytest.approx(8 / 15, abs=0.03)
    assert seen.chance < 0.01
    assert seen.seldom


def test_an_exact_chance_is_drawn_within_what_a_thousand_draws_allow() -> None:
    # Two pairs of four actors, two of each profile: mixed twice in 2 of 3 ways of dealing, else 0.
    seen = halves([["a", "b"], ["c", "d"]], a="association", b="association",
                  c="entreprise", d="entreprise")  # fmt: skip
    assert seen.mixed == 0
    assert seen.expected == pytest.approx(2 / 3, abs=0.05)
    assert seen.chance == pytest.approx(1 / 3, abs=0.05)


def test_chance_alone_is_seldom_told_from_chance() -> None:
    """Deal profiles at random forty times: about one in twenty is called rare, not many more."""
    dice = np.random.default_rng(5)
    pairs = [[f"{one:02}" for one in dice.choice(24, 2, replace=False)] for _ in range(40)]
    rare = 0
    for _ in range(40):
        dealt = {f"{one:02}": str(dice.choice(["association", "entreprise"])) for one in range(24)}
        alliances, actors = joined(pairs, dealt)
        rare += mixing(alliance_graph(alliances, actors), actors["profile"], draws=199).seldom
    assert rare <= 6


def test_an_unstated_profile_neither_mixes_nor_counts() -> None:
    seen = halves([["a", "b"], ["a", "c"], ["b", "c"]], a="association", b="", c="entreprise")
    assert (seen.counted, seen.mixed, seen.stated, seen.profiles) == (1, 1, 2, 2)
    assert halves([["a", "b"]]).counted == 0


# --- years, who is alone, what is too small ------------------------------------------------------


def test_years_count_what_is_dated() -> None:
    alliances, actors = joined([["a", "b"], ["b", "c"], ["c", "d"], ["a", "d"]])
    dated = alliances.assign(since=["2020", "2021-06", "", "2030"], until=["2021", "", "2022", ""])
    told = years(dated, actors, 2022).set_index("year")
    assert told["under_way"].to_dict() == {2020: 1, 2021: 2, 2022: 1}
    assert told["begun"].sum() == 2  # neither the undated one, nor that of 2030
    assert told["ended"].to_dict() == {2020: 0, 2021: 1, 2022: 0}
    assert told["actors"].to_dict() == {2020: 2, 2021: 3, 2022: 2}
    assert years(dated.iloc[2:3], actors, 2022).empty


def test_a_small_network_gives_no_number() -> None:
    alliances, actors = joined(TWO_CLUBS, {"z": "association"})
    found = bridging(alliances, actors, 2026)
    assert not found.enough
    assert not found.comparable
    assert list(found.alone.index) == ["z"]
    table = found.table
    assert table[["between", "cut", "group"]].isna().all(axis=None)
    assert table["partners"].to_dict() == {"a": 2, "b": 2, "c": 3, "d": 3, "e": 2, "f": 2, "z": 0}


def test_no_alliance_at_all() -> None:
    alliances, actors = joined([["a", "b"]])
    found = bridging(alliances.iloc[:0], actors, 2026)
    assert (len(found.graph), len(found.alone), found.roles.pieces) == (0, 2, ())
    assert found.groups.sizes == []
    assert found.years.empty
    assert len(found.table) == 2


def test_five_hundred_actors_are_answered_in_a_second() -> None:
    alliances, actors = at_random(500, 2000)
    assert len(bridging(*at_random(20, 20), 2026).table) == 20  # what is loaded once
    start = time.process_time()
    found = bridging(alliances, actors, 2026)
    assert len(found.table) == 500
    assert found.mixing.draws == 999
    assert found.groups.are_significant
    assert len(found.years) == 17
    assert time.process_time() - start < 1.5  # 0.8 s on an idle core
