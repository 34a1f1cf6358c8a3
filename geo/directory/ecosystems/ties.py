"""What an actor is part of: said before it is deleted, so that nobody is surprised."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.directory.ecosystems.alliances import LEAST
from geo.directory.ecosystems.rows import Book, where
from geo.french import count

_NAMES: Final = 5


@dataclass(frozen=True)
class Ties:
    """Names, by id, of every record that names an actor.

    ``broken``: its alliances that would keep fewer than two members without it.
    """

    actor_id: str
    alliances: dict[str, str]
    projects: dict[str, str]
    actions: dict[str, str]
    contacts: dict[str, str]
    ecosystems: dict[str, str]
    broken: dict[str, str]

    def __bool__(self) -> bool:
        """Return whether anything names the actor."""
        return any((self.alliances, self.projects, self.actions, self.contacts, self.ecosystems))

    def present(self) -> list[str]:
        """Say in French what the actor is part of, one line a kind of record."""
        lines = (
            _line(self.alliances, "alliance"),
            _line(self.projects, "projet"),
            _line(self.actions, "action", "dont il est responsable", "dont il est responsable"),
            _line(self.ecosystems, "écosystème", "auquel il est ajouté", "auxquels il est ajouté"),
        )
        return [line for line in lines if line]

    def lines(self) -> list[str]:
        """Say in French what a deletion would undo, one line a kind of record."""
        remaining = {k: v for k, v in self.alliances.items() if k not in self.broken}
        return [
            line
            for line in (
                _line(remaining, "alliance", "le perd comme membre", "le perdent comme membre"),
                _line(
                    self.broken,
                    "alliance",
                    "n’aurait plus deux membres : elle est supprimée",
                    "n’auraient plus deux membres : elles sont supprimées",
                ),
                _line(self.projects, "projet", "le perd comme acteur", "le perdent comme acteur"),
                _line(
                    self.actions, "action", "n’a plus de responsable", "n’ont plus de responsable"
                ),
                _line(
                    self.ecosystems,
                    "écosystème",
                    "le perd comme acteur ajouté",
                    "le perdent comme acteur ajouté",
                ),
                _people(len(self.contacts)),
            )
            if line
        ]


def _line(found: dict[str, str], noun: str, one: str = "", many: str = "") -> str:
    if not found:
        return ""
    names = [f"« {name} »" for name in found.values()]
    more = f" et {len(names) - _NAMES} de plus" if len(names) > _NAMES else ""
    text = ", ".join(names[:_NAMES]) + more
    verb = many if len(found) > 1 else one
    return f"{count(len(found), noun)} ({text}){f' {verb}' if verb else ''}."


def _people(quantity: int) -> str:
    """Count contacts without naming anyone: their names are personal data."""
    if not quantity:
        return ""
    verb = "sont supprimés" if quantity > 1 else "est supprimé"
    return f"{count(quantity, 'contact')} de cet acteur {verb}."


def naming(frame: pd.DataFrame, column: str, wanted: str) -> pd.DataFrame:
    """Keep the records whose list of ids holds one."""
    return where(frame, (wanted in ids for ids in frame[column]))


def part_of(actor_id: str, book: Book) -> Ties:
    """Find every record that names an actor."""
    alliances = naming(book["alliance"], "member_ids", actor_id)
    left = alliances["member_ids"].map(lambda ids: len(set(ids) - {actor_id}))
    people = book["contact"]
    mine = people[people["actor_id"] == actor_id]
    tasks = book["action"]
    in_charge = (tasks["actor_id"] == actor_id) | tasks["contact_id"].isin(mine.index)
    return Ties(
        actor_id,
        alliances=_named(alliances, "alliance_name"),
        projects=_named(naming(book["project"], "actor_ids", actor_id), "project_name"),
        actions=_named(tasks[in_charge], "action_name"),
        contacts=dict.fromkeys(map(str, mine.index), ""),
        ecosystems=_named(naming(book["ecosystem"], "actor_ids", actor_id), "ecosystem_name"),
        broken=_named(alliances[left < LEAST], "alliance_name"),
    )


def _named(frame: pd.DataFrame, column: str) -> dict[str, str]:
    return {str(key): str(name) for key, name in frame[column].items()}
