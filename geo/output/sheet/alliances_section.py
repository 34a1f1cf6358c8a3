"""What a sheet tells of a territory's alliances, projects and other actors."""

from typing import Any, Final

import pandas as pd

from geo.analysis.report_local import Local
from geo.directory.directory import Directory
from geo.directory.ecosystems import plain_rows
from geo.french import NBSP, number
from geo.output.maps.arcs import period
from geo.output.sheet.blocks import Block, Grid, Heading, Text
from geo.vocabulary import UNSTATED, name_of, vocabularies

_PROFILES: Final = "any_profile"
_FICTIVE: Final = f"{NBSP}(fictif)"


def alliances_and_projects(local: Local, *, dated: bool = False) -> list[Block]:
    """Describe what joins the actors of the territory, or that nothing published does.

    ``dated``: the records are those of a date, which the sheet says.
    """
    head = Heading(f"Alliances et projets{' à cette date' if dated else ''}")
    state_words = "situé à cette date" if dated else "publié avec un acteur de ce territoire"
    if local.alliances.empty and local.projects.empty:
        return [head, Text(f"Ni alliance ni projet {state_words}.")]
    return [head, *_alliances(local, state_words), *_projects(local, state_words)]


def _alliances(local: Local, state_words: str) -> list[Block]:
    if local.alliances.empty:
        return [Text(f"Aucune alliance {state_words.replace('é ', 'ée ', 1)}.")]
    head = Heading(f"Alliances ({number(len(local.alliances))})", 3)
    names = local.everyone["actor_name"]
    lines = [_alliance(row, names) for row in plain_rows(local.alliances)]
    header = ("Alliance", "Type", "Membres", "Période")
    return [head, Grid("Alliances du territoire", header, tuple(lines), (4, 3, 7, 2.5))]


def _alliance(row: dict[str, Any], names: pd.Series) -> tuple[str, ...]:
    kind = row["partnership_kind"]
    return (
        f"{row['alliance_name']}{_FICTIVE if row['fictive'] else ''}",
        name_of("any_partnership", kind) if kind else "non renseigné",
        _names(row["member_ids"], names),
        period(row["since"], row["until"]) or "non renseignée",
    )


def _names(ids: list[str], names: pd.Series) -> str:
    return (
        f"{NBSP}; ".join(str(names[record_id]) for record_id in ids if record_id in names.index)
        or "non publiés"
    )


def _projects(local: Local, state_words: str) -> list[Block]:
    if local.projects.empty:
        return [Text(f"Aucun projet {state_words}.")]
    head = Heading(f"Projets ({number(len(local.projects))})", 3)
    names = local.everyone["actor_name"]
    lines = [_project(row, names) for row in plain_rows(local.projects)]
    header = ("Projet", "Étape", "Avancement", "Acteurs", "ODD")
    return [head, Grid("Projets du territoire", header, tuple(lines), (5, 3, 2, 6, 1.6))]


def _project(row: dict[str, Any], names: pd.Series) -> tuple[str, ...]:
    return (
        f"{row['project_name']}{_FICTIVE if row['fictive'] else ''}",
        name_of("project_step", row["step"]),
        name_of("progress", row["progress"]),
        _names(row["actor_ids"], names),
        ", ".join(row["odd"]) or "—",
    )


def others(local: Local, directory: Directory) -> list[Block]:
    """Name, by profile, the published actors that are no catalysts of the directory."""
    rows = local.actors[~local.actors.index.isin(directory.frame.index)]
    if rows.empty:
        return []
    profile = rows["profile"].replace("", UNSTATED)
    lines = [
        (f"{name_of(_PROFILES, code)} ({number(len(members))})", _name_list(members))
        for code in (*vocabularies()[_PROFILES].ids(), UNSTATED)
        if len(members := rows[profile == code])
    ]
    header = ("Profil", "Acteurs")
    note = "Acteurs publiés du territoire, sans pratique connue, quel que soit le filtre."
    return [
        Heading(f"Autres acteurs ({number(len(rows))})"),
        Text(note, "note"),
        Grid("Autres acteurs, par profil", header, tuple(lines), (2, 8)),
    ]


def _name_list(rows: pd.DataFrame) -> str:
    marks = [_FICTIVE if fictive else "" for fictive in rows["fictive"]]
    names = sorted(zip(rows["actor_name"], marks, strict=True), key=lambda one: one[0].casefold())
    return f"{NBSP}; ".join(name + mark for name, mark in names)
