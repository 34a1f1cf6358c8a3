"""The key figures of an ecosystem, and the rule of each."""

import streamlit as st

from geo.analysis.ecosystem import TIES, Ecosystem
from geo.french import NBSP, count, number, typeset
from geo.output.html import figures
from geo.output.maps.actors import located_only
from geo.reference import france
from geo.vocabulary import items

_PERCENT = 100


def key_figures(found: Ecosystem) -> None:
    """Return the figures, then the rule of each."""
    carried = len(items("odd")) - len(found.odd_without_project)
    covered = len(items("practice")) - len(found.missing_practices)
    pairs = [
        ("Acteurs", number(len(found.actors))),
        ("Alliances", number(len(found.alliances))),
        *_mixed(found),
        ("Acteurs sans alliance", number(len(found.alone))),
        ("Projets", number(len(found.projects))),
        ("Pratiques couvertes", f"{covered} sur {len(items('practice'))}"),
        ("ODD portés par un projet", f"{carried} sur {len(items('odd'))}"),
        ("Population", _population(found)),
    ]
    st.html(figures(pairs))
    st.caption(typeset(_rules(found)))


def _mixed(found: Ecosystem) -> list[tuple[str, str]]:
    """Give the share of alliances between profiles; nothing where there is no alliance."""
    if found.mixed_share is None:
        return []
    share = f"{number(found.mixed_share * _PERCENT)}{NBSP}%"
    return [("Alliances entre profils différents", share)]


def _population(found: Ecosystem) -> str:
    if not found.communes:
        return "non disponible"
    return number(int(france.communes().loc[list(found.communes), "population"].sum()))


def _rules(found: Ecosystem) -> str:
    counts = found.actors["tie"].value_counts()
    ties = [f"{counts[tie]} {said}" for tie, said in TIES.items() if tie in counts]
    if found.area.is_empty:
        ties = [f"{len(found.actors)} nommés un à un"]
    unplaced = len(found.actors) - len(located_only(found.actors))
    return (
        f"Acteurs : {', '.join(ties) or 'aucun'} ; {count(unplaced, 'acteur')} sans point. "
        "Alliances : au moins un membre parmi ces acteurs. Projets : rattachés à cet écosystème, "
        "ou à aucun mais avec un de ces acteurs ou une de ces alliances. Fiches publiées"
        + (", brouillons et fiches à valider." if _has_drafts(found) else ".")
    )


def _has_drafts(found: Ecosystem) -> bool:
    held = (found.actors, found.alliances, found.projects)
    return any(bool((one["status"] != "publiee").any()) for one in held)
