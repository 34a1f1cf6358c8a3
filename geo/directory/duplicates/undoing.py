"""A decision taken back: both records return, edits made since are kept and told."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from geo.directory.duplicates.decisions import MERGED, UNDONE, Outcome
from geo.directory.duplicates.fields import GROUPS, Record, united
from geo.directory.duplicates.references import LISTS, ROLES, Book, roles, title
from geo.directory.schema import ACTOR, KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.rows import plain_rows
from geo.errors import BadRecordError
from geo.french import quoted


def undo(decision: Record, book: Book) -> Outcome:
    """Take a decision back; the pair may be proposed again.

    Of a merge: the record that went returns as it was; the one kept, and all that was made to
    name it, return field by field to what they were, save the fields changed since, which stay
    and are told.

    Raises
    ------
    BadRecordError
        It was already taken back, or the record kept has itself been merged since.
    """
    if decision["decision"] == UNDONE:
        raise BadRecordError("Cette décision est déjà annulée.")
    taken_back = Changes.one("merge", decision | {"decision": UNDONE})
    if decision["decision"] != MERGED:
        return Outcome(taken_back)
    _no_later_merge(decision, book)
    journal = json.loads(decision["before"])
    remarks: list[str] = []
    survivor = _current("actor", decision["kept_id"], book)
    changes = _returned(_refused_since(journal, survivor), book, remarks)
    changes += _restore_survivor(decision["kept_id"], journal["kept"], book, remarks)
    for entry in journal["moved"]:
        changes += _moved(entry, decision, book, remarks)
    return Outcome(changes + taken_back, remarks)


def _no_later_merge(decision: Record, book: Book) -> None:
    merges = book["merge"]
    later = merges[(merges["decision"] == MERGED) & (merges["other_id"] == decision["kept_id"])]
    if len(later) and decision["kept_id"] not in book["actor"].index:
        raise BadRecordError(
            "La fiche gardée a été fusionnée depuis avec une autre : annulez d’abord cette "
            "fusion plus récente."
        )


def _current(kind: str, record_id: str, book: Book) -> Record | None:
    table = book[kind]
    return plain_rows(table.loc[[record_id]])[0] if record_id in table.index else None


def _refused_since(journal: dict[str, Any], survivor: Record | None) -> Record:
    """Return the record that went, its owner's refusals to publish made since on the one kept.

    What a field says there may be what it said here.
    """
    other: Record = journal["other"]
    if survivor is None:
        return other
    then = journal["kept"]["after"].get("withheld", survivor["withheld"])  # an old one is silent
    since = [one for one in survivor["withheld"] if one not in then]
    return other | {"withheld": united(other.get("withheld", []), since)}


def _returned(other: Record, book: Book, remarks: list[str]) -> Changes:
    if other[ACTOR.id] in book["actor"].index:
        remarks.append(
            f"La fiche {quoted(other['actor_name'])} existe déjà : elle reste telle quelle."
        )
        return Changes()
    whole = {name: other[name] for name in ACTOR.blank() if name in other}
    return Changes.one("actor", {**ACTOR.blank(), **whole, "revision": 0})


def _restore_survivor(
    kept_id: str, fields: dict[str, Record], book: Book, remarks: list[str]
) -> Changes:
    now = _current("actor", kept_id, book)
    if now is None:
        remarks.append("La fiche gardée a été supprimée depuis : elle n’est pas recréée.")
        return Changes()
    before, after = fields["before"], fields["after"]
    if not before:
        return Changes()
    edited = _edited(now, after)
    for name in before.keys() - edited:
        now[name] = before[name]
    for name in sorted(edited):
        now[name] = _rebased(now[name], before[name], after[name])
        remarks.append(
            f"{ACTOR.field(name).label} de la fiche {quoted(now['actor_name'])} a changé depuis "
            "la fusion : ce changement est gardé."
        )
    return Changes.one("actor", now)


def _edited(now: Record, after: Record) -> set[str]:
    """Name the fields changed since a merge; those of one group, all when one is."""
    edited = {name for name in after if now[name] != after[name]}
    for group in GROUPS.values():
        if any(now[name] != after[name] for name in group if name in after):
            edited |= {name for name in group if name in after}
    return edited


def _rebased(now: Any, before: Any, after: Any) -> Any:
    """Take back from a list what a merge added and put what it removed; leave other values."""
    if not isinstance(now, list):
        return now
    added = [one for one in after if one not in before]
    removed = [one for one in before if one not in after]
    return united([one for one in now if one not in added], removed)


def _moved(entry: dict[str, Any], decision: Record, book: Book, remarks: list[str]) -> Changes:
    kind = entry["kind"]
    now = _current(kind, entry["id"], book)
    if now is None:
        remarks.append(
            f"Une fiche ({KINDS[kind].label}) a été supprimée depuis : elle ne revient pas."
        )
        return Changes()
    before, after = entry["before"], entry["after"]
    if all(now[name] == after[name] for name in after):
        return Changes.one(kind, now | before)
    if kind not in LISTS:
        remarks.append(
            f"La fiche {quoted(title(kind, now))} a changé depuis : elle reste telle quelle."
        )
        return Changes()
    remarks.append(
        f"La fiche {quoted(title(kind, now))} a changé depuis : ces changements restent."
    )
    return Changes.one(kind, now | dict(_renamed(kind, now, before, decision)))


def _renamed(
    kind: str, now: Record, before: Record, decision: Record
) -> Iterator[tuple[str, list[str]]]:
    """Name the record that returns where a merge had put the one kept, in a list edited since."""
    kept_id, other_id = decision["kept_id"], decision["other_id"]
    name = LISTS[kind]
    current = dict(zip(now[name], roles(now) if kind == "alliance" else now[name], strict=True))
    was = dict(
        zip(before[name], roles(before) if kind == "alliance" else before[name], strict=True)
    )
    together = kept_id in was
    result: dict[str, str] = {}
    for member, role in current.items():
        if member == kept_id and not together:
            result[other_id] = role
            continue
        result[member] = role
        if member == kept_id:
            result[other_id] = was[other_id]
    yield name, list(result)
    if kind == "alliance":
        yield ROLES, list(result.values())


def named(decision: Record, names: Mapping[str, str]) -> tuple[str, str]:
    """Name the two records of a decision; one that a merge took away, as it was called."""
    former_names: dict[str, str] = {}
    if decision["decision"] == MERGED:
        other = json.loads(decision["before"])["other"]
        former_names[str(other[ACTOR.id])] = str(other["actor_name"])
    ids = str(decision["kept_id"]), str(decision["other_id"])
    one, other = (
        str(names.get(record_id) or former_names.get(record_id, record_id)) for record_id in ids
    )
    return one, other
