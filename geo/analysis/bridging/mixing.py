"""Whether alliances cross profiles more or less than chance would have them.

A permutation test: the profiles that are stated are dealt again among the actors that have one,
the alliances staying as they are. Source: Good, « Permutation, Parametric and Bootstrap Tests of
Hypotheses » (2005); the observed value counts among the draws, so that no p is zero.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.analysis.bridging.graph import SEED, AllianceGraph
from geo.directory.store.lookup import named
from geo.vocabulary import UNSTATED

DRAWS: Final = 999
SELDOM: Final = 0.05
_ROUNDING: Final = 1e-9


@dataclass(frozen=True)
class Mixing:
    """Alliances that join different profiles, against chance.

    ``counted``: alliances with at least two members whose profile is stated; ``mixed``: those
    that join two profiles or more; ``expected``: the mean of the draws, from 0 to 1; ``chance``:
    how probable a difference at least as large is by chance, in either direction; ``stated``:
    actors whose profile counts; ``profiles``: how many different ones they have.
    """

    counted: int
    mixed: int
    expected: float
    chance: float
    stated: int
    profiles: int
    draws: int = DRAWS

    @property
    def share(self) -> float:
        """Return the share observed, from 0 to 1; 0 without an alliance."""
        return self.mixed / self.counted if self.counted else 0.0

    @property
    def seldom(self) -> bool:
        """Return whether chance alone would seldom differ as much."""
        return self.chance <= SELDOM


def mixing(graph: AllianceGraph, profiles: pd.Series, draws: int = DRAWS) -> Mixing:
    """Compare the alliances of a graph with as many draws of the profiles of its actors."""
    known = named(profiles, graph.ids)
    actor_profiles = np.array([known.get(one, "") for one in graph.ids], dtype=object)
    stated = np.array([profile not in {"", UNSTATED} for profile in actor_profiles], dtype=bool)
    codes = np.unique(actor_profiles[stated].astype(str), return_inverse=True)[1]
    place = np.cumsum(stated) - 1
    has_profile = stated[graph.actors] if len(graph) else np.empty(0, dtype=bool)
    ends, members = graph.ends[has_profile], place[graph.actors[has_profile]]
    sizes = np.bincount(ends, minlength=len(graph.alliance_ids))
    has_several = sizes[ends] > 1
    ends, members = ends[has_several], members[has_several]
    counted = int((sizes > 1).sum())
    kinds = int(codes.max()) + 1 if len(codes) else 0
    if not counted:
        return Mixing(0, 0, 0.0, 1.0, len(codes), kinds, draws)
    starts = np.flatnonzero(np.r_[True, ends[1:] != ends[:-1]])
    shuffled = np.random.default_rng(SEED).permuted(np.tile(codes, (draws, 1)), axis=1)
    assignments = np.vstack([codes, shuffled])[:, members]
    is_mixed = np.maximum.reduceat(assignments, starts, axis=1) != np.minimum.reduceat(
        assignments, starts, axis=1
    )
    shares = is_mixed.mean(axis=1)
    expected = float(shares[1:].mean())
    is_extreme = np.abs(shares - expected) >= abs(shares[0] - expected) - _ROUNDING
    chance = float(is_extreme.mean())
    return Mixing(counted, int(is_mixed[0].sum()), expected, chance, len(codes), kinds, draws)
