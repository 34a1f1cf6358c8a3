"""Keep numbered marks apart on a small map: each goes to the nearest free place."""

import math
from collections.abc import Iterator, Sequence
from typing import Final

Spot = tuple[float, float]
_TURN: Final = math.pi * (3 - math.sqrt(5))  # the golden angle: a spiral without gaps
_TRIES: Final = 4000


def spread(spots: Sequence[Spot], apart: float, width: float, height: float) -> list[Spot]:
    """Place marks in order, at least ``apart`` from each other, inside the frame.

    One that finds no free place stays where it is.
    """
    placed: list[Spot] = []
    for spot in spots:
        placed.append(_free(spot, placed, apart, (width, height)))
    return placed


def _free(spot: Spot, placed: Sequence[Spot], apart: float, frame: Spot) -> Spot:
    edge = apart / 2
    for x, y in _spiral(spot, apart / 6):
        inside = edge <= x <= frame[0] - edge and edge <= y <= frame[1] - edge
        if inside and all(math.hypot(x - a, y - b) >= apart for a, b in placed):
            return x, y
    return spot


def _spiral(spot: Spot, step: float) -> Iterator[Spot]:
    for turn in range(_TRIES):
        far = step * math.sqrt(turn)
        yield spot[0] + far * math.cos(turn * _TURN), spot[1] + far * math.sin(turn * _TURN)
