"""Taking away what ships, whole and as one write: the fictitious territory, the network's own."""

from typing import Final

from geo.directory.ecosystems.rows import Book
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.network import NETWORK, network_records
from geo.directory.store.rows import plain_rows
from geo.directory.store.worlds import FICTITIOUS, is_fictitious, world
from geo.french import count

_FICTITIOUS_KINDS: Final = ("actor", "alliance", "project", "action", "ecosystem")


def remove_fictitious(book: Book) -> Changes:
    """Take the fictitious territory away, and all that a person added to it while trying.

    An ecosystem of one's own that names one of its actors forgets it.
    """
    made_up = world(book, FICTITIOUS)
    drop = {kind: [str(one) for one in made_up[kind].index] for kind in _FICTITIOUS_KINDS}
    people = book["contact"]
    drop["contact"] = [str(one) for one in people.index[people["actor_id"].isin(drop["actor"])]]
    own = [
        row | {"actor_ids": [one for one in row["actor_ids"] if not is_fictitious(one)]}
        for row in plain_rows(book["ecosystem"])
        if row["ecosystem_id"] not in drop["ecosystem"]
        and any(map(is_fictitious, row["actor_ids"]))
    ]
    put = {"ecosystem": own} if own else {}
    return Changes(put, {kind: ids for kind, ids in drop.items() if ids})


def remove_network(book: Book) -> Changes:
    """Take the network's ecosystem away: its alliances, and those of its actors left alone.

    An actor that another alliance, a project, an ecosystem or a contact names stays, and so does
    every catalyst. Projects forget the alliances that go.
    """
    records = network_records()
    alliance_ids = _existing_ids(
        book, "alliance", [one["alliance_id"] for one in records["alliance"]]
    )
    busy = _named(book, without=set(alliance_ids))
    mine = _existing_ids(book, "actor", [one["actor_id"] for one in records["actor"]])
    drop = {
        "alliance": alliance_ids,
        "actor": [one for one in mine if one not in busy],
        "ecosystem": _existing_ids(book, "ecosystem", [NETWORK]),
    }
    projects = [
        row | {"alliance_ids": [one for one in row["alliance_ids"] if one not in alliance_ids]}
        for row in plain_rows(book["project"])
        if {*row["alliance_ids"]} & {*alliance_ids}
    ]
    put = {"project": projects} if projects else {}
    return Changes(put, {kind: ids for kind, ids in drop.items() if ids})


def _existing_ids(book: Book, kind: str, ids: list[str]) -> list[str]:
    return [one for one in ids if one in book[kind].index]


def _named(book: Book, without: set[str]) -> set[str]:
    """Return the actors that something other than the network's ecosystem names."""
    alliances = book["alliance"]
    homes = book["ecosystem"]
    lists = [
        *alliances[~alliances.index.isin(without)]["member_ids"],
        *book["project"]["actor_ids"],
        *homes[homes.index != NETWORK]["actor_ids"],
        list(book["contact"]["actor_id"]),
        list(book["action"]["actor_id"]),
    ]
    return set().union(*lists)


def said_of(changes: Changes) -> str:
    """Count in French what changes put and drop: « 40 acteurs, 25 alliances »."""
    found = []
    for name, kind in KINDS.items():
        quantity = len(changes.put.get(name, ())) + len(changes.drop.get(name, ()))
        found += [count(quantity, kind.label, kind.plural)] if quantity else []
    return ", ".join(found)
