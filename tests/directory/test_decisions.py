"""Proposals decided: accepted with what changed since, refused, filed as duplicates."""

from pathlib import Path

import pytest

from geo.directory import owner, owner_link, proposals
from geo.directory.access import Person, Role
from geo.directory.ecosystems import EXAMPLE_ID
from geo.directory.schema import PROJECT, PROPOSAL
from geo.directory.store.changes import Changes
from geo.directory.store.history import entries
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.errors import (
    AtlasError,
    BadRecordError,
    ConflictError,
    UnknownCodeError,
)
from tests.copied import copy
from tests.directory.proposed import accepted, actor, edited, proposed, sent, three_actors


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(copy(tmp_path, three_actors))


# --- decided ------------------------------------------------------------------------------


def test_accepting_writes_the_change_and_the_decision_at_once(store: Store) -> None:
    proposal = proposed(store, description="Nouvelle.")
    before = store.snapshot()
    accepted(store, proposal)
    assert store.snapshot() == before + 1
    assert store.record("actor", "un")["description"] == "Nouvelle."
    decided = store.record("proposal", proposal["proposal_id"])
    assert (decided["decision"], decided["decided_by"]) == ("accepted", "Colette")
    assert decided["decided_at"] > ""
    last = entries(store, 1)[0]
    assert last.author == "Colette"
    assert {*last.touched} == {"actor", "proposal"}


def test_accepting_keeps_what_was_changed_since_elsewhere(store: Store) -> None:
    proposal = proposed(store, description="Nouvelle.")
    edited(store, note="Depuis.")
    accepted(store, proposal)
    record = store.record("actor", "un")
    assert (record["description"], record["note"]) == ("Nouvelle.", "Depuis.")


def test_a_project_proposed_for_the_built_in_example_is_accepted(store: Store) -> None:
    project = PROJECT.blank() | {"project_id": "p", "project_name": "P", "step": "01"}
    [proposal] = sent(store, Changes.one("project", project | {"ecosystem_id": EXAMPLE_ID}))
    accepted(store, proposal)
    assert store.record("project", "p")["ecosystem_id"] == EXAMPLE_ID


def test_the_same_field_changed_twice_is_chosen(store: Store) -> None:
    proposal = proposed(store, description="Nouvelle.", website="https://a.test")
    edited(store, description="Autre.")
    with pytest.raises(ConflictError, match="Description"):
        proposals.accept(proposal, store, by="Colette")
    accepted(store, proposal, description="current")
    record = store.record("actor", "un")
    assert (record["description"], record["website"]) == ("Autre.", "https://a.test")


def test_a_place_is_taken_whole_from_one_side(store: Store) -> None:
    proposal = proposed(store, longitude=2.0, latitude=48.0)
    edited(store, latitude=49.0, commune_code="94018")
    accepted(store, proposal, address="proposed")
    record = store.record("actor", "un")
    assert (record["longitude"], record["latitude"], record["commune_code"]) == (2.0, 48.0, "")


def test_the_later_of_two_checks_counts_without_asking(store: Store) -> None:
    proposal = proposed(store, checked_on="2026-03-01", note="x")
    edited(store, checked_on="2026-05-01")
    accepted(store, proposal)
    assert store.record("actor", "un")["checked_on"] == "2026-05-01"


def test_a_record_deleted_since_is_not_brought_back(store: Store) -> None:
    proposal = proposed(store, description="Nouvelle.")
    store.write(Changes.removal("actor", "un"), author="Colette", message="Suppression")
    with pytest.raises(ConflictError, match="supprimée"):
        proposals.accept(proposal, store, by="Colette")


def test_accepting_a_deletion_leaves_nothing_pointing_at_it(store: Store) -> None:
    (proposal,) = sent(store, Changes.removal("actor", "un"))
    accepted(store, proposal)
    assert "un" not in store.read("actor").index
    assert "lien" not in store.read("alliance").index


def test_a_deletion_accepted_while_somebody_writes_takes_nothing_away(store: Store) -> None:
    (proposal,) = sent(store, Changes.removal("actor", "un"))
    changes = proposals.accept(proposal, store, by="Colette")
    edited(store, description="Écrite à l’instant.")
    with pytest.raises(ConflictError, match="à retirer"):
        store.write(changes, author="Colette", message="Acceptée")
    assert store.record("actor", "un")["description"] == "Écrite à l’instant."


def test_a_deletion_already_made_is_accepted_as_done(store: Store) -> None:
    (proposal,) = sent(store, Changes.removal("alliance", "lien"))
    store.write(Changes.removal("alliance", "lien"), author="Colette", message="Suppression")
    accepted(store, proposal)
    assert store.record("proposal", proposal["proposal_id"])["decision"] == "accepted"


def test_an_alliance_waits_for_its_actors(store: Store) -> None:
    alliance = store.record("alliance", "lien") | {"member_ids": ["un", "quatre"]}
    changes = Changes.one("alliance", alliance) + Changes.one("actor", actor("quatre"))
    of_actor, of_alliance = sent(store, changes)
    with pytest.raises(BadRecordError, match="quatre"):
        proposals.accept(of_alliance, store, by="Colette")
    accepted(store, of_actor)
    accepted(store, of_alliance)
    assert store.record("alliance", "lien")["member_ids"] == ["un", "quatre"]


def test_a_refusal_needs_a_reason_and_keeps_it(store: Store) -> None:
    proposal = proposed(store, description="Nouvelle.")
    with pytest.raises(BadRecordError, match="motif"):
        proposals.refuse(proposal, " \n", by="Colette")
    changes = proposals.refuse(proposal, " Non. ", by="Colette")
    assert list(changes.put) == ["proposal"]
    store.write(changes, author="Colette", message="Refusée")
    (row,) = proposals.list_decided(store.read("proposal")).to_dict("records")
    assert (row["decision"], row["reason"]) == ("refused", "Non.")
    assert store.record("actor", "un")["description"] == "Ancienne."


def test_a_duplicate_names_the_record_already_there(store: Store) -> None:
    (proposal,) = sent(store, Changes.one("actor", actor("unn")))
    assert proposals.find_record(store, "actor", " UN ") == "un"
    with pytest.raises(UnknownCodeError):
        proposals.duplicate(proposal, "inconnu", store, by="Colette")
    store.write(proposals.duplicate(proposal, "un", store, by="C"), author="C", message="m")
    kept = store.record("proposal", proposal["proposal_id"])
    assert (kept["decision"], kept["reason"]) == ("duplicate", "Doublon de «\u00a0Un\u00a0» (un)")


def test_a_record_is_not_its_own_duplicate(store: Store) -> None:
    proposal = proposed(store, description="Nouvelle.")
    with pytest.raises(BadRecordError, match="elle-même"):
        proposals.duplicate(proposal, "un", store, by="Colette")


def test_nobody_decides_twice(store: Store) -> None:
    proposal = proposed(store, description="Nouvelle.")
    accepted(store, proposal)
    decided = store.record("proposal", proposal["proposal_id"])
    with pytest.raises(BadRecordError, match="déjà décidée"):
        proposals.refuse(decided, "Non.", by="Colette")
    # Two coordinators at the same moment: the second holds a proposal read before the decision.
    with pytest.raises(ConflictError):
        store.write(proposals.refuse(proposal, "Non.", by="C"), author="C", message="m")


@pytest.mark.parametrize("text", ["", "Rien", "Trois Trois"])
def test_a_name_that_names_nothing_is_said(store: Store, text: str) -> None:
    with pytest.raises(UnknownCodeError, match="de ce nom"):
        proposals.find_record(store, "actor", text)


def test_a_payload_that_cannot_be_read_is_said() -> None:
    for payload in ("", "[]", "{}", '{"record": 3, "base": null}', "null"):
        broken = PROPOSAL.blank() | {"record_kind": "actor", "payload": payload}
        with pytest.raises(AtlasError, match="ne peut être lue"):
            proposals.read_payload(broken)


def test_each_author_has_their_own_queue(store: Store) -> None:
    sent(store, Changes.one("actor", actor("x")), "Camille")
    sent(store, Changes.one("actor", actor("y")), "Denis")
    denis = Person("Denis", Role.CONTRIBUTOR)
    found = proposals.list_pending(store.read("proposal"), denis)
    assert found["record_id"].tolist() == ["y"]
    assert len(proposals.list_pending(store.read("proposal"))) == 2
    assert proposals.list_decided(store.read("proposal")).empty


def test_a_name_that_another_bears_opens_nobody_s_queue(store: Store) -> None:
    marie = Person("Marie Martin", Role.CONTRIBUTOR, signed_in=True, key="m1")
    namesake = Person("Marie Martin", Role.CONTRIBUTOR, signed_in=True, key="m2")
    submit(Changes.one("actor", actor("x")), "Nouvelle fiche", marie, store)
    renamed = Person(marie.name.upper(), Role.CONTRIBUTOR, signed_in=True, key="m1")
    table = store.read("proposal")
    assert proposals.list_pending(table, namesake).empty
    assert len(proposals.list_pending(table, marie)) == 1
    assert len(proposals.list_pending(table, renamed)) == 1  # it is who they are, not their name


def test_whoever_takes_the_name_of_organisations_reads_nothing_of_theirs(store: Store) -> None:
    link = owner_link.signed(store, "un")
    revision = store.record("actor", "un")["revision"]
    owner.complete(store, "un", link, {"summary": "Nous aidons."}, revision=revision)
    named_so = Person(owner.AUTHOR, Role.CONTRIBUTOR, signed_in=True, key="x")
    assert proposals.list_pending(store.read("proposal"), named_so).empty
    assert len(proposals.list_pending(store.read("proposal"))) == 1
