"""Who bridges whom, in sentences: one for each measure, with its limit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.analysis.bridging import Bridging
from geo.analysis.bridging.bridging import LEAST_ACTORS, LEAST_ALLIANCES, LEAST_DATED
from geo.analysis.bridging.roles import LEAST_CUT
from geo.directory.store.lookup import among
from geo.french import NBSP, count, either, number, quoted, typeset

PERCENT: Final = 100
_TOP: Final = 3
_ALONE: Final = 8
_GROUPS: Final = 6
LIMITS: Final = typeset(
    "Seules comptent les alliances relevées ici, avec les filtres choisis : un acteur mieux "
    "documenté paraît plus relié qu’il ne l’est, et une alliance qui manque ici existe peut-être. "
    "Une alliance de plusieurs membres les relie tous deux à deux. Mêmes données, mêmes tirages, "
    "mêmes réponses."
)
"""What holds of every measure."""
ON_WHAT: Final = "Mesuré sur les seules alliances relevées ici"


@dataclass(frozen=True)
class Statement:
    """One measure: its title, what it says in one sentence, and what it cannot say."""

    title: str
    sentence: str
    limit: str = ""


def sentences(found: Bridging, names: pd.Series) -> list[Statement]:
    """Return a sentence for every measure, in order, refused ones included.

    Parameters
    ----------
    names
        The names of actors, by id.
    """
    measures = (_between, _cut, _bridges, _alone, _groups, _mixing, _years)
    mentioned = names[among(names, {*found.graph.ids, *found.alone.index[:_ALONE]})]
    statements = [measure(found, mentioned) for measure in measures]
    return [
        Statement(statement.title, typeset(statement.sentence), typeset(statement.limit))
        for statement in statements
    ]


def few_sentence(found: Bridging) -> str:
    """State that too few actors are joined."""
    return typeset(
        f"Trop peu d’acteurs reliés pour que cette mesure ait un sens : {len(found.graph)}, il en "
        f"faut {LEAST_ACTORS}."
    )


def _between(found: Bridging, names: pd.Series) -> Statement:
    title = "Qui relie les autres"
    if not found.enough:
        return Statement(title, few_sentence(found))
    between = found.roles.between
    best = found.roles.ranked(between)[:_TOP]
    if not best:
        return Statement(title, "Personne : chacun connaît déjà tous ceux qu’il peut joindre.")
    names_of_first = [
        f"par {names.get(found.graph.ids[one], found.graph.ids[one])} ({_times(between[one])})"
        for one in best
    ]
    return Statement(
        title,
        "Si deux autres acteurs pris au hasard cherchaient à se joindre de partenaire en "
        f"partenaire, leur plus court chemin passerait {_enumeration(names_of_first)}.",
        "Ce chemin suppose que chaque partenaire accepte de mettre en relation.",
    )


def _times(share: float) -> str:
    percent = share * PERCENT
    return f"{number(percent)} fois sur 100" if percent >= 1 else "moins d’une fois sur 100"


def _cut(found: Bridging, names: pd.Series) -> Statement:
    title = "Sans qui le réseau se coupe"
    if not found.enough:
        return Statement(title, few_sentence(found))
    cut = found.roles.cut
    cutting = [one for one in found.roles.ranked(cut) if cut[one] >= LEAST_CUT]
    if not cutting:
        return Statement(
            title, "Aucun acteur n’est à lui seul le passage vers deux autres ou plus."
        )
    ids = [found.graph.ids[one] for one in cutting[:_TOP]]
    counts = [count(int(cut[one]), "acteur") for one in cutting]
    labels = [f"{names.get(one, one)} ({cuts})" for one, cuts in zip(ids, counts, strict=False)]
    return Statement(
        title,
        f"Certains n’auraient plus de lien avec le reste de leur réseau sans {either(labels)}"
        f"{_more(len(cutting) - _TOP, 'autre acteur est aussi', 'autres acteurs sont aussi')}"
        f"{' un passage obligé' if len(cutting) > _TOP else ''}.",
        "Ils peuvent se connaître autrement que par une alliance écrite.",
    )


def _bridges(found: Bridging, _: pd.Series) -> Statement:
    title = "Les alliances qui font pont"
    if not found.enough:
        return Statement(title, few_sentence(found))
    every = found.roles.alliances
    if not every:
        return Statement(
            title, "Aucune alliance ne tient à elle seule deux acteurs ou plus reliés."
        )
    called = found.alliances["alliance_name"]
    labels = [
        f"{quoted(str(called.get(one.alliance_id, one.alliance_id)))} ({count(one.cut, 'acteur')})"
        for one in every[:_TOP]
    ]
    return Statement(
        title,
        f"Certains n’auraient plus de lien avec le reste de leur réseau sans {either(labels)}"
        f"{_more(len(every) - _TOP, 'autre alliance fait', 'autres alliances font')}"
        f"{' aussi pont' if len(every) > _TOP else ''}.",
        "Une alliance finie laisse souvent des liens que personne n’écrit.",
    )


def _alone(found: Bridging, names: pd.Series) -> Statement:
    title = "Qui est seul"
    alone, among = found.alone, len(found.among)
    pieces = found.roles.pieces
    note = (
        f" ; les {len(found.graph)} acteurs reliés forment {len(pieces)} réseaux sans lien entre "
        f"eux, dont le plus grand en tient {pieces[0]}"
        if len(pieces) > 1
        else ""
    )
    limit = "Des alliances que personne n’a encore relevées existent peut-être."
    if not len(alone):
        return Statement(title, f"Personne : chaque acteur a au moins une de ces alliances{note}.")
    listed = [str(names.get(one, one)) for one in alone.index[:_ALONE]]
    rest = len(alone) - len(listed)
    tail = f" et {count(rest, 'autre')}" if rest else ""
    verb = "ne sont nommés" if len(alone) > 1 else "n’est nommé"
    return Statement(
        title,
        f"{count(len(alone), 'acteur')} sur {number(among)} {verb} par aucune de ces alliances : "
        f"{', '.join(listed)}{tail}{note}.",
        limit,
    )


def _groups(found: Bridging, names: pd.Series) -> Statement:
    title = "Les groupes qui travaillent ensemble"
    if not found.enough:
        return Statement(title, few_sentence(found))
    limit = "Une alliance de nombreux membres les met d’office dans un même groupe."
    cut = found.groups
    if not cut.are_significant:
        return Statement(title, no_groups_sentence(found), limit)
    labels = group_labels(found, names)[:_GROUPS]
    return Statement(
        title,
        f"Les alliances dessinent {len(cut.sizes)} groupes, {', '.join(labels)}"
        f"{', …' if len(cut.sizes) > _GROUPS else ''} : plus nets que ceux de {cut.draws} réseaux "
        "tirés au hasard avec autant d’alliances par acteur.",
        limit,
    )


def no_groups_sentence(found: Bridging) -> str:
    """Explain that random networks have groups as clear as these."""
    cut = found.groups
    reason = (
        f"{cut.as_neat} réseaux sur {cut.draws} tirés au hasard, avec autant d’alliances par "
        "acteur, en dessinent d’aussi nets"
        if cut.as_neat
        else "tous se tiennent"
    )
    return typeset(f"Aucun groupe ne se distingue : {reason}.")


def group_labels(found: Bridging, names: pd.Series) -> list[str]:
    """Name each group by who meets most of its members: « autour de X (9) »."""
    return [
        f"autour de {names.get(one, one)} ({size})"
        for one, size in (
            (found.around(group), size) for group, size in enumerate(found.groups.sizes)
        )
    ]


def _mixing(found: Bridging, _: pd.Series) -> Statement:
    title = "Les profils se croisent-ils ?"
    mixing = found.mixing
    if not found.comparable:
        return Statement(
            title,
            "Trop peu d’alliances entre acteurs de profil renseigné pour comparer au hasard : "
            f"{mixing.counted}, il en faut {LEAST_ALLIANCES}, et deux profils au moins.",
        )
    more = "plus" if mixing.share > mixing.expected else "moins"
    verdict = (
        f"{more} que le hasard n’en donnerait"
        if mixing.seldom
        else "un écart que le hasard peut donner"
    )
    unstated = len(found.graph) - mixing.stated
    return Statement(
        title,
        f"{mixing.mixed} alliances sur {mixing.counted} ({_percent(mixing.share)}) joignent des "
        f"profils différents ; des profils distribués au hasard entre les mêmes acteurs en "
        f"donneraient {_percent(mixing.expected)} ({number(mixing.draws)} tirages) : {verdict}, "
        f"{_odds(mixing.chance)}.",
        f"{_uncounted(unstated, 'acteur', 'sans profil renseigné')}." if unstated else "",
    )


def _odds(chance: float) -> str:
    percent = chance * PERCENT
    odds = f"{number(percent)} fois" if percent >= 1 else "moins d’une fois"
    return f"aussi grand par hasard {odds} sur 100"


def _years(found: Bridging, _: pd.Series) -> Statement:
    title = "D’année en année"
    undated = len(found.alliances) - found.dated
    undated_note = (
        f"{_uncounted(undated, 'alliance', 'sans année de début connue')} ; " if undated else ""
    )
    limit = (
        f"{undated_note}sans date de fin, une alliance est dite en cours ; une hausse peut venir "
        "de relevés plus nombreux."
    )
    limit = limit[:1].upper() + limit[1:]
    rows = found.years
    if found.dated < LEAST_DATED or len(rows) < LEAST_CUT:
        return Statement(
            title,
            "Trop peu d’alliances datées pour suivre les années : "
            f"{found.dated}, il en faut {LEAST_DATED}, sur deux années au moins.",
            limit,
        )
    first, last = rows.iloc[0], rows.iloc[-1]
    best = rows.iloc[int(rows["begun"].argmax())]
    return Statement(
        title,
        f"De {_in_year(first)} à {_in_year(last)} ; l’année qui en a vu naître le plus est "
        f"{best['year']} ({best['begun']}).",
        limit,
    )


def _in_year(row: pd.Series) -> str:
    return (
        f"{count(int(row['under_way']), 'alliance')} et {count(int(row['actors']), 'acteur')} en "
        f"{row['year']}"
    )


def _percent(share: float) -> str:
    return f"{number(share * PERCENT)}{NBSP}%"


def _enumeration(parts: Sequence[str]) -> str:
    """Join what adds up: « a, b et c »."""
    return " et ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _uncounted(quantity: int, noun: str, reason: str) -> str:
    return f"{count(quantity, noun)} {reason} ne {'comptent' if quantity > 1 else 'compte'} pas"


def _more(rest: int, singular: str, plural: str) -> str:
    return "" if rest < 1 else f" ; {number(rest)} {plural if rest > 1 else singular}"


def in_lines(statements: Iterable[Statement]) -> list[str]:
    """Write measures as lines of plain text."""
    return [
        f"{statement.title} : {statement.sentence} {statement.limit}".strip()
        for statement in statements
    ]
