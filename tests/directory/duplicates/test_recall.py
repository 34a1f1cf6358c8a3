"""How many made-up duplicates are found, and how many neighbours are wrongly called so."""

import csv
import random
from typing import Any

import pytest

from geo.directory.duplicates.candidates import PROPOSED, candidates
from geo.settings import ROOT
from tests.directory.duplicates import samples
from tests.directory.duplicates.corruption import SLIPS, corrupted, moved
from tests.directory.duplicates.made import NOTHING, actor, frame

TOWNS = [("Vincennes", "94080", 2.439, 48.847), ("Redon", "35236", -2.084, 47.651)]


def catalysts() -> list[dict[str, Any]]:
    """Return the organisations that ship with the project, at made-up addresses in two towns."""
    luck = random.Random(3)  # noqa: S311 - made-up errors, not secrets
    with (ROOT / "data" / "catalysts.csv").open(encoding="utf-8") as file:
        names = [row["catalyst_name"] for row in csv.DictReader(file)]
    return [placed(f"cat-{rank}", name, luck) for rank, name in enumerate(names)]


def placed(actor_id: str, name: str, luck: random.Random) -> dict[str, Any]:
    town, code, lon, lat = luck.choice(TOWNS)
    start = {"longitude": lon, "latitude": lat}
    return actor(
        actor_id,
        actor_name=name,
        town=town,
        commune_code=code,
        **moved(start, luck.uniform(0, 1500), luck),
        location_precision="adresse",
        external_ids=[f"origine:{actor_id}"],
    )


def third_places() -> list[dict[str, Any]]:
    rows = samples.everything()
    known = rows[rows["actor_id"].str.startswith("tl-") & rows["longitude"].notna()]
    known = known[known["location_precision"] == "adresse"]
    return known.sample(400, random_state=2).to_dict("records")  # type: ignore[return-value]


def recall(originals: list[dict[str, Any]], seed: int) -> tuple[float, list[tuple[str, str]]]:
    """Return the share of corrupted copies found, and the other pairs proposed."""
    luck = random.Random(seed)  # noqa: S311
    copies = [corrupted(record, n, luck) for n, record in enumerate(originals)]
    table = candidates(frame(*originals, *copies), NOTHING, PROPOSED)
    wanted = {
        frozenset((record["actor_id"], copy["actor_id"]))
        for record, copy in zip(originals, copies, strict=True)
    }
    proposed = [frozenset((row.one_id, row.other_id)) for row in table.itertuples()]
    name = {row["actor_id"]: row["actor_name"] for row in (*originals, *copies)}
    wrong = [tuple(name[one] for one in pair) for pair in proposed if pair not in wanted]
    return len(wanted & set(proposed)) / len(wanted), wrong


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_corrupted_copies_of_known_organisations_are_found(seed: int) -> None:
    found, wrong = recall(catalysts(), seed)
    assert found >= 0.9
    assert len(wrong) <= 0.05 * len(catalysts())


@pytest.mark.skipif(not samples.here(), reason="the public samples are not beside the project")
def test_corrupted_copies_of_real_places_are_found() -> None:
    originals = third_places()
    found, wrong = recall(originals, 5)
    assert found >= 0.9
    assert len(wrong) <= 0.03 * len(originals)


def test_a_copy_too_damaged_is_missed() -> None:
    """The measure can fail: names of nothing in common are not found."""
    originals = catalysts()
    copies = [
        row | {"actor_id": f"z{n}", "actor_name": f"Zz{n}"} for n, row in enumerate(originals)
    ]
    assert candidates(frame(*originals, *copies), NOTHING).empty


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_distinct_neighbours_are_not_proposed(seed: int) -> None:
    """Different organisations door to door, 20 to 100 m apart: hardly any pair."""
    luck = random.Random(seed)  # noqa: S311
    door = {"longitude": 2.439, "latitude": 48.847}
    names = list(dict.fromkeys(row["actor_name"] for row in catalysts()))
    rows = [
        placed(f"n-{rank}", name, luck)
        | {"town": "Vincennes", "commune_code": "94080", "external_ids": []}
        | moved(door, luck.uniform(10, 50), luck)
        for rank, name in enumerate(names)
    ]
    table = candidates(frame(*rows), NOTHING)
    assert len(table) <= 0.02 * len(rows)


def test_every_slip_changes_names() -> None:
    luck = random.Random(1)  # noqa: S311
    for slip in SLIPS:
        names = [row["actor_name"] for row in catalysts()]
        assert sum(slip(name, luck) != name for name in names) > 0.4 * len(names)
