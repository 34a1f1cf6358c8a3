"""Deletions that leave nothing pointing at what is gone."""

from typing import Any

from geo.directory.ecosystems.alliances import LEAST
from geo.directory.ecosystems.maturity import history
from geo.directory.ecosystems.rows import Book, Row
from geo.directory.ecosystems.ties import naming
from geo.directory.store import lookup
from geo.directory.store.changes import Changes
from geo.directory.store.rows import plain_rows


def remove_actor(actor_id: str, book: Book, *, instead: str = "") -> Changes:
    """Delete an actor, or put another in its place everywhere.

    It leaves its alliances, projects, actions and ecosystems; an alliance that keeps fewer than
    two members is deleted, and the projects that held it forget it. Its contacts are deleted, or
    given to the other actor. ``geo.directory.ecosystems.part_of`` says all this beforehand.
    """
    remaining, broken = _alliances(actor_id, book, instead)
    changes = Changes({"alliance": remaining}, {"actor": [actor_id], "alliance": broken})
    changes += Changes.one("project", *_projects(actor_id, book, instead, broken))
    changes += _people(actor_id, book, instead)
    ecosystems = plain_rows(naming(book["ecosystem"], "actor_ids", actor_id))
    changes += Changes.one(
        "ecosystem",
        *[r | {"actor_ids": _swapped(r["actor_ids"], actor_id, instead)} for r in ecosystems],
    )
    return _tight(changes, book)


def _tight(changes: Changes, book: Book) -> Changes:
    """Leave out the kinds that nothing happens to; delete what is as it was read, nothing newer."""
    drop = {kind: ids for kind, ids in changes.drop.items() if ids}
    seen = {
        kind: {one: int(n) for one, n in lookup.named(book[kind]["revision"], ids).items()}
        for kind, ids in drop.items()
    }
    return Changes({kind: rows for kind, rows in changes.put.items() if rows}, drop, seen)


def _swapped(ids: list[str], old: str, new: str) -> list[str]:
    put = [new if one == old else one for one in ids]
    return [*dict.fromkeys(one for one in put if one)]


def _alliances(actor_id: str, book: Book, instead: str) -> tuple[list[Row], list[str]]:
    remaining, broken = [], []
    for row in plain_rows(naming(book["alliance"], "member_ids", actor_id)):
        changed = row | _members(row, actor_id, instead)
        if len(changed["member_ids"]) < LEAST:
            broken.append(row["alliance_id"])
        else:
            remaining.append(changed)
    return remaining, broken


def _members(row: Row, old: str, new: str) -> dict[str, Any]:
    """Take a member out with its role; one that comes twice keeps its first role."""
    roles = [*row["member_roles"], *[""] * len(row["member_ids"])]
    pairs: dict[str, str] = {}
    for member, role in zip(row["member_ids"], roles, strict=False):
        named = new if member == old else member
        if named:
            pairs.setdefault(named, role)
    return {"member_ids": [*pairs], "member_roles": [*pairs.values()]}


def _projects(actor_id: str, book: Book, instead: str, broken: list[str]) -> list[Row]:
    found = []
    for row in plain_rows(book["project"]):
        actors = _swapped(row["actor_ids"], actor_id, instead)
        alliances = [one for one in row["alliance_ids"] if one not in broken]
        changed = row | {"actor_ids": actors, "alliance_ids": alliances}
        if changed != row:
            found.append(changed)
    return found


def _people(actor_id: str, book: Book, instead: str) -> Changes:
    contacts = book["contact"]
    mine = plain_rows(contacts[contacts["actor_id"] == actor_id])
    deleted_ids = [] if instead else [row["contact_id"] for row in mine]
    moved = [row | {"actor_id": instead} for row in mine] if instead else []
    actions = []
    for row in plain_rows(book["action"]):
        changed = row | {
            "actor_id": instead if row["actor_id"] == actor_id else row["actor_id"],
            "contact_id": "" if row["contact_id"] in deleted_ids else row["contact_id"],
        }
        if changed != row:
            actions.append(changed)
    return Changes({"contact": moved, "action": actions}, {"contact": deleted_ids})


def remove_alliance(alliance_id: str, book: Book) -> Changes:
    """Delete an alliance; the projects that held it forget it."""
    projects = [
        row | {"alliance_ids": [one for one in row["alliance_ids"] if one != alliance_id]}
        for row in plain_rows(naming(book["project"], "alliance_ids", alliance_id))
    ]
    return _tight(Changes({"project": projects}, {"alliance": [alliance_id]}), book)


def remove_project(project_id: str, book: Book) -> Changes:
    """Delete a project and its actions."""
    actions = book["action"]
    ids = [str(one) for one in actions.index[actions["project_id"] == project_id]]
    return _tight(Changes({}, {"project": [project_id], "action": ids}), book)


def remove_ecosystem(ecosystem_id: str, book: Book) -> Changes:
    """Delete an ecosystem, not what it holds: its projects stay, tied to none.

    Its assessments go with it, and a perimeter that no other ecosystem uses.
    """
    projects = book["project"]
    mine = plain_rows(projects[projects["ecosystem_id"] == ecosystem_id])
    ecosystems = book["ecosystem"]
    perimeter = str(ecosystems.loc[ecosystem_id, "perimeter_id"])
    shared = (ecosystems["perimeter_id"] == perimeter).sum() > 1
    drop = {"ecosystem": [ecosystem_id], "perimeter": [perimeter] if not shared else []}
    if not perimeter:
        drop["perimeter"] = []
    drop["assessment"] = [one["assessment_id"] for one in history(book, ecosystem_id)]
    unassigned = [row | {"ecosystem_id": ""} for row in mine]
    return _tight(Changes({"project": unassigned}, drop), book)
