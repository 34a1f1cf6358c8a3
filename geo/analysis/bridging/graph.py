"""Alliances as a graph: actors joined where at least one alliance names both.

igraph computes (compiled: exact measures of 500 actors in a few hundredths of a second). Its draws
come from one generator for the whole process: they are seeded, and made one at a time.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from random import Random
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.directory.store.lookup import known

Whole = npt.NDArray[np.int64]
SEED: Final = 17
"""Seed of every draw: the same alliances always give the same answers."""
_TURN: Final = Lock()


@contextmanager
def seeded() -> Iterator[None]:
    """Let igraph draw the same numbers every time, whatever other threads ask it."""
    import igraph  # noqa: PLC0415 - many a page may need a graph, few visits do

    with _TURN:
        igraph.set_random_number_generator(Random(SEED))  # noqa: S311 - no secret is drawn
        yield


def new_graph(count: int, edges: Sequence[Sequence[int]]) -> Any:
    """Return igraph's graph of so many nodes, joined as ``edges`` say by their numbers."""
    import igraph  # noqa: PLC0415 - many a page may need a graph, few visits do

    return igraph.Graph(n=count, edges=edges)


@dataclass(frozen=True, eq=False)
class AllianceGraph:
    """Actors that alliances join, numbered in the order of their ids.

    ``alliance_ids``: each alliance that joins two of them or more; ``ends``, ``actors``: which
    alliance names which actor, one entry each, by number, in the order of the alliances.
    """

    ids: tuple[str, ...]
    alliance_ids: tuple[str, ...]
    ends: Whole
    actors: Whole

    def __len__(self) -> int:
        """Count the actors."""
        return len(self.ids)

    @cached_property
    def pairs(self) -> tuple[Whole, Whole]:
        """Return the pairs joined, one row each, and how many alliances join each of them."""
        return joined_pairs(self.ends, self.actors)

    @cached_property
    def graph(self) -> Any:
        """Return the igraph graph of the actors, each edge with its number of alliances."""
        pairs, weights = self.pairs
        found = new_graph(len(self), pairs.tolist())
        found.es["weight"] = weights.tolist()
        return found

    @cached_property
    def meetings(self) -> Any:
        """Return the graph of actors, then alliances, each alliance joined to those it names."""
        edges = np.column_stack([self.actors, len(self) + self.ends])
        return new_graph(len(self) + len(self.alliance_ids), edges.tolist())

    @cached_property
    def alliance_counts(self) -> Whole:
        """Count the alliances of each actor."""
        return np.bincount(self.actors, minlength=len(self))


def alliance_graph(alliances: pd.DataFrame, actors: pd.DataFrame) -> AllianceGraph:
    """Join the members of each alliance, those that ``actors`` does not hold left out."""
    there = known(actors, (one for ids in alliances["member_ids"] for one in ids))
    members = {
        str(alliance): sorted({str(actor_id) for actor_id in ids if actor_id in there})
        for alliance, ids in alliances["member_ids"].sort_index().items()
    }
    members = {alliance: ids for alliance, ids in members.items() if len(ids) > 1}
    names = sorted(set().union(*members.values()))
    numbers = {actor_id: number for number, actor_id in enumerate(names)}
    sizes = [len(ids) for ids in members.values()]
    numbers_of_members = [numbers[actor_id] for ids in members.values() for actor_id in ids]
    ends = np.repeat(np.arange(len(sizes)), sizes)
    return AllianceGraph(
        tuple(names), tuple(members), ends, np.array(numbers_of_members, dtype=np.int64)
    )


def joined_pairs(ends: Whole, actors: Whole) -> tuple[Whole, Whole]:
    """Pair the actors of each alliance, each pair once; an actor named twice makes no pair.

    ``ends`` is sorted.

    Returns
    -------
    Pairs (n, 2), the lesser number first, in order; how many alliances join each of them.
    """
    order = np.lexsort((actors, ends))
    ends, actors = ends[order], actors[order]
    found = []
    # The k-th member after each: as many passes as the largest alliance has members, less one.
    for step in range(1, len(ends)):
        same = ends[:-step] == ends[step:]
        if not same.any():
            break
        found.append(np.column_stack([actors[:-step][same], actors[step:][same]]))
    every = np.concatenate(found) if found else np.empty((0, 2), dtype=np.int64)
    every = every[every[:, 0] != every[:, 1]]
    pairs, counts = np.unique(every, axis=0, return_counts=True)
    return pairs.reshape(-1, 2), counts
