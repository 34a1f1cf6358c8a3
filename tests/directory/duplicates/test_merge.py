"""What a merge makes of two records and of all that named them."""

import json

import pytest

from geo.directory.duplicates.decisions import Pair
from geo.directory.duplicates.merging import merge
from geo.directory.duplicates.preview import preview
from geo.directory.ecosystems.rows import frame_of
from geo.errors import BadRecordError
from tests.directory.duplicates.drawn import KEPT, OTHER, after, decision, full_book, merged
from tests.directory.duplicates.made import record

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


def test_a_comparison_says_days_and_territories_in_words() -> None:
    said = KEPT | {"checked_on": "2022-09-08", "scope": "region:84"}
    lines = {line.field: line for line in preview(said, OTHER | {"scope": "national"})}
    assert lines["checked_on"].survivor == "8 septembre 2022".replace(" ", "\u00a0")
    assert (lines["scope"].survivor, lines["scope"].other) == (
        "Auvergne-Rhône-Alpes",
        "Toute la France",
    )
    unknown = preview(KEPT | {"scope": "region:999"}, OTHER)
    assert "region:999" in [line.survivor for line in unknown]


def test_a_fictive_record_marks_the_merged_one() -> None:
    outcome = merge(KEPT, OTHER | {"fictive": True}, full_book())
    assert merged(outcome.changes)["fictive"] is True
    assert any("fictive" in text for text in outcome.remarks)


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
    told = merge(KEPT, OTHER, full_book()).remarks
    assert len(told) == 1
    assert "«\xa0Duo\xa0» n’a plus qu’un membre : elle est gardée" in told[0]


def test_a_waiting_proposal_is_told() -> None:
    tables = full_book()
    waiting = record("proposal", proposal_id="q", record_id="o", decision="pending")
    tables["proposal"] = frame_of("proposal", [waiting])
    assert any("1\xa0proposition" in text for text in merge(KEPT, OTHER, tables).remarks)


def test_the_decision_remembers_the_pair() -> None:
    pair = Pair("k", "o", 87.5, ["même SIRET"], by="Ana", at="2026-01-02T03:04:05+00:00")
    row = decision(merge(KEPT, OTHER, full_book(), pair=pair).changes)
    assert (row["kept_id"], row["other_id"], row["decision"]) == ("k", "o", "merged")
    assert (row["score"], row["reasons"], row["decided_by"]) == (87.5, ["même SIRET"], "Ana")
    assert row["decided_at"] == "2026-01-02T03:04:05+00:00"
    assert "chiffré" not in row["before"]  # contacts stay where they can be erased


# --- the screen ---------------------------------------------------------------------------


def test_the_preview_says_what_would_be() -> None:
    lines = {line.field: line for line in preview(KEPT, OTHER)}
    assert lines["actor_name"].differs
    assert (lines["phone"].survivor, lines["phone"].result) == ("—", "0143280000")
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
    assert [line.survivor for line in preview(result, result)] == [
        line.result for line in preview(KEPT, OTHER)
    ]


def test_the_journal_holds_no_more_than_it_must() -> None:
    journal = json.loads(decision(merge(KEPT, OTHER, full_book()).changes)["before"])
    assert set(journal) == {"other", "kept", "moved"}
    assert "actor_name" not in journal["kept"]["before"]
