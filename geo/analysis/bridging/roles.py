"""Who links those that would not meet: paths through each actor, and what a departure cuts."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.analysis.bridging.graph import AllianceGraph, Whole
from geo.crs import Floats

LEAST_CUT = 2
"""Fewer actors cut off are one actor that only one alliance, or one partner, holds."""


@dataclass(frozen=True)
class CutAlliance:
    """An alliance without which some actors would lose touch with the others around it."""

    alliance_id: str
    cut: int


@dataclass(frozen=True, eq=False)
class Roles:
    """What each actor of a graph holds, by its number.

    ``between``: share of the pairs of other actors whose shortest ways of meeting go through it,
    from 0 to 1; where a pair has several, each counts for its part. ``cut``: how many actors
    would lose touch with the largest part of their network if it left. ``partners``: how many
    actors it meets in an alliance. ``pieces``: the sizes of the networks that no alliance joins.
    ``alliances``: those whose end would cut off two actors or more, the most first.
    """

    between: Floats
    cut: Whole
    partners: Whole
    pieces: tuple[int, ...]
    alliances: tuple[CutAlliance, ...]

    def ranked(self, by: Floats | Whole) -> list[int]:
        """List by number the actors that hold something, the most first, then by their ids."""
        return [int(one) for one in np.argsort(-by, kind="stable") if by[one] > 0]


def roles(alliance_graph: AllianceGraph) -> Roles:
    """Measure every actor and every alliance of a graph; exact."""
    graph, actor_count = alliance_graph.graph, len(alliance_graph)
    pairs = (actor_count - 1) * (actor_count - 2) / 2
    paths = np.array(graph.betweenness(), dtype=np.float64)
    cut = np.zeros(actor_count, dtype=np.int64)
    for vertex in graph.articulation_points():
        cut[vertex] = _disconnected_count(graph, vertex, actor_count) - 1
    return Roles(
        between=paths / pairs if pairs else paths,
        cut=cut,
        partners=np.array(graph.degree(), dtype=np.int64),
        pieces=tuple(sorted(graph.connected_components().sizes(), reverse=True)),
        alliances=_cut_alliances(alliance_graph),
    )


def _disconnected_count(graph: Any, vertex: int, actors: int) -> int:
    """Count the actors around a vertex that are not in the largest part left without it.

    ``actors``: how many vertices, the first ones, are actors. The vertex counts if it is one.
    """
    around = graph.subcomponent(vertex)
    remaining = graph.induced_subgraph(around)
    remaining.vs["actor"] = [one < actors for one in sorted(around)]
    remaining.delete_vertices(sorted(around).index(vertex))
    is_actor = remaining.vs["actor"]
    parts = [sum(is_actor[one] for one in part) for part in remaining.connected_components()]
    return int(sum(one < actors for one in around) - max(parts))


def _cut_alliances(graph: AllianceGraph) -> tuple[CutAlliance, ...]:
    actor_count = len(graph)
    vertices = sorted(
        vertex for vertex in graph.meetings.articulation_points() if vertex >= actor_count
    )
    every = [
        CutAlliance(
            graph.alliance_ids[vertex - actor_count],
            _disconnected_count(graph.meetings, vertex, actor_count),
        )
        for vertex in vertices
    ]
    significant = [one for one in every if one.cut >= LEAST_CUT]
    return tuple(sorted(significant, key=lambda one: (-one.cut, one.alliance_id)))
