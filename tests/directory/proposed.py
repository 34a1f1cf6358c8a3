"""A base of three actors and one alliance, and what is proposed to change in it."""

from pathlib import Path
from typing import Any

from geo.directory import proposals
from geo.directory.schema import ACTOR, ALLIANCE
from geo.directory.store.changes import Changes, Record
from geo.directory.store.store import Store


def actor(name: str, **values: Any) -> Record:
    return (
        ACTOR.blank() | {"actor_id": name, "actor_name": name.title(), "status": "publiee"} | values
    )


def three_actors(folder: Path) -> Store:
    """Make a store and fill it."""
    made = Store.create(folder)
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
        for name in proposals.list_pending(store.read("proposal"))["proposal_id"]
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
