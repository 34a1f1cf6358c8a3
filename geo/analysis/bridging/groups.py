"""Actors who work together more than with the others: Leiden's method, and whether it means much.

Source: Traag, Waltman and van Eck, « From Louvain to Leiden » (2019); modularity of Newman and
Girvan (2004). Any network can be cut in groups, one drawn at random too: the groups are told to
mean something only where they are neater than those of networks drawn with as many alliances for
each actor and as many members for each alliance.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from geo.analysis.bridging.graph import SEED, AllianceGraph, Whole, joined_pairs, new_graph, seeded

DRAWS: Final = 19
"""Networks drawn: to be the neatest of twenty, the true one included, is a chance of 5 %."""
_ROUNDS: Final = 2
_REPAIRS: Final = 200


@dataclass(frozen=True, eq=False)
class ActorGroups:
    """The group of each actor, by its number: 0 is the largest group.

    ``neatness``: the modularity, near 0 where alliances cross groups as chance would, up to 1.
    ``as_neat``: how many of the ``draws`` networks drawn at random are cut as neatly.
    """

    of: Whole
    neatness: float
    as_neat: int
    draws: int = field(default=DRAWS)

    @property
    def sizes(self) -> list[int]:
        """Count the actors of each group, the largest first."""
        return [int(one) for one in np.bincount(self.of)] if len(self.of) else []

    @property
    def are_significant(self) -> bool:
        """Return whether the groups are neater than chance draws them."""
        return len(self.sizes) > 1 and not self.as_neat


def groups(graph: AllianceGraph) -> ActorGroups:
    """Cut a graph in groups, and cut as many networks drawn at random to compare."""
    if not len(graph):
        return ActorGroups(np.empty(0, dtype=np.int64), 0.0, 0)
    with seeded():
        members, neatness = _cut(graph.graph)
        random_neatness = [_cut(_at_random(graph, draw))[1] for draw in range(DRAWS)]
    return ActorGroups(
        _in_order(members), neatness, sum(value >= neatness for value in random_neatness)
    )


def _cut(graph: Any) -> tuple[Whole, float]:
    cut = graph.community_leiden("modularity", weights="weight", n_iterations=_ROUNDS)
    neatness = graph.modularity(cut.membership, weights="weight") if graph.ecount() else 0.0
    return np.array(cut.membership, dtype=np.int64), float(neatness)


def _at_random(alliance_graph: AllianceGraph, draw: int) -> Any:
    """Shuffle memberships at random: each actor and each alliance keeps its number of them."""
    pairs, weights = joined_pairs(alliance_graph.ends, _dealt(alliance_graph, draw))
    graph = new_graph(len(alliance_graph), pairs.tolist())
    graph.es["weight"] = weights.tolist()
    return graph


def _dealt(graph: AllianceGraph, draw: int) -> Whole:
    """Shuffle the members; repeat for actors placed twice in one alliance, until none is.

    Left there, it would make fewer pairs, and networks drawn would look neater than they are.
    """
    random = np.random.default_rng([SEED, draw])
    shuffled = random.permutation(graph.actors)
    for _ in range(_REPAIRS):
        order = np.lexsort((shuffled, graph.ends))
        same = (np.diff(graph.ends[order]) == 0) & (np.diff(shuffled[order]) == 0)
        twice = order[1:][same]
        if not len(twice):
            break
        others = random.choice(len(shuffled), len(twice), replace=False)
        reshuffled = np.union1d(twice, others)
        shuffled[reshuffled] = shuffled[random.permutation(reshuffled)]
    return shuffled


def _in_order(members: Whole) -> Whole:
    """Renumber groups by size, then by the first of their actors."""
    first = {int(group): int(np.argmax(members == group)) for group in np.unique(members)}
    sizes = np.bincount(members)
    order = sorted(first, key=lambda group: (-int(sizes[group]), first[group]))
    numbers = np.empty(int(members.max()) + 1, dtype=np.int64)
    numbers[order] = np.arange(len(order))
    return np.asarray(numbers[members], dtype=np.int64)
