"""The key figures of an ecosystem, and the rule of each."""

from typing import Final

from geo.analysis.ecosystem import TIES, Ecosystem
from geo.french import NBSP, count, number, quoted, typeset
from geo.output.maps.actors import located_only
from geo.reference import france
from geo.reference.sources import vintage
from geo.vocabulary import items, label

_PERCENT: Final = 100


def where_it_lies(found: Ecosystem) -> str:
    """Describe where an ecosystem is, and its maturity."""
    record = found.record
    many = f", {count(len(found.communes), 'commune')}" if found.communes else ""
    many = "" if "commune" in found.place else many  # a list of communes counts them already
    level = label("maturity", record["maturity"]) if record["maturity"] else ""
    maturity = f"Maturité{NBSP}: {quoted(level)}. " if level else ""
    return f"{found.place}{many}. {maturity}".rstrip()


def key_figures(found: Ecosystem) -> list[tuple[str, str]]:
    """Return what is counted, and how many, as they are shown."""
    carried = len(items("odd")) - len(found.odd_without_project)
    covered = len(items("practice")) - len(found.missing_practices)
    return [
        ("Acteurs", number(len(found.actors))),
        ("Alliances", number(len(found.alliances))),
        *_mixed(found),
        ("Acteurs sans alliance", number(len(found.alone))),
        ("Projets", number(len(found.projects))),
        ("Pratiques couvertes", f"{covered} sur {len(items('practice'))}"),
        *([("ODD portés par un projet", f"{carried} sur {len(items('odd'))}")] if carried else []),
        *([("Population", _population(found))] if found.communes else []),
    ]


def _mixed(found: Ecosystem) -> list[tuple[str, str]]:
    """Return the share of alliances between profiles; nothing where there is no alliance."""
    if found.mixed_share is None:
        return []
    share = f"{number(found.mixed_share * _PERCENT)}{NBSP}%"
    return [("Alliances entre profils différents", share)]


def _population(found: Ecosystem) -> str:
    return number(int(france.communes().loc[list(found.communes), "population"].sum()))


def rules(found: Ecosystem) -> str:
    """Explain by which rule each figure counts, and of which year the population is."""
    counts = found.actors["tie"].value_counts()
    ties = [f"{counts[tie]} {phrase}" for tie, phrase in TIES.items() if tie in counts]
    if found.area.is_empty:
        ties = [f"{len(found.actors)} nommés un à un"]
    unplaced = len(found.actors) - len(located_only(found.actors))
    without = f" ; {count(unplaced, 'acteur')} sans point" if unplaced else ""
    return typeset(
        f"Acteurs : {', '.join(ties) or 'aucun'}{without}. "
        "Alliances : au moins un membre parmi ces acteurs. Projets : rattachés à cet écosystème, "
        "ou à aucun mais avec un de ces acteurs ou une de ces alliances. Fiches publiées"
        + (", brouillons et fiches à valider. " if _has_drafts(found) else ". ")
        + vintage()
    )


def _has_drafts(found: Ecosystem) -> bool:
    frames = (found.actors, found.alliances, found.projects)
    return any(bool((frame["status"] != "publiee").any()) for frame in frames)
