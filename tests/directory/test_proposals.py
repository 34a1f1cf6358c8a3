"""Proposals: received, one for each record, and compared with what changed since."""

from pathlib import Path

import pytest

from geo.directory import proposals
from geo.directory.schema import CONTACT
from geo.directory.store.changes import Changes, Record
from geo.directory.store.encryption import encrypt
from geo.directory.store.store import Store
from geo.errors import (
    BadRecordError,
    ConflictError,
    ReadOnlyStoreError,
)
from tests.copied import copy
from tests.directory.proposed import accepted, actor, edited, proposed, sent, three_actors

SOMEBODY = "Jeanne Personne"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(copy(tmp_path, three_actors))


# --- received -----------------------------------------------------------------------------


def test_a_proposal_holds_the_record_and_changes_nothing(store: Store) -> None:
    proposal = proposed(store, description="Nouvelle.")
    asked = proposals.read_payload(proposal)
    assert asked.base is not None
    assert asked.proposed is not None
    assert (asked.base["description"], asked.proposed["description"]) == ("Ancienne.", "Nouvelle.")
    assert (proposal["record_kind"], proposal["record_id"]) == ("actor", "un")
    assert (proposal["base_revision"], proposal["decision"]) == (1, "pending")
    assert proposal["status"] == "a_valider"
    assert store.record("actor", "un")["description"] == "Ancienne."


def test_one_proposal_for_each_record_put_or_dropped(store: Store) -> None:
    changes = Changes.one("actor", actor("quatre")) + Changes.removal("actor", "trois")
    found = sent(store, changes)
    assert {proposals.read_payload(one).action for one in found} == {"création", "suppression"}


def test_of_proposals_sent_together_actors_come_before_alliances(store: Store) -> None:
    alliance = store.record("alliance", "lien") | {"member_ids": ["un", "quatre"]}
    changes = Changes.one("alliance", alliance) + Changes.one("actor", actor("quatre"))
    assert [one["record_kind"] for one in sent(store, changes)] == ["actor", "alliance"]


@pytest.mark.parametrize("kind", ["proposal", "merge"])
def test_nobody_proposes_a_decision(store: Store, kind: str) -> None:
    for changes in (Changes(put={kind: [{f"{kind}_id": "x"}]}), Changes.removal(kind, "x")):
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
    contact = encrypt(store, contact, {"contact_name": SOMEBODY})
    (proposal,) = sent(store, Changes.one("contact", contact))
    assert SOMEBODY not in proposal["payload"]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(SOMEBODY.encode() in path.read_bytes() for path in files)
    asked = proposals.read_payload(proposal)
    assert next(line.proposed for line in proposals.personal(store, asked, None)) == SOMEBODY
    accepted(store, proposal)
    assert store.record("contact", "c1")["sealed"] == contact["sealed"]


# --- compared -----------------------------------------------------------------------------


def states(store: Store, proposal: Record) -> dict[str, str]:
    asked = proposals.read_payload(proposal)
    lines = proposals.diff(asked, proposals.current(store, asked))
    return {line.field.name: line.state for line in lines if line.state != "same"}


def test_lines_are_french_and_what_differs_comes_first(store: Store) -> None:
    proposal = proposed(store, practices=["dialogue_territorial"], description="Nouvelle.")
    asked = proposals.read_payload(proposal)
    first, second, *rest = proposals.diff(asked, store.record("actor", "un"))
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
    asked = proposals.read_payload(proposal)
    assert list(proposals.conflicts(asked, store.record("actor", "un"))) == ["address"]
