"""On which side of its sign each name of a graph stands: clear of the signs and of other names.

What a browser draws differs by a few pixels: ECharts hides the names that still meet, and shows
them as one comes nearer.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Box = tuple[float, float, float, float]
"""West, north, east, south, in pixels."""
SIDES: Final = ("bottom", "right", "left", "top")
_GAP: Final = 5
"""Between a sign and its name: ECharts' own."""
_NARROW, _USUAL, _CAPITAL, _WIDE = 0.28, 0.51, 0.6, 0.84
"""Width of a letter beside its height, in the font of the pages."""
_SLACK: Final = 1.12
"""A line a little longer than it looks would break."""
_OUT: Final = 10.0
"""What is cut by the edge of the drawing is worse than what meets something."""


@dataclass(frozen=True)
class Frame:
    """The room of a drawing and the text of its names, in pixels."""

    width: float
    height: float
    margins: Mapping[str, float]
    text: Mapping[str, float]

    @property
    def room(self) -> tuple[float, float]:
        """Return the width and the height inside the margins."""
        return (
            self.width - self.margins["left"] - self.margins["right"],
            self.height - self.margins["top"] - self.margins["bottom"],
        )

    def fitted(self, spots: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """Place points as ECharts does: as large as the room inside the margins, in its middle."""
        xs, ys = zip(*spots, strict=True)
        room = self.room
        long = (max(xs) - min(xs) or 1, max(ys) - min(ys) or 1)
        scale = min(room[0] / long[0], room[1] / long[1])
        west = self.margins["left"] + (room[0] - scale * long[0]) / 2
        north = self.margins["top"] + (room[1] - scale * long[1]) / 2
        return [(west + scale * (x - min(xs)), north + scale * (y - min(ys))) for x, y in spots]

    def size_of(self, name: str) -> tuple[float, float]:
        """Estimate the room that a name takes, on as many lines as it needs."""
        widths = [_SLACK * self.text["fontSize"] * sum(map(_letter, word)) for word in name.split()]
        space = self.text["fontSize"] * _NARROW
        lines = [0.0]
        for width in widths:
            if lines[-1] and lines[-1] + space + width > self.text["width"]:
                lines.append(width)
            else:
                lines[-1] += width + (space if lines[-1] else 0)
        widest = min(math.ceil(max(lines)), self.text["width"])
        return widest, len(lines) * self.text["lineHeight"]


def _letter(one: str) -> float:
    if one in "ijlftrI.,'’()-:! ":
        return _NARROW
    if one in "mwMW%&@–":
        return _WIDE
    return _CAPITAL if one.isupper() else _USUAL


@dataclass(frozen=True)
class Name:
    """Where the name of a sign stands beside it, how wide it is in pixels, whether it is free."""

    side: str
    width: float
    is_free: bool = True


def name_places(
    spots: Sequence[tuple[float, float]],
    sizes: Sequence[float],
    names: Sequence[str],
    frame: Frame,
    last: Collection[int] = (),
) -> list[Name]:
    """Choose a side of ``SIDES`` for each name, the largest signs first.

    Parameters
    ----------
    spots
        Where each sign stands, in any unit; y goes down.
    sizes
        The side of each sign, in pixels.
    last
        Positions of those that choose after all the others.
    """
    if not spots:
        return []
    at = frame.fitted(spots)
    signs = [_around(x, y, size) for (x, y), size in zip(at, sizes, strict=True)]
    rooms = [frame.size_of(name) for name in names]
    chosen = [Name(SIDES[0], width) for width, _ in rooms]
    written: list[Box] = []
    for one in sorted(range(len(names)), key=lambda one: (one in last, -sizes[one])):
        others = signs[:one] + signs[one + 1 :]
        boxes = dict(_beside(signs[one], *rooms[one]))
        costs = {side: _cost(boxes[side], others + written, frame) for side in SIDES}
        side = min(SIDES, key=costs.__getitem__)
        chosen[one] = Name(side, rooms[one][0], not costs[side])
        if not costs[side]:  # one that meets a sign is hidden, and hinders no other
            written.append(boxes[side])
    return chosen


def _around(x: float, y: float, size: float) -> Box:
    return (x - size / 2, y - size / 2, x + size / 2, y + size / 2)


def _beside(sign: Box, width: float, height: float) -> Iterator[tuple[str, Box]]:
    west, north, east, south = sign
    x, y = (west + east - width) / 2, (north + south - height) / 2
    yield "bottom", (x, south + _GAP, x + width, south + _GAP + height)
    yield "right", (east + _GAP, y, east + _GAP + width, y + height)
    yield "left", (west - _GAP - width, y, west - _GAP, y + height)
    yield "top", (x, north - _GAP - height, x + width, north - _GAP)


def _cost(box: Box, others: Sequence[Box], frame: Frame) -> float:
    inside = _shared(box, (0, 0, frame.width, frame.height))
    whole = (box[2] - box[0]) * (box[3] - box[1])
    return sum(_shared(box, other) for other in others) + _OUT * (whole - inside)


def _shared(one: Box, other: Box) -> float:
    """Return the area that two boxes share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0
