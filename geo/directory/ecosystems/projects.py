"""Projects and their next actions: checked, and moved from one step of the board to another."""

from collections.abc import Collection
from typing import Any, Final

import pandas as pd

from geo.directory.ecosystems.rows import Book, Row, row_of
from geo.directory.ecosystems.rules import Values, accepted, completed, faults_of, strangers
from geo.directory.schema import ACTION, PROJECT
from geo.directory.store.changes import Changes
from geo.directory.store.rows import plain_rows
from geo.errors import BadRecordError
from geo.vocabulary import items, vocabularies

STEPS: Final = "project_step"
_GAP: Final = 10


def checked_project(values: Values, book: Book) -> dict[str, Any]:
    """Return a whole project; its actors, alliances and ecosystem exist.

    Raises
    ------
    BadRecordError
        A code is unknown, or something it names does not exist; all faults in one sentence.
    """
    record = completed(PROJECT, values)
    faults = faults_of(PROJECT, record)
    faults += strangers("Acteurs", record["actor_ids"], book["actor"].index)
    faults += strangers("Alliances", record["alliance_ids"], book["alliance"].index)
    faults += strangers("Écosystème", [record["ecosystem_id"]], book["ecosystem"].index)
    if not record["step"]:
        faults.append("choisissez l’étape du projet")
    goals = {one.id: one.nature for one in items("odd_target")}
    faults += [
        f"Cible {code} : ajoutez l’ODD {goals[code]}, dont elle est"
        for code in record["odd_targets"]
        if code in goals and goals[code] not in record["odd"]
    ]
    return accepted(PROJECT, record, faults)


def checked_action(values: Values, book: Book) -> dict[str, Any]:
    """Return a whole action; its project, and who is in charge if anyone, exist.

    Raises
    ------
    BadRecordError
        As for a project, or its date is none.
    """
    record = completed(ACTION, values)
    faults = faults_of(ACTION, record)
    faults += strangers("Projet", [record["project_id"] or "sans projet"], book["project"].index)
    faults += strangers("Acteur responsable", [record["actor_id"]], book["actor"].index)
    faults += strangers("Personne responsable", [record["contact_id"]], _contacts(book))
    return accepted(ACTION, record, faults)


def _contacts(book: Book) -> Collection[str]:
    return book["contact"].index if "contact" in book else ()


def in_order(projects: pd.DataFrame) -> pd.DataFrame:
    """Order projects as the board shows them: step, rank, name."""
    return projects.sort_values(["step", "rank", "project_name"], kind="stable")


def moved(book: Book, project_id: str, step: str, before: str = "") -> Changes:
    """Move a project to a step, before another of that step, or last.

    Only the project and the ones whose rank has to change are written.

    Raises
    ------
    UnknownCodeError
        The project does not exist any more.
    BadRecordError
        There is no such step.
    """
    if step not in vocabularies()[STEPS].ids():
        raise BadRecordError(f"Étape inconnue : « {step[:40]} ». Choisissez-en une du tableau.")
    mine = row_of(book, "project", project_id) | {"step": step}
    projects = book["project"]
    others = in_order(projects[(projects["step"] == step) & (projects["project_id"] != project_id)])
    column = plain_rows(others)
    place = next((i for i, row in enumerate(column) if row["project_id"] == before), len(column))
    column.insert(place, mine)
    ranked = _ranked(column)
    return Changes.one("project", *[row for row in ranked if _differs(row, projects)])


def _ranked(column: list[Row]) -> list[Row]:
    """Return a column growing ranks, leaving the ranks that already grow as they are."""
    least, ranked = 0, []
    for row in column:
        rank = row["rank"] if row["rank"] > least else least + _GAP
        ranked.append(row | {"rank": rank})
        least = rank
    return ranked


def _differs(row: Row, projects: pd.DataFrame) -> bool:
    was = projects.loc[row["project_id"]]
    return bool(was["rank"] != row["rank"] or was["step"] != row["step"])
