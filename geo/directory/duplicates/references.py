"""Which records name an actor, and how they name another in its place."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from geo.directory.schema import KINDS
from geo.directory.store.rows import plain_rows

Record = dict[str, Any]
Book = Mapping[str, pd.DataFrame]
"""Every current record, one table by kind, by id; a kind left out names nobody."""

LISTS: Final = {"alliance": "member_ids", "project": "actor_ids", "ecosystem": "actor_ids"}
SINGLE: Final = {
    "action": ("actor_id",),
    "contact": ("actor_id",),
    "merge": ("kept_id", "other_id"),
    "comment": ("record_id",),
}
ROLES: Final = "member_roles"
KEPT_APART: Final = ("distinct", "ignored")


def naming(actor_id: str, book: Book) -> Iterator[tuple[str, Record]]:
    """Return the records that name an actor: kind, record.

    Of the decisions on duplicates, only those that keep two records apart: a merge already done
    stays written as it was done.
    """
    for kind, field in LISTS.items():
        table = book[kind]
        named = [actor_id in ids for ids in table[field]]
        yield from ((kind, row) for row in plain_rows(table[pd.Series(named, table.index, bool)]))
    for kind, fields in SINGLE.items():
        if kind not in book:
            continue
        table = book[kind]
        if kind == "merge":
            table = table[table["decision"].isin(KEPT_APART)]
        if kind == "comment":
            table = table[table["record_kind"] == "actor"]
        either = (table[list(fields)] == actor_id).any(axis=1)
        yield from ((kind, row) for row in plain_rows(table[either]))


def pointed(kind: str, record: Record, old: str, new: str) -> Record:
    """Return the fields of a record that name an actor, another in its place, never twice."""
    if kind in SINGLE:
        return {name: new if record[name] == old else record[name] for name in SINGLE[kind]}
    ids = [new if one == old else one for one in record[LISTS[kind]]]
    if kind != "alliance":
        return {LISTS[kind]: list(dict.fromkeys(ids))}
    members: dict[str, str] = {}
    for member, role in zip(ids, roles(record), strict=True):
        members[member] = members.get(member) or role
    return {LISTS[kind]: list(members), ROLES: list(members.values())}


def roles(alliance: Record) -> list[str]:
    """Return one role for each member, "" for those that have none."""
    members, stated_roles = alliance[LISTS["alliance"]], alliance[ROLES]
    return [*stated_roles, *[""] * len(members)][: len(members)]


def title(kind: str, record: Record) -> str:
    """Name a record as a person knows it."""
    return str(record[KINDS[kind].title] or record[KINDS[kind].id])
