"""Choose k columns of ``Gains``: greedy, then swaps, with an upper bound that says how good.

Small tables are solved whole by HiGHS (``scipy.optimize.milp``). Larger ones: the Lagrangian of
Cornuéjols, Fisher and Nemhauser (1977) bounds the optimum from above, its prices sought along
deflected subgradients (Camerini, Fratta and Maffioli, 1975), and so does what the k largest
additions would bring at most (Minoux, 1978); the lesser of both is the bound. What the prices
choose on the way is improved by swaps: often better than what greedy begins with.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.analysis.bulk import Indices
from geo.analysis.siting.gains import Gains
from geo.crs import Floats
from geo.errors import AtlasError

EXACT_ENTRIES: Final = 20_000
"""Entries of a table under which the exact optimum takes no time worth saving."""
_FIRST: Final = 0.5  # of what each row gains in the first answer
_ROUNDS: Final = 400
_FEWEST: Final = 60
_WORK: Final = 300_000_000  # entries read in all: a large table is given fewer rounds
_PATIENCE: Final = 12
_KEEP: Final = 0.9  # of the last direction: without it the steps zigzag, and the bound stays at 1 %
_LOOK: Final = 5
_IMPROVE, _FROM = 100, 50  # rounds between two answers improved by swaps, and the first
_STOP: Final = 4e-3
_TINY: Final = 1e-9
_HALF: Final = 0.5


@dataclass(frozen=True)
class Solution:
    """Columns chosen, the most useful first, what they bring together, and a proven ceiling.

    ``steps``: what each adds to those before it; ``bound``: no choice of as many brings more.
    """

    chosen: tuple[int, ...]
    steps: tuple[float, ...]
    total: float
    bound: float

    @property
    def gap(self) -> float:
        """Return how far from the ceiling, at most, as a share of it: 0 is proven best."""
        return max(0.0, 1 - self.total / self.bound) if self.bound > 0 else 0.0


def solve(gains: Gains, k: int) -> Solution:
    """Choose at most k columns; fewer where no other brings anything."""
    start = greedy(gains, k)
    if not start.size:
        return Solution((), (), 0.0, 0.0)
    if gains.rows.size <= EXACT_ENTRIES:
        best = exact(gains, k)
        return _ordered(gains, best, gains.total(best))
    best = swapped(gains, start)
    bound, found = lagrangian(gains, k, best)
    if gains.total(found) > gains.total(best):
        best = found
    return _ordered(gains, best, min(bound, submodular_bound(gains, best, k)))


def greedy(gains: Gains, k: int) -> Indices:
    """Take one column after the other, each time the one that adds most (first of equals)."""
    best_gains = np.zeros(gains.weights.size)
    chosen: list[int] = []
    for _ in range(min(k, gains.count)):
        added = _additions(gains, best_gains)
        added[chosen] = -1.0
        index = int(np.argmax(added))
        if added[index] <= _TINY:
            break
        chosen.append(index)
        rows, values = gains.column(index)
        best_gains[rows] = np.maximum(best_gains[rows], values)
    return np.array(chosen, dtype=np.intp)


def _additions(gains: Gains, best_gains: Floats) -> Floats:
    """Return what each column would add to the best gains already reached."""
    additions = best_gains[gains.rows]
    np.subtract(gains.values, additions, out=additions)
    np.maximum(additions, 0, out=additions)
    additions *= gains.weights[gains.rows]
    return gains.by_column(additions)


def submodular_bound(gains: Gains, chosen: Indices, k: int) -> float:
    """Bound the optimum by the total reached and the k largest additions (Minoux, 1978)."""
    best_gains = gains.best(chosen)
    added = np.sort(_additions(gains, best_gains))[::-1]
    return float(gains.weights @ best_gains + added[:k].sum())


def swapped(gains: Gains, chosen: Indices) -> Indices:
    """Replace one column by a better one while that helps: no single swap improves the answer."""
    best, total = chosen.copy(), gains.total(chosen)
    improved = True
    while improved:
        improved = False
        for place in range(best.size):
            others = np.delete(best, place)
            best_gains = gains.best(others)
            added = _additions(gains, best_gains)
            added[others] = -1.0
            index = int(np.argmax(added))
            after = float(gains.weights @ best_gains) + added[index]
            if after > total * (1 + _TINY) + _TINY:
                best[place], total, improved = index, after, True
    return best


def lagrangian(gains: Gains, k: int, start: Indices) -> tuple[float, Indices]:
    """Bound the optimum from above by prices on « each row is served once » (subgradient).

    Returns
    -------
    The least bound found, and the best choice met on the way.
    """
    k = min(k, gains.count)
    search = _Prices(gains, k, start)
    for number in range(max(_FEWEST, min(_ROUNDS, _WORK // gains.rows.size))):
        improve = number % _IMPROVE == _FROM
        if search.step(look=number % _LOOK == 0 or improve, improve=improve):
            break
    return search.bound, search.best


class _Prices:
    """One search for the prices of rows that give the least bound."""

    def __init__(self, gains: Gains, k: int, start: Indices) -> None:
        self.gains, self.k, self.best, self.total = gains, k, start, gains.total(start)
        self.weighted = gains.values * gains.weights[gains.rows]
        self.covering = bool((gains.values == 1).all())
        self.over = np.empty_like(self.weighted)  # one room for all rounds: no new memory
        self.prices = gains.weights * gains.best(start) * _FIRST
        self.direction = np.zeros_like(self.prices)
        self.bound, self.scale, self.waited = np.inf, 1.0, 0

    def step(self, *, look: bool, improve: bool) -> bool:
        """Run one step; return whether the search can stop."""
        gains, prices = self.gains, self.prices
        self._go_over(prices)
        worth = gains.by_column(self.over)
        columns = np.argpartition(worth, -self.k)[-self.k :]
        bound = float(prices.sum() + worth[columns].sum())
        self._note(bound)
        if look:
            self._look(swapped(gains, columns) if improve else columns)
        served = np.zeros(prices.size)
        for index in columns:
            part = gains.part(int(index))
            served[gains.rows[part][self.over[part] > 0]] += 1  # a column has a row once
        slope = np.where((prices > 0) | (served > 1), 1.0 - served, 0.0) + _KEEP * self.direction
        slope[(prices <= 0) & (slope > 0)] = 0.0  # no price goes under 0
        length = float(slope @ slope)
        if self.bound - self.total <= _STOP * self.bound or length == 0:
            return True
        self.prices = np.maximum(prices - self.scale * (bound - self.total) / length * slope, 0)
        self.direction = slope
        return False

    def _look(self, chosen: Indices) -> None:
        if (found := self.gains.total(chosen)) > self.total:
            self.best, self.total = chosen, found

    def _go_over(self, prices: Floats) -> None:
        """Write what each entry brings over the price of its row."""
        rows, over = self.gains.rows, self.over
        if self.covering:  # all the entries of a row bring the same: a row is worth one question
            np.take(np.maximum(self.gains.weights - prices, 0), rows, out=over, mode="clip")
            return
        np.take(prices, rows, out=over, mode="clip")  # no row is out of bounds: no copy is made
        np.subtract(self.weighted, over, out=over)
        np.maximum(over, 0, out=over)

    def _note(self, bound: float) -> None:
        if bound < self.bound * (1 - _TINY):
            self.bound, self.waited = bound, 0
            return
        self.waited += 1
        if self.waited >= _PATIENCE:
            self.scale, self.waited = self.scale / 2, 0


def exact(gains: Gains, k: int) -> Indices:
    """Find the exact optimum of a small table with HiGHS.

    One variable a column (open or not) and one an entry (this row is served by that column).

    Raises
    ------
    AtlasError
        HiGHS gives no answer, which no table of this form should meet.
    """
    from scipy import sparse  # noqa: PLC0415 - start-up need not pay for it
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    entries, count = gains.rows.size, gains.count
    ones, at = np.ones(entries), np.arange(entries)
    worth = np.concatenate([np.zeros(count), -gains.values * gains.weights[gains.rows]])
    once = sparse.csr_array((ones, (gains.rows, count + at)), (gains.weights.size, count + entries))
    served = sparse.csr_array((ones, (at, count + at)), (entries, count + entries))
    columns = np.repeat(np.arange(count), np.diff(gains.starts))
    opened = sparse.csr_array((ones, (at, columns)), (entries, count + entries))
    few = sparse.csr_array(np.concatenate([np.ones(count), np.zeros(entries)])[None, :])
    rules = [
        LinearConstraint(once, ub=1),
        LinearConstraint(served - opened, ub=0),
        LinearConstraint(few, ub=k),
    ]
    whole = np.concatenate([np.ones(count), np.zeros(entries)])
    found = milp(
        worth,
        integrality=whole,
        bounds=Bounds(0, 1),
        constraints=rules,
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise AtlasError(
            "Le choix exact des lieux n’a pas abouti : réduisez le nombre de candidats."
        )
    return np.flatnonzero(found.x[:count] > _HALF)


def _ordered(gains: Gains, chosen: Indices, bound: float) -> Solution:
    """Order the places: first the one that adds most, then the one that adds most to it."""
    best_gains, remaining = np.zeros(gains.weights.size), [int(index) for index in chosen]
    order: list[int] = []
    steps: list[float] = []
    while remaining:
        added = [_worth(gains, index, best_gains) for index in remaining]
        index = int(np.argmax(added))
        if added[index] <= _TINY:
            break
        steps.append(added[index])
        order.append(remaining.pop(index))
        rows, values = gains.column(order[-1])
        best_gains[rows] = np.maximum(best_gains[rows], values)
    total = float(gains.weights @ best_gains)
    return Solution(tuple(order), tuple(steps), total, max(bound, total))


def _worth(gains: Gains, index: int, best_gains: Floats) -> float:
    rows, values = gains.column(index)
    return float(gains.weights[rows] @ np.maximum(values - best_gains[rows], 0))
