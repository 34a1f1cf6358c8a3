"""The order of an answer: by distance, or among near equals the record that says most first."""

import heapq
from typing import Final

import pandas as pd

EQUAL_M: Final = 2_000.0
"""Catalysts whose distances differ by less than this are as near as each other."""


def described_first(ranked: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return the first few, those that say more of themselves ahead among near equals.

    At each rank stands, of all that are less than ``EQUAL_M`` farther than the nearest one left,
    the one with most useful fields filled; then the nearest; then the first of the file. So a
    catalyst stands before a nearer one only if it says more, and is less than ``EQUAL_M`` farther.

    Parameters
    ----------
    ranked
        By ``distance_m``, the nearest first, with ``filled``.
    """
    metres, filled = ranked["distance_m"].to_list(), ranked["filled"].to_list()
    waiting: list[tuple[int, int]] = []
    order: list[int] = []
    nearest_left = entered = 0
    is_placed = [False] * len(metres)
    while len(order) < min(count, len(metres)):
        while is_placed[nearest_left]:
            nearest_left += 1
        while entered < len(metres) and metres[entered] < metres[nearest_left] + EQUAL_M:
            heapq.heappush(waiting, (-filled[entered], entered))
            entered += 1
        _, place = heapq.heappop(waiting)
        is_placed[place] = True
        order.append(place)
    return ranked.iloc[order]
