"""The board of projects as plain values that the browser draws: three steps, cards in order."""

from datetime import date
from typing import Any, Final

import pandas as pd

from geo.dates import in_words, span
from geo.directory.ecosystems import in_order
from geo.french import NBSP, count
from geo.vocabulary import items, label

_NAMES: Final = 4


def no_project(filters: str, *, has_some: bool) -> str:
    """Say that no project is shown: none answers to the filters, or there is none at all."""
    if has_some:
        return f"Aucun projet ne répond à ces choix ({filters})."
    return (
        "Aucun projet n’est encore enregistré. Un projet de territoire avance en trois étapes : "
        "interconnaissance, co-construction, co-gestion."
    )


def board_data(  # noqa: PLR0913
    projects: pd.DataFrame,
    actions: pd.DataFrame,
    names: pd.Series,
    today: date,
    *,
    opened: str = "",
    moves: bool = False,
) -> dict[str, Any]:
    """Return the steps and the cards, in the order of the board; every value is text to show.

    ``names``: names of actors, by id. ``moves``: whether the visitor may move cards.
    """
    steps = [
        {"id": item.id, "name": item.label, "nature": capital(item.nature)}
        for item in items("project_step")
    ]
    tasks = dict(list(actions[~actions["done"].astype(bool)].groupby("project_id")))
    return {
        "steps": steps,
        "moves": moves,
        "cards": [
            _card(row, tasks.get(row["project_id"]), names, today, opened)
            for row in in_order(projects).to_dict("records")
        ],
    }


def capital(text: str) -> str:
    """Write the first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def _card(
    row: dict[Any, Any], tasks: pd.DataFrame | None, names: pd.Series, today: date, opened: str
) -> dict[str, Any]:
    lines = [
        label("progress", row["progress"]) if row["progress"] else "",
        _actors(row["actor_ids"], names),
        next_action(tasks, today),
    ]
    return {
        "id": str(row["project_id"]),
        "step": str(row["step"]),
        "name": str(row["project_name"]),
        "open": row["project_id"] == opened,
        "fictive": bool(row["fictive"]),
        "lines": [line for line in lines if line],
        "odd": [_odd(code) for code in row["odd"]],
    }


def _actors(ids: list[str], names: pd.Series) -> str:
    actor_names = [str(names.get(record_id, record_id)) for record_id in ids]
    more = f" et {len(actor_names) - _NAMES} de plus" if len(actor_names) > _NAMES else ""
    return f"Avec {', '.join(actor_names[:_NAMES])}{more}" if actor_names else ""


def _odd(code: str) -> dict[str, str]:
    colours = {item.id: item.colour for item in items("odd")}
    return {"id": code, "name": label("odd", code), "colour": colours[code]}


def next_action(tasks: pd.DataFrame | None, today: date) -> str:
    """Describe the action due first, whether it is late, and how many others wait.

    An action without a date comes last; one is late once the last day its date means is past.
    """
    if tasks is None or tasks.empty:
        return ""
    rows = sorted(tasks.to_dict("records"), key=lambda row: (not row["due"], row["due"]))
    first, others = rows[0], len(rows) - 1
    due = span(first["due"])
    late = " (en retard)" if due and due[1] < today else ""
    when = f", échéance {in_words(first['due'])}{late}" if first["due"] else ", sans date"
    more = f" ; {count(others, 'autre action', 'autres actions')}" if others else ""
    return f"À faire{NBSP}: {first['action_name']}{when}{more}"
