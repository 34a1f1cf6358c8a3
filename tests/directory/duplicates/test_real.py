"""Some 43,000 actors of five public lists, when they lie beside the project."""

import time

import pandas as pd
import pytest

from geo.directory.duplicates.candidates import candidates
from tests.directory.duplicates import samples
from tests.directory.duplicates.made import NOTHING

pytestmark = pytest.mark.skipif(not samples.here(), reason="the samples are not beside the project")


@pytest.fixture(scope="module")
def actors() -> pd.DataFrame:
    return samples.everything()


@pytest.fixture(scope="module")
def found(actors: pd.DataFrame) -> pd.DataFrame:
    start = time.perf_counter()
    table = candidates(actors, NOTHING)
    table.attrs["seconds"] = time.perf_counter() - start
    return table


def lists(found: pd.DataFrame) -> pd.Series:
    """Name the two lists that each pair joins, in alphabetical order."""
    firsts = [column.str.partition("-")[0] for column in (found["one_id"], found["other_id"])]
    return pd.Series(["~".join(sorted(pair)) for pair in zip(*firsts, strict=True)], found.index)


def test_every_actor_is_looked_at_in_under_twenty_seconds(
    actors: pd.DataFrame, found: pd.DataFrame
) -> None:
    assert len(actors) > 40_000
    assert found.attrs["seconds"] < 20


def test_no_pair_within_one_list(found: pd.DataFrame) -> None:
    assert not [pair for pair in lists(found) if len(set(pair.split("~"))) == 1]


def test_town_halls_with_a_digital_adviser_are_found(
    actors: pd.DataFrame, found: pd.DataFrame
) -> None:
    """« Mairie de … » of two lists, in one town: nearly all are proposed."""
    advised = actors[
        actors["actor_id"].str.startswith("cnfs-")
        & actors["actor_name"].str.fullmatch(r"(?i)mairie d[eu]s? ?(?:la )?[\w -]+")
    ]
    proposed = set(found["one_id"]) | set(found["other_id"])
    assert len(advised) > 100
    assert advised["actor_id"].isin(proposed).mean() > 0.75


def test_a_france_services_in_a_town_hall_is_not_the_town_hall(found: pd.DataFrame) -> None:
    assert (lists(found) == "fs~mairie").sum() <= 1
    assert (lists(found) == "cnfs~fs").sum() > 100


def test_two_lists_of_third_places_meet(found: pd.DataFrame) -> None:
    assert (lists(found) == "fabt~tl").sum() >= 25
