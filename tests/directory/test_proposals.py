"""Proposals: received, compared with what changed since, accepted, refused, filed."""

from pathlib import Path
from typing import Any

import pytest

from geo.directory import proposals
from geo.directory.store.changes import Changes, Record
from geo.directory.store.history import entries
from geo.directory.store.kinds import ACTOR, ALLIANCE, CONTACT, PROPOSAL
from geo.directory.store.sealed import sealed
from geo.directory.store.store import Store
from geo.errors import (
    AtlasError,
    BadRecordError,
    ConflictError,
    ReadOnlyStoreError,
    UnknownCodeError,
)

SOMEBODY = "Jeanne Personne"


def actor(name: str, **values: Any) -> Record:
    return (
        ACTOR.blank() | {"actor_id": name, "actor_name": name.title(), "status": "publiee"} | values
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store.create(tmp_path)
    alliance = ALLIANCE.blank() | {
        "alliance_id": "lien",
        "alliance_name": "Lien",
        "partnership_kind": "mecenat",
        "member_ids": ["un", "deux"],
        "member_roles": ["", ""],
        "status": "publiee",
    }
    people = [actor("un", description="Ancienne."), actor("deux"), actor("trois")]
    made.write(
        Changes.one("actor", *people) + Changes.one("alliance", alliance), author="A", message="B"
    )
    return made


def sent(store: Store, changes: Changes, author: str = "Camille") -> list[Record]:
    """Propose changes and give the proposals as they are kept, the oldest first."""
    store.write(
        proposals.propose(changes, author, "Pourquoi", store), author=author, message="Proposition"
    )
    return [
        store.record("proposal", name)
        for name in proposals.pending(store.read("proposal"))["proposal_id"]
    ]


def proposed(store: Store, **values: Any) -> Record:
    """Propose to change the actor « un »."""
    return sent(store, Changes.one("actor", store.record("actor", "un") | values))[0]


def edited(store: Store, **values: Any) -> None:
    """Change the actor « un » at once, as a coordinator."""
    record = store.record("actor", "un") | values
    store.write(Changes.one("actor", record), author="Colette", message="Modification")


def accepted(store: Store, proposal: Record, **choices: Any) -> None:
    changes = proposals.accept(proposal, store, by="Colette", choices=choices)
    store.write(changes, author="Colette", message="Acceptée")


# --- received -----------------------------------------------------------------------------


def test_a_proposal_holds_the_record_and_changes_nothing(store: Store) -> None:
    proposal = proposed(store, description="Nouvelle.")
    asked = proposals.content(proposal)
    assert asked.base is not None
    assert asked.proposed is not None
    assert (asked.base["description"], asked.proposed["description"]) == ("Ancienne.", "Nouvelle.")
    assert (proposal["record_kind"], proposal["record_id"]) == ("actor", "un")
    assert (proposal["base_revision"], proposal["decision"]) == (1, "pending")
    assert proposal["status"] == "a_valider"
    assert store.record("actor", "un")["description"] == "Ancienne."


def test_one_proposal_for_each_record_put_or_dropped(store: Store) -> None:
    changes = Changes.one("actor", actor("quatre")) + Changes.gone("actor", "trois")
    found = sent(store, changes)
    assert {proposals.content(one).action for one in found} == {"création", "suppression"}


def test_of_proposals_sent_together_actors_come_before_alliances(store: Store) -> None:
    alliance = store.record("alliance", "lien") | {"member_ids": ["un", "quatre"]}
    changes = Changes.one("alliance", alliance) + Changes.one("actor", actor("quatre"))
    assert [one["record_kind"] for one in sent(store, changes)] == ["actor", "alliance"]


@pytest.mark.parametrize("kind", ["proposal", "merge"])
def test_nobody_proposes_a_decision(store: Store, kind: str) -> None:
    for changes in (Changes(put={kind: [{f"{kind}_id": "x"}]}), Changes.gone(kind, "x")):
        with pytest.raises(ReadOnlyStoreError, match="coordination"):
            proposals.propose(changes + Changes.one("actor", actor("x")), "C", "m", store)


def test_what_an_import_remembers_is_left_out(store: Store) -> None:
    changes = Changes.one("actor", actor("x")) + Changes.one("mapping", {"mapping_id": "m"})
    assert len(sent(store, changes)) == 1


def test_a_record_changed_since_it_was_read_is_not_proposed(store: Store) -> None:
    old = store.record("actor", "un")
    edited(store, note="Depuis.")
    with pytest.raises(ConflictError, match="changé depuis"):
        proposals.propose(Changes.one("actor", old | {"note": "x"}), "C", "m", store)


def test_nothing_changed_is_nothing_to_propose(store: Store) -> None:
    with pytest.raises(BadRecordError, match="Rien à proposer"):
        proposals.propose(Changes.one("actor", store.record("actor", "un")), "C", "m", store)


def test_too_many_at_once_are_refused(store: Store) -> None:
    many = [actor(f"n{rank}") for rank in range(501)]
    with pytest.raises(BadRecordError, match="501"):
        proposals.propose(Changes.one("actor", *many), "C", "m", store)


def test_a_contact_is_proposed_sealed(store: Store, tmp_path: Path) -> None:
    contact = CONTACT.blank() | {"contact_id": "c1", "actor_id": "un", "status": "publiee"}
    contact = sealed(store, contact, {"contact_name": SOMEBODY})
    (proposal,) = sent(store, Changes.one("contact", contact))
    assert SOMEBODY not in proposal["payload"]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(SOMEBODY.encode() in path.read_bytes() for path in files)
    asked = proposals.content(proposal)
    assert next(line.proposed for line in proposals.personal(store, asked, None)) == SOMEBODY
    accepted(store, proposal)
    assert store.record("contact", "c1")["sealed"] == contact["sealed"]


# --- compared -----------------------------------------------------------------------------


def states(store: Store, proposal: Record) -> dict[str, str]:
    asked = proposals.content(proposal)
    lines = proposals.compared(asked, proposals.current(store, asked))
    return {line.field.name: line.state for line in lines if line.state != "same"}


def test_lines_are_french_and_what_differs_comes_first(store: Store) -> None:
    proposal = proposed(store, practices=["dialogue_territorial"], description="Nouvelle.")
    asked = proposals.content(proposal)
    first, second, *rest = proposals.compared(asked, store.record("actor", "un"))
    assert (first.field.label, first.current, first.proposed) == (
        "Pratiques",
        "",
        "Dialogue territorial",
    )
    assert (second.field.label, second.current) == ("Description", "Ancienne.")
    assert {line.state for line in rest} == {"same"}


def test_three_states_are_told_apart(store: Store) -> None:
    proposal = proposed(
        store, description="Nouvelle.", website="https://a.test", phone="0102030405"
    )
    edited(store, description="Autre.", note="Depuis.", phone="0102030405")
    assert states(store, proposal) == {
        "description": "conflict",
        "website": "changed",
        "note": "moved",
    }


def test_fields_that_go_together_are_in_conflict_together(store: Store) -> None:
    proposal = proposed(store, longitude=2.0, latitude=48.0)
    edited(store, latitude=49.0)
    assert states(store, proposal) == {"longitude": "conflict", "latitude": "conflict"}
    asked = proposals.content(proposal)
    assert list(proposals.conflicts(asked, store.record("actor", "un"))) == ["address"]


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
    store.write(Changes.gone("actor", "un"), author="Colette", message="Suppression")
    with pytest.raises(ConflictError, match="supprimée"):
        proposals.accept(proposal, store, by="Colette")


def test_accepting_a_deletion_leaves_nothing_pointing_at_it(store: Store) -> None:
    (proposal,) = sent(store, Changes.gone("actor", "un"))
    accepted(store, proposal)
    assert "un" not in store.read("actor").index
    assert "lien" not in store.read("alliance").index


def test_a_deletion_already_made_is_accepted_as_done(store: Store) -> None:
    (proposal,) = sent(store, Changes.gone("alliance", "lien"))
    store.write(Changes.gone("alliance", "lien"), author="Colette", message="Suppression")
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
    (row,) = proposals.decided(store.read("proposal")).to_dict("records")
    assert (row["decision"], row["reason"]) == ("refused", "Non.")
    assert store.record("actor", "un")["description"] == "Ancienne."


def test_a_duplicate_names_the_record_already_there(store: Store) -> None:
    (proposal,) = sent(store, Changes.one("actor", actor("unn")))
    assert proposals.named(store, "actor", " UN ") == "un"
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
        proposals.named(store, "actor", text)


def test_a_payload_that_cannot_be_read_is_said() -> None:
    for payload in ("", "[]", "{}", '{"record": 3, "base": null}', "null"):
        broken = PROPOSAL.blank() | {"record_kind": "actor", "payload": payload}
        with pytest.raises(AtlasError, match="ne peut être lue"):
            proposals.content(broken)


def test_each_author_has_their_own_queue(store: Store) -> None:
    sent(store, Changes.one("actor", actor("x")), "Camille")
    sent(store, Changes.one("actor", actor("y")), "Denis")
    found = proposals.pending(store.read("proposal"), "Denis")
    assert found["record_id"].tolist() == ["y"]
    assert len(proposals.pending(store.read("proposal"))) == 2
    assert proposals.decided(store.read("proposal")).empty
