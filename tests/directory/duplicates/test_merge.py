"""What a merge makes of two records and of all that named them; taken back, all is as it was."""

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pytest

from geo.directory.duplicates.decisions import Pair, decide
from geo.directory.duplicates.merging import merge
from geo.directory.duplicates.preview import preview
from geo.directory.duplicates.undoing import undo
from geo.directory.ecosystems.rows import frame_of
from geo.directory.store.changes import Changes
from geo.directory.store.kinds import KINDS
from geo.errors import BadRecordError
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
        rows = {row[KINDS[kind].id]: row for row in table.to_dict("records")}
        for row in changes.put.get(kind, ()):
            held = rows.get(row[KINDS[kind].id])
            assert row["revision"] == (held["revision"] if held else 0)
            rows[row[KINDS[kind].id]] = row | {"revision": row["revision"] + 1}
        for name in changes.drop.get(kind, ()):
            del rows[name]
        made[kind] = frame_of(kind, rows.values())
    return made


def said(tables: dict[str, pd.DataFrame], *, without_merges: bool = True) -> dict[str, Any]:
    """Give every record but its revision, to compare two states."""
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


# --- the record kept ----------------------------------------------------------------------


def test_the_kept_record_takes_what_it_lacked() -> None:
    result = merged(merge(KEPT, OTHER, full_book()).changes)
    assert (result["actor_id"], result["actor_name"]) == ("k", "La Fabrique")
    assert (result["phone"], result["withheld"]) == ("0143280000", ["phone"])
    assert result["practices"] == ["gestion_lieu", "accompagnements"]
    assert result["practices_basis"] == "inferred"
    assert result["external_ids"] == ["a:1", "b:7"]
    assert result["revision"] == 3


def test_both_sources_are_kept() -> None:
    result = merged(merge(KEPT, OTHER, full_book()).changes)
    assert (result["source_title"], result["source_date"]) == ("Liste A", "2022")
    assert result["sources"] == ["Ancienne liste", "Liste B — https://exemple.fr/b"]
    chosen = merged(merge(KEPT, OTHER, full_book(), {"source": "other"}).changes)
    assert (chosen["source_title"], chosen["source_date"]) == ("Liste B", "")
    assert chosen["sources"] == ["Ancienne liste", "Liste A — 2022"]


def test_the_more_precise_place_comes_whole() -> None:
    result = merged(merge(KEPT, OTHER, full_book()).changes)
    assert (result["longitude"], result["latitude"]) == (2.4301, 48.8502)
    assert (result["location_precision"], result["location_score"]) == ("adresse", 0.93)
    assert (result["address"], result["town"]) == ("1 rue du Lac", "VINCENNES")


def test_a_place_is_never_made_of_two_towns() -> None:
    far = OTHER | {"commune_code": "69123", "town": "Lyon", "location_precision": "region"}
    result = merged(merge(KEPT, far, full_book()).changes)
    assert (result["town"], result["postcode"], result["address"]) == ("Vincennes", "", "")


def test_choices_win_field_by_field() -> None:
    chosen = {"actor_name": "other", "practices": "other", "location": "kept", "phone": "kept"}
    result = merged(merge(KEPT, OTHER, full_book(), chosen).changes)
    assert result["actor_name"] == "Fabrique (La)"
    assert result["practices"] == ["accompagnements", "gestion_lieu"]
    assert (result["longitude"], result["location_precision"]) == (2.44, "commune")
    assert result["phone"] == ""
    assert result["withheld"] == ["phone"]  # a refusal to publish is never chosen away


def test_a_siren_is_completed_by_its_siret() -> None:
    short, long = KEPT | {"siret": "775560261"}, OTHER | {"siret": "77556026100015"}
    assert merged(merge(short, long, full_book()).changes)["siret"] == "77556026100015"
    other = OTHER | {"siret": "99956026100015"}
    assert merged(merge(short, other, full_book()).changes)["siret"] == "775560261"


def test_a_fictive_record_marks_the_merged_one() -> None:
    outcome = merge(KEPT, OTHER | {"fictive": True}, full_book())
    assert merged(outcome.changes)["fictive"] is True
    assert any("fictive" in text for text in outcome.told)


def test_a_record_is_not_merged_with_itself() -> None:
    with pytest.raises(BadRecordError, match="elle-même"):
        merge(KEPT, KEPT, full_book())


# --- what named the other -----------------------------------------------------------------


def test_everything_names_the_kept_record() -> None:
    tables = full_book()
    outcome = merge(KEPT, OTHER, tables)
    now = after(tables, outcome.changes)
    assert outcome.changes.drop == {"actor": ["o"]}
    assert now["alliance"].loc["three", "member_ids"] == ["k", "t"]
    assert now["alliance"].loc["three", "member_roles"] == ["pilote", ""]
    assert now["alliance"].loc["two", "member_ids"] == ["k"]
    assert now["alliance"].loc["two", "member_roles"] == ["hôte"]
    assert now["project"].loc["p", "actor_ids"] == ["t", "k"]
    assert now["action"].loc["x", "actor_id"] == "k"
    assert now["contact"].loc["c", "actor_id"] == "k"
    assert now["ecosystem"].loc["e", "actor_ids"] == ["k"]
    assert now["merge"].loc["apart", "other_id"] == "k"
    assert now["merge"].loc["past", "kept_id"] == "o"  # what was done stays written as done
    untouched = {row["alliance_id"] for row in outcome.changes.put["alliance"]}
    assert untouched == {"three", "two"}


def test_an_alliance_of_one_is_kept_and_told() -> None:
    told = merge(KEPT, OTHER, full_book()).told
    assert len(told) == 1
    assert "«\xa0Duo\xa0» n’a plus qu’un membre : elle est gardée" in told[0]


def test_a_waiting_proposal_is_told() -> None:
    tables = full_book()
    waiting = record("proposal", proposal_id="q", record_id="o", decision="pending")
    tables["proposal"] = frame_of("proposal", [waiting])
    assert any("1\xa0proposition" in text for text in merge(KEPT, OTHER, tables).told)


def test_the_decision_remembers_the_pair() -> None:
    pair = Pair("k", "o", 87.5, ["même SIRET"], by="Ana", at="2026-01-02T03:04:05+00:00")
    row = decision(merge(KEPT, OTHER, full_book(), pair=pair).changes)
    assert (row["kept_id"], row["other_id"], row["decision"]) == ("k", "o", "merged")
    assert (row["score"], row["reasons"], row["decided_by"]) == (87.5, ["même SIRET"], "Ana")
    assert row["decided_at"] == "2026-01-02T03:04:05+00:00"
    assert "chiffré" not in row["before"]  # contacts stay where they can be erased


# --- taken back ---------------------------------------------------------------------------


def test_undo_restores_everything() -> None:
    tables = full_book()
    outcome = merge(KEPT, OTHER, tables)
    between = after(tables, outcome.changes)
    assert said(between) != said(tables)
    back = undo(decision(outcome.changes) | {"revision": 1}, between)
    again = after(between, back.changes)
    assert said(again) == said(tables)
    assert again["merge"].loc["apart", "other_id"] == "o"
    assert back.told == []
    done = again["merge"].loc[decision(outcome.changes)["merge_id"]]
    assert done["decision"] == "undone"


def edited(kind: str, record_id: str, **fields: Any) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Merge, change a record, undo: give what is then there, and what was told."""
    tables = full_book()
    outcome = merge(KEPT, OTHER, tables)
    between = after(tables, outcome.changes)
    row = between[kind].loc[record_id].to_dict() | fields
    between = after(between, Changes.one(kind, row))
    back = undo(decision(outcome.changes) | {"revision": 1}, between)
    return after(between, back.changes), back.told


def test_an_edit_made_since_is_kept_and_told() -> None:
    now, told = edited("actor", "k", phone="0100000000", note="Nouveau")
    assert now["actor"].loc["k", "phone"] == "0100000000"
    assert now["actor"].loc["k", "note"] == "Nouveau"
    assert now["actor"].loc["k", "practices"] == ["gestion_lieu"]
    assert now["actor"].loc["o", "phone"] == "0143280000"
    assert len(told) == 1
    assert "Téléphone" in told[0]


def test_a_list_edited_since_loses_only_what_the_merge_added() -> None:
    now, told = edited("actor", "k", external_ids=["a:1", "b:7", "c:3"])
    assert now["actor"].loc["k", "external_ids"] == ["a:1", "c:3"]
    assert len(told) == 1


def test_a_place_edited_since_stays_whole() -> None:
    now, _ = edited("actor", "k", longitude=2.5)
    kept = now["actor"].loc["k"]
    assert (kept["longitude"], kept["latitude"]) == (2.5, 48.8502)
    assert kept["location_precision"] == "adresse"


def test_a_member_added_since_stays() -> None:
    now, told = edited("alliance", "three", member_ids=["k", "t", "n"], member_roles=["", "", "n"])
    assert now["alliance"].loc["three", "member_ids"] == ["o", "t", "n"]
    assert now["alliance"].loc["three", "member_roles"] == ["", "", "n"]
    assert len(told) == 1


def test_a_pair_of_one_alliance_comes_back_beside_a_member_added_since() -> None:
    now, _ = edited("alliance", "two", member_ids=["k", "n"], member_roles=["hôte", ""])
    assert now["alliance"].loc["two", "member_ids"] == ["k", "o", "n"]


def test_a_member_taken_out_since_does_not_return() -> None:
    now, _ = edited("alliance", "three", member_ids=["t"], member_roles=[""])
    assert now["alliance"].loc["three", "member_ids"] == ["t"]


def test_what_was_deleted_since_does_not_return() -> None:
    tables = full_book()
    outcome = merge(KEPT, OTHER, tables)
    between = after(tables, outcome.changes + Changes.gone("alliance", "three"))
    between = after(between, Changes.gone("actor", "k"))
    back = undo(decision(outcome.changes) | {"revision": 1}, between)
    now = after(between, back.changes)
    assert "k" not in now["actor"].index
    assert "three" not in now["alliance"].index
    assert now["actor"].loc["o", "phone"] == "0143280000"
    assert len(back.told) == 2


def test_undo_twice_and_undo_below_a_later_merge_are_refused() -> None:
    tables = full_book()
    first = merge(KEPT, OTHER, tables)
    tables = after(tables, first.changes)
    kept = tables["actor"].loc["k"].to_dict()
    second = merge(tables["actor"].loc["t"].to_dict(), kept, tables)
    tables = after(tables, second.changes)
    with pytest.raises(BadRecordError, match="plus récente"):
        undo(decision(first.changes) | {"revision": 1}, tables)
    tables = after(tables, undo(decision(second.changes) | {"revision": 1}, tables).changes)
    back = undo(decision(first.changes) | {"revision": 1}, tables)
    assert said(after(tables, back.changes)) == said(full_book())
    with pytest.raises(BadRecordError, match="déjà annulée"):
        undo(decision(back.changes), tables)


@pytest.mark.parametrize("verdict", ["distinct", "ignored"])
def test_keeping_both_changes_nothing_else_and_is_undone(verdict: Any) -> None:
    changes = decide(Pair("k", "o", 66.0, ["noms à 90 %"]), verdict)
    assert list(changes.put) == ["merge"]
    assert not changes.drop
    row = decision(changes)
    assert (row["decision"], row["before"]) == (verdict, "")
    assert undo(row, full_book()).changes.put["merge"][0]["decision"] == "undone"


# --- the screen ---------------------------------------------------------------------------


def test_the_preview_says_what_would_be() -> None:
    lines = {line.field: line for line in preview(KEPT, OTHER)}
    assert lines["actor_name"].differs
    assert (lines["phone"].kept, lines["phone"].result) == ("—", "0143280000")
    assert not lines["phone"].differs
    assert lines["location"].label == "Lieu"
    assert "1 rue du Lac ; 94300 VINCENNES" in lines["location"].result
    assert lines["withheld"].result == "Téléphone de l’organisation"
    assert "sources" in lines
    assert "description" not in lines
    assert {line.field: line for line in preview(KEPT, OTHER, {"phone": "kept"})}[
        "phone"
    ].result == "—"


def test_the_preview_is_what_the_merge_writes() -> None:
    result = merged(merge(KEPT, OTHER, full_book()).changes)
    assert [line.kept for line in preview(result, result)] == [
        line.result for line in preview(KEPT, OTHER)
    ]


def test_the_journal_holds_no_more_than_it_must() -> None:
    journal = json.loads(decision(merge(KEPT, OTHER, full_book()).changes)["before"])
    assert set(journal) == {"other", "kept", "moved"}
    assert "actor_name" not in journal["kept"]["before"]
