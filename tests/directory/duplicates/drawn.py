"""Two records of one place, and a small base that names both everywhere."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from geo.directory.ecosystems.rows import frame_of
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from tests.directory.duplicates.made import actor, record

Record = dict[str, Any]
KEPT = actor(
    "k",
    actor_name="La Fabrique",
    practices=["gestion_lieu"],
    practices_basis="stated",
    town="Vincennes",
    commune_code="94080",
    longitude=2.44,
    latitude=48.84,
    location_precision="commune",
    external_ids=["a:1"],
    source_title="Liste A",
    source_date="2022",
    revision=3,
)
OTHER = actor(
    "o",
    actor_name="Fabrique (La)",
    practices=["accompagnements", "gestion_lieu"],
    practices_basis="inferred",
    address="1 rue du Lac",
    postcode="94300",
    town="VINCENNES",
    commune_code="94080",
    longitude=2.4301,
    latitude=48.8502,
    location_precision="adresse",
    location_score=0.93,
    phone="0143280000",
    external_ids=["b:7"],
    sources=["Ancienne liste"],
    withheld=["phone"],
    source_title="Liste B",
    source_url="https://exemple.fr/b",
    revision=5,
)
THIRD = actor("t", actor_name="Un tiers", revision=1)


def book(**records: Iterable[Record]) -> dict[str, pd.DataFrame]:
    return {kind: frame_of(kind, records.get(kind, ())) for kind in KINDS}


def full_book() -> dict[str, pd.DataFrame]:
    return book(
        actor=[KEPT, OTHER, THIRD],
        alliance=[
            record("alliance", alliance_id="three", member_ids=["o", "t"], member_roles=["pilote"]),
            record(
                "alliance",
                alliance_id="two",
                alliance_name="Duo",
                member_ids=["k", "o"],
                member_roles=["", "hôte"],
                revision=2,
            ),
            record("alliance", alliance_id="else", member_ids=["k", "t"], member_roles=["", ""]),
        ],
        project=[record("project", project_id="p", actor_ids=["t", "o", "k"])],
        action=[record("action", action_id="x", actor_id="o"), record("action", action_id="y")],
        contact=[record("contact", contact_id="c", actor_id="o", sealed="chiffré")],
        ecosystem=[record("ecosystem", ecosystem_id="e", actor_ids=["o"])],
        merge=[
            record("merge", merge_id="apart", kept_id="t", other_id="o", decision="distinct"),
            record("merge", merge_id="past", kept_id="o", other_id="z", decision="merged"),
        ],
    )


def after(tables: dict[str, pd.DataFrame], changes: Changes) -> dict[str, pd.DataFrame]:
    """Apply changes as the store does: whole records, revisions counted from what was held."""
    made = {}
    for kind, table in tables.items():
        records: list[dict[str, Any]] = table.to_dict("records")  # type: ignore[assignment]
        rows = {row[KINDS[kind].id]: row for row in records}
        for row in changes.put.get(kind, ()):
            held = rows.get(row[KINDS[kind].id])
            assert row["revision"] == (held["revision"] if held else 0)
            rows[row[KINDS[kind].id]] = row | {"revision": row["revision"] + 1}
        for name in changes.drop.get(kind, ()):
            del rows[name]
        made[kind] = frame_of(kind, rows.values())
    return made


def said(tables: dict[str, pd.DataFrame], *, without_merges: bool = True) -> dict[str, Any]:
    """Return every record but its revision, to compare two states."""
    kinds = [kind for kind in KINDS if not (without_merges and kind == "merge")]
    return {
        kind: {
            str(name): {
                field: None if value != value else value  # noqa: PLR0124
                for field, value in row.items()
                if field != "revision"
            }
            for name, row in tables[kind].to_dict("index").items()
        }
        for kind in kinds
    }


def merged(changes: Changes) -> Record:
    return next(row for row in changes.put["actor"] if row["actor_id"] == "k")


def decision(changes: Changes) -> Record:
    return changes.put["merge"][-1]
