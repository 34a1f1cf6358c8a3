"""Duplicates found around what changed are those that the whole base would give."""

import random
from typing import Any

import pandas as pd
import pytest

from geo.directory.duplicates import name_memory
from geo.directory.duplicates.areas import NOWHERE
from geo.directory.duplicates.candidates import candidates
from geo.directory.duplicates.latest import latest_pairs
from geo.directory.duplicates.name_memory import NameMemory
from geo.directory.store.changes import Changes
from geo.directory.store.rows import plain_rows
from geo.directory.store.store import Store
from tests.directory.duplicates.made import NOTHING, actor, frame

STATUSES = ("publiee",)
TOWNS = ("Gannat", "Vichy")
WORDS = ("Maison", "Atelier", "des", "jardins", "Vélo", "Vélos", "Bercail", "Bercaille", "12")


def _actor(number: int, rng: random.Random) -> dict[str, Any]:
    return {
        "actor_id": f"a{number:03d}",
        "actor_name": " ".join(rng.choices(WORDS, k=3)),
        "town": rng.choice(TOWNS),
        "commune_code": rng.choice(("03118", "03310")),
        "phone": rng.choice(("", "04 70 00 00 01", "04 70 00 00 02")),
        "longitude": 3.2 + rng.random() / 100,
        "latitude": 46.1 + rng.random() / 100,
        "location_precision": "adresse",
        "status": "publiee",
        "revision": 0,
    }


def _edited(store: Store, rng: random.Random, turn: int) -> None:
    """Change a telephone, most often; now and then a name, a record more, a record less."""
    held = plain_rows(store.read("actor"))
    some = rng.choice(held)
    some |= {"phone": f"04 70 00 00 0{rng.randrange(4)}", "longitude": 3.2 + rng.random() / 100}
    if turn % 3 == 1:
        some["actor_name"] = " ".join(rng.choices(WORDS, k=3))
    put = [some, _actor(500 + turn, rng)] if turn % 4 == 2 else [some]
    gone = [rng.choice(held)["actor_id"]] if turn % 5 == 3 else []
    changes = Changes(
        {"actor": [one for one in put if one["actor_id"] not in gone]}, {"actor": gone}
    )
    store.write(changes, author="Aude", message="Essai")


@pytest.mark.parametrize("seed", range(3))
def test_pairs_after_random_edits_are_those_of_the_whole_base(tmp_path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - drawn, not secret
    store = Store.create(tmp_path / "base")
    first = [_actor(number, rng) for number in range(60)]
    store.write(Changes.one("actor", *first), author="Aude", message="Essai")
    for turn in range(12):
        found = latest_pairs(store, STATUSES)
        assert len(found)
        pd.testing.assert_frame_equal(
            found, candidates(store.read("actor"), store.read("merge")), check_exact=True
        )
        assert latest_pairs(store, STATUSES) is found
        _edited(store, rng, turn)
    store.connection.close()


def test_pairs_of_a_departement_are_those_of_its_own_actors(tmp_path) -> None:
    rng = random.Random(5)  # noqa: S311 - drawn, not secret
    store = Store.create(tmp_path / "base")
    codes = ("03118", "63113", "97411", "")
    some = [_actor(n, rng) | {"commune_code": codes[n % 4]} for n in range(80)]
    store.write(Changes.one("actor", *some), author="Aude", message="Essai")
    actors, decided = store.read("actor"), store.read("merge")
    assert len(candidates(actors, decided)) > len(latest_pairs(store, STATUSES, "03")) > 0
    for code, area in zip(codes, ("03", "63", "974", NOWHERE), strict=True):
        mine = actors[actors["commune_code"] == code]
        pd.testing.assert_frame_equal(
            latest_pairs(store, STATUSES, area), candidates(mine, decided), check_exact=True
        )
    store.connection.close()


def test_an_edit_that_changes_no_name_compares_new_pairs_only(monkeypatch) -> None:
    rng = random.Random(3)  # noqa: S311 - drawn, not secret
    actors = frame(*(actor(**_actor(number, rng)) for number in range(40)))
    compared: list[int] = []
    real = name_memory.similarity
    monkeypatch.setattr(
        name_memory,
        "similarity",
        lambda names, one, other: (compared.append(len(one)), real(names, one, other))[1],
    )
    memory = NameMemory()
    first = candidates(actors, NOTHING, memory=memory)
    changed = actors.assign(summary="Autre chose")
    pd.testing.assert_frame_equal(candidates(changed, NOTHING, memory=memory), first)
    assert compared[0] > 0
    assert compared[1] == 0
