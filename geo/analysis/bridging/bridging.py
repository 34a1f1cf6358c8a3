"""What the alliances of some actors say of them as a network, each measure with its limit."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from geo.analysis import network
from geo.analysis.bridging.graph import AllianceGraph, alliance_graph
from geo.analysis.bridging.groups import ActorGroups, groups
from geo.analysis.bridging.mixing import Mixing, mixing
from geo.analysis.bridging.roles import Roles, roles
from geo.analysis.bridging.years import years

LEAST_ACTORS: Final = 10
"""With fewer actors joined, one more alliance turns a ranking upside down."""
LEAST_ALLIANCES: Final = 10
"""With fewer alliances to compare, no share can be distinguished from chance."""
LEAST_DATED: Final = 5
"""With fewer dated alliances, a year is one of them more or less."""

ROLE_COLUMNS: Final = ("partners", "alliances", "between", "cut", "group")


@dataclass(frozen=True, eq=False)
class Bridging:
    """The measures of some alliances; each is computed when first asked for.

    ``among``: the actors of whom it is asked who is alone; ``actors``: every actor an alliance
    may name; ``last``: the year of today.
    """

    alliances: pd.DataFrame
    actors: pd.DataFrame
    among: pd.DataFrame
    last: int

    @cached_property
    def graph(self) -> AllianceGraph:
        """Return the actors joined."""
        return alliance_graph(self.alliances, self.actors)

    @property
    def fictive(self) -> bool:
        """Return whether any alliance or any actor of whom it speaks is made up."""
        return any(bool(one["fictive"].any()) for one in (self.alliances, self.among))

    @property
    def enough(self) -> bool:
        """Return whether enough actors are joined for a role or a group to mean something."""
        return len(self.graph) >= LEAST_ACTORS

    @cached_property
    def alone(self) -> pd.DataFrame:
        """Keep the actors that no alliance names."""
        return network.alone(self.among, self.alliances)

    @cached_property
    def roles(self) -> Roles:
        """Measure who links whom."""
        return roles(self.graph)

    @cached_property
    def groups(self) -> ActorGroups:
        """Find who works together."""
        return groups(self.graph)

    @cached_property
    def mixing(self) -> Mixing:
        """Compare the alliances between profiles with chance."""
        return mixing(self.graph, self.actors["profile"])

    @property
    def comparable(self) -> bool:
        """Return whether enough alliances join stated profiles, of two kinds at least."""
        found = self.mixing
        return found.counted >= LEAST_ALLIANCES and found.profiles > 1

    @cached_property
    def years(self) -> pd.DataFrame:
        """Count the dated alliances year by year."""
        return years(self.alliances, self.actors, self.last)

    @cached_property
    def dated(self) -> int:
        """Count the alliances that a year counts."""
        return int(self.years["begun"].sum())

    def around(self, group: int) -> str:
        """Name by its id the actor of a group who meets most of its other members."""
        inside = [number for number, one in enumerate(self.groups.of) if one == group]
        within = self.graph.graph.induced_subgraph(inside).degree()
        best = max(range(len(inside)), key=lambda one: (within[one], -one))
        return self.graph.ids[inside[best]]

    @cached_property
    def table(self) -> pd.DataFrame:
        """Return the measures of each actor: those joined, then those alone, by their ids.

        Returns
        -------
        ``ROLE_COLUMNS`` by actor: ``group`` from 1, missing for who is alone; ``between``,
        ``cut`` and ``group`` missing where too few actors are joined to mean something.
        """
        graph = self.graph
        frame = pd.DataFrame(
            {"partners": self.roles.partners, "alliances": graph.alliance_counts},
            index=pd.Index(graph.ids, dtype=object),
        )
        blank: dict[str, float] = dict.fromkeys(ROLE_COLUMNS[2:], float("nan"))
        frame = frame.assign(**blank)
        if self.enough:
            measured = {"between": self.roles.between, "cut": self.roles.cut}
            frame = frame.assign(**measured, group=self.groups.of + 1)
        alone = pd.DataFrame({"partners": 0, "alliances": 0, **blank}, index=self.alone.index)
        return pd.concat([frame, alone]) if len(alone) else frame


def bridging(
    alliances: pd.DataFrame,
    actors: pd.DataFrame,
    last: int,
    among: pd.DataFrame | None = None,
) -> Bridging:
    """Measure a network of alliances; who is alone is searched in ``among``, or in ``actors``.

    Parameters
    ----------
    last
        The last year that is counted.
    """
    return Bridging(alliances, actors, actors if among is None else among, last)
