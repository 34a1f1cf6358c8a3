"""Alliances drawn for tests: by their members, or at random in groups."""

import random
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from geo.directory.ecosystems import frame_of

PROFILES = ("association", "entreprise", "collectivite", "fondation", "")
Book = tuple[pd.DataFrame, pd.DataFrame]
"""Alliances, then actors."""


def joined(members: Iterable[Sequence[str]], profiles: dict[str, str] | None = None) -> Book:
    """Return alliances of these members, and the actors that they name."""
    told = profiles or {}
    rows = [
        {"alliance_id": f"A{at:03}", "alliance_name": f"Alliance {at}", "member_ids": list(ids)}
        for at, ids in enumerate(members)
    ]
    names = sorted({one for row in rows for one in row["member_ids"]} | set(told))
    actors = [
        {"actor_id": one, "actor_name": one.upper(), "profile": told.get(one, "")} for one in names
    ]
    return frame_of("alliance", rows), frame_of("actor", actors)


def at_random(actors: int, alliances: int, seed: int = 1) -> Book:
    """Draw dated alliances of two to four members, most of them of one of twelve groups."""
    dice = random.Random(seed)  # noqa: S311 - no secret is drawn
    people = [
        {"actor_id": f"a{at:04}", "actor_name": f"Acteur {at}", "profile": dice.choice(PROFILES)}
        for at in range(actors)
    ]
    rows = []
    for at in range(alliances):
        home, ids = dice.randrange(12), set[int]()
        while len(ids) < 2 or (len(ids) < 4 and dice.random() < 0.5):
            near = (home * (actors // 12) + dice.randrange(actors // 12)) % actors
            ids.add(near if dice.random() < 0.85 else dice.randrange(actors))
        begins = dice.randint(2010, 2026)
        row: dict[str, Any] = {
            "alliance_id": f"l{at:05}",
            "alliance_name": f"Alliance {at}",
            "partnership_kind": "partenariat",
            "member_ids": [f"a{one:04}" for one in sorted(ids)],
            "since": str(begins),
            "until": str(begins + 3) if dice.random() < 0.4 else "",
        }
        rows.append(row)
    return frame_of("alliance", rows), frame_of("actor", people)
