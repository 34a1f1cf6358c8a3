"""Who works with whom: links, one actor's own network, profiles joined, what is alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Final

import pandas as pd

from geo.dates import span
from geo.directory.ecosystems.rows import where
from geo.directory.store.lookup import among, named
from geo.french import NBSP
from geo.vocabulary import UNSTATED, label, vocabularies

EDGE_COLUMNS: Final = (
    *("source_id", "target_id", "partnership_kind"),
    *("alliance_id", "alliance_name", "since", "until", "fictive"),
)
PROFILES: Final = "any_profile"
KINDS: Final = "any_partnership"


@dataclass(frozen=True)
class Choice:
    """Which alliances are asked for; an empty field means « all », fields add up."""

    kind: str = ""
    odd: str = ""
    practice: str = ""
    actor: str = ""
    current: bool = False
    year: int | None = None

    def in_words(self, names: pd.Series | None = None) -> str:
        """Say the filters in French; ``names`` gives the names of actors, by id."""
        found = {} if names is None or not self.actor else named(names, [self.actor])
        actor = found.get(self.actor, self.actor)
        parts = [
            ("type", label(KINDS, self.kind) if self.kind else ""),
            ("ODD", f"{self.odd}. {label('odd', self.odd)}" if self.odd else ""),
            ("pratique", label("practice", self.practice) if self.practice else ""),
            ("réseau de", actor),
        ]
        filters = [f"{name}{NBSP}: {value}" for name, value in parts if value]
        filters += ["alliances en cours seulement"] if self.current else []
        filters += [f"en vigueur en {self.year}"] if self.year else []
        return f"{NBSP}; ".join(filters) or "sans filtre"


def choose(alliances: pd.DataFrame, choice: Choice, today: date) -> pd.DataFrame:
    """Keep the alliances asked for, in their order.

    An alliance is under way when its end, if it has one, is not before ``today``, and its
    beginning, if it has one, not after; in force in ``choice.year`` when both leave it a day.
    ``choice.actor`` keeps its own network: its alliances and those of its partners.
    """
    mask = [
        (not choice.kind or kind == choice.kind)
        and (not choice.odd or choice.odd in odd)
        and (not choice.practice or choice.practice in practices)
        and (not choice.current or under_way(since, until, today))
        and (not choice.year or in_force(since, until, choice.year))
        for kind, odd, practices, since, until in zip(
            *(alliances[n] for n in ("partnership_kind", "odd", "practices", "since", "until")),
            strict=True,
        )
    ]
    found = where(alliances, mask)
    return own_network(found, choice.actor).alliances if choice.actor else found


def under_way(since: str, until: str, today: date) -> bool:
    """Return whether an alliance has begun and not ended; an unknown date forbids nothing."""
    return _meets(since, until, today, today)


def in_force(since: str, until: str, year: int) -> bool:
    """Return whether an alliance was under way some day of a year; as lenient."""
    return _meets(since, until, date(year, 1, 1), date(year, 12, 31))


def _meets(since: str, until: str, begins: date, ends: date) -> bool:
    first, last = span(since), span(until)
    return not ((first and first[0] > ends) or (last and last[1] < begins))


def edges(alliances: pd.DataFrame) -> pd.DataFrame:
    """List every pair of members of every alliance, in the order the alliance names them.

    Returns
    -------
    ``EDGE_COLUMNS``; an alliance of n members gives n(n-1)/2 rows.
    """
    rows: list[dict[str, Any]] = [
        {
            "source_id": source,
            "target_id": target,
            **{name: row[name] for name in EDGE_COLUMNS[2:]},
        }
        for row in alliances.to_dict("records")
        for source, target in combinations(row["member_ids"], 2)
    ]
    return pd.DataFrame(rows, columns=list(EDGE_COLUMNS))


@dataclass(frozen=True)
class OwnNetwork:
    """An actor's partners, and theirs that it does not know itself.

    ``alliances``: those it is in, then those its partners are in without it.
    """

    actor_id: str
    partners: tuple[str, ...]
    beyond: tuple[str, ...]
    alliances: pd.DataFrame

    def members(self) -> set[str]:
        """Return every actor of the network, itself included."""
        return {self.actor_id, *self.partners, *self.beyond}


def own_network(alliances: pd.DataFrame, actor_id: str) -> OwnNetwork:
    """Follow the alliances of one actor two steps away."""
    members = [set(ids) for ids in alliances["member_ids"]]
    mine = [actor_id in ids for ids in members]
    partners = _together(members, mine) - {actor_id}
    theirs = [bool(ids & partners) and not own for ids, own in zip(members, mine, strict=True)]
    beyond = _together(members, theirs) - partners - {actor_id}
    near, far = where(alliances, mine), where(alliances, theirs)
    return OwnNetwork(
        actor_id, tuple(sorted(partners)), tuple(sorted(beyond)), pd.concat([near, far])
    )


def _together(members: list[set[str]], mask: list[bool]) -> set[str]:
    return set().union(*(ids for ids, keep in zip(members, mask, strict=True) if keep))


def profiles_of(alliance: dict[Any, Any], profiles: pd.Series) -> list[str]:
    """Return the profile of each member that exists, « non_renseigne » where it is not stated."""
    return [profiles[one] or UNSTATED for one in alliance["member_ids"] if one in profiles.index]


def profile_matrix(alliances: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Count alliances by pair of profiles; symmetric.

    An alliance counts once for each pair of profiles among its members, however many members
    have them; on the diagonal, once when two members or more share the profile. So cells may add
    up to more than the alliances. Rows and columns: the profiles that the actors have, in the
    order of the vocabulary, « non_renseigne » last.
    """
    present = {one or UNSTATED for one in actors["profile"]}
    order = [one for one in (*vocabularies()[PROFILES].ids(), UNSTATED) if one in present]
    counts = Counter(pair for pairs in count_pairs(alliances, actors).values() for pair in pairs)
    cells = [[counts[min(one, two), max(one, two)] for two in order] for one in order]
    table = pd.DataFrame(cells, index=order, columns=order, dtype=int)
    return table.rename_axis(index="profile", columns="profile")


def count_pairs(alliances: pd.DataFrame, actors: pd.DataFrame) -> dict[str, set[tuple[str, str]]]:
    """Return the unordered pairs of profiles that each alliance joins, by its id."""
    profiles = members_of(alliances, actors)["profile"]
    return {
        str(row["alliance_id"]): {
            (min(pair), max(pair)) for pair in combinations(profiles_of(row, profiles), 2)
        }
        for row in alliances.to_dict("records")
    }


def mixed(alliances: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Keep the alliances that join at least two different profiles; « non renseigné » is none."""
    profiles = members_of(alliances, actors)["profile"]
    joins = [
        len({*profiles_of(row, profiles)} - {UNSTATED}) > 1 for row in alliances.to_dict("records")
    ]
    return where(alliances, joins)


def alone(actors: pd.DataFrame, alliances: pd.DataFrame) -> pd.DataFrame:
    """Keep the actors that no alliance names."""
    joined: set[str] = set().union(*(ids for ids in alliances["member_ids"]))
    return actors[~among(actors, joined)]


def members_of(alliances: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Keep the actors that at least one of the alliances names, in their order."""
    members: set[str] = set().union(*(ids for ids in alliances["member_ids"]))
    return actors[among(actors, members)]


def names_in(ids: Iterable[str], names: pd.Series) -> str:
    """Name actors in a row, an id nobody has left as it is."""
    return ", ".join(str(names.get(one, one)) for one in ids)


def choose_linked(
    actors: pd.DataFrame,
    alliances: pd.DataFrame,
    projects: pd.DataFrame,
    *,
    project: str = "",
    odd: str = "",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep the actors and alliances of a project, or that aim at an ODD, or of both.

    A project keeps its actors, its alliances and their members. An ODD keeps the alliances and
    the projects that aim at it, with their actors.
    """
    if not project and not odd:
        return actors, alliances
    chosen = projects[projects.index == project] if project else projects
    if odd:
        chosen = where(chosen, (odd in codes for codes in chosen["odd"]))
    names = set().union(*chosen["actor_ids"])
    if project:
        alliance_ids = set().union(*chosen["alliance_ids"])
        selected = alliances[alliances.index.isin(alliance_ids)]
    else:
        selected = where(alliances, (odd in codes for codes in alliances["odd"]))
    for ids in selected["member_ids"]:
        names |= set(ids)
    return actors[among(actors, names)], selected
