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


def mixing(found: AllianceGraph, profiles: pd.Series, draws: int = DRAWS) -> Mixing:
    """Compare the alliances of a graph with as many draws of the profiles of its actors."""
    told = profiles.reindex(list(found.ids)).fillna("").to_numpy(dtype=object)
    stated = np.array([one not in {"", UNSTATED} for one in told], dtype=bool)
    codes = np.unique(told[stated].astype(str), return_inverse=True)[1]
    place = np.cumsum(stated) - 1
    kept = stated[found.actors] if len(found) else np.empty(0, dtype=bool)
    ends, members = found.ends[kept], place[found.actors[kept]]
    sizes = np.bincount(ends, minlength=len(found.alliance_ids))
    several = sizes[ends] > 1
    ends, members = ends[several], members[several]
    counted = int((sizes > 1).sum())
    kinds = int(codes.max()) + 1 if len(codes) else 0
    if not counted:
        return Mixing(0, 0, 0.0, 1.0, len(codes), kinds, draws)
    starts = np.flatnonzero(np.r_[True, ends[1:] != ends[:-1]])
    dealt = np.random.default_rng(SEED).permuted(np.tile(codes, (draws, 1)), axis=1)
    every = np.vstack([codes, dealt])[:, members]
    differ = np.maximum.reduceat(every, starts, axis=1) != np.minimum.reduceat(
        every, starts, axis=1
    )
    shares = differ.mean(axis=1)
    expected = float(shares[1:].mean())
    far = np.abs(shares - expected) >= abs(shares[0] - expected) - _ROUNDING
    chance = float(far.mean())
    return Mixing(counted, int(differ[0].sum()), expected, chance, len(codes), kinds, draws)
