"""Names of places in a drawing: the largest first, none over another, a mark or an edge.

As the live map writes them (``web/scripts/basemap.js``): a dot where the place is, its name beside,
above or below, larger for a larger town, more of them as the view comes closer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np

from geo.output.maps.names import Town, towns_in
from geo.output.svg_maps.view import Box, View

_SIZES: Final = (1.17, 1.08, 1.04, 1.0, 0.96, 0.92)  # by tier, in the size of the words
_HEAVY: Final = 3  # the last tier in bold
_HEIGHT: Final = 1.25
_NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)
_DOT: Final = 0.17
# Where a name may stand: how it is anchored, sideways and down in its size; beside a mark, further.
_SPOTS: Final = (("", 0.5, 0.0), ("middle", 0.0, 1.1), ("middle", 0.0, -1.1), ("end", -0.5, 0.0))
_FURTHER: Final = (
    ("middle", 0.0, 2.3),
    ("end", -1.7, 0.0),
    ("", 2.3, 0.0),
    ("middle", 0.0, -2.8),
)


@dataclass(frozen=True)
class Lettering:
    """How names are written: their size, in units of the drawing; the width of a letter, in it."""

    size: float
    letter: float


def names(view: View, taken: Sequence[Box], most: int, words: Lettering) -> str:
    """Name the first towns of a view, those that find room.

    Parameters
    ----------
    taken
        Where no name may stand.
    most
        How many are written.
    """
    zoom = view.zoom(words.size)
    least = 2 if zoom < 6 else 3 if zoom < 8 else 4 if zoom < 9.5 else 5  # noqa: PLR2004
    gap = words.size * (0.8 if zoom < 10.5 else 0.5)  # noqa: PLR2004
    written: list[Box] = []
    by_tier: dict[int, list[str]] = {}
    towns = [one for one in towns_in(view.bounds(), 40 * most) if one.tier <= least]
    spots = view.xy(np.array([(one.longitude, one.latitude) for one in towns]).reshape(-1, 2))
    left = most
    for town, (x, y) in zip(towns, spots.tolist(), strict=True):
        point = wider((x, y, x, y), _DOT * words.size)
        name, box = _placed(town, point, view, (taken, written), words)
        if name:
            written += [wider(box, gap), point]
            by_tier.setdefault(town.tier, []).append(name)
            left -= 1
        if not left:
            break
    return "".join(
        f'<g class="ville" font-size="{_SIZES[tier] * words.size:.1f}"'
        f' font-weight="{600 if tier <= _HEAVY else 400}">{"".join(found)}</g>'
        for tier, found in sorted(by_tier.items())
    )


def _placed(
    town: Town, point: Box, view: View, full: tuple[Sequence[Box], Sequence[Box]], words: Lettering
) -> tuple[str, Box]:
    """Write a name where it is free, and give the box that it fills; nothing where none is.

    ``full``: what is drawn already, then the names already written.
    """
    taken, written = full
    if any(meet(one, point) for one in written):
        return "", _NOWHERE
    x, y, dot = (point[0] + point[2]) / 2, (point[1] + point[3]) / 2, _DOT * words.size
    hidden = any(meet(one, point) for one in taken)
    sized = Lettering(_SIZES[town.tier] * words.size, words.letter)
    for anchor, dx, dy, box in _boxes(town.name, (x, y), sized, _FURTHER if hidden else _SPOTS):
        inside = box[0] > 0 and box[1] > 0 and box[2] < view.width and box[3] < view.height
        if inside and not any(meet(one, box) for one in (*taken, *written)):
            how = f' text-anchor="{anchor}"' if anchor else ""
            dot_svg = "" if hidden else f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{dot:.1f}"/>'
            at = f'x="{x + dx:.0f}" y="{y + dy + 0.35 * sized.size:.0f}"'
            return f"{dot_svg}<text {at}{how}>{escape(town.name)}</text>", box
    return "", _NOWHERE


def wider(box: Box, by: float) -> Box:
    """Return a box with so much more on each side."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _boxes(
    name: str, at: tuple[float, float], words: Lettering, spots: Sequence[tuple[str, float, float]]
) -> Iterator[tuple[str, float, float, Box]]:
    """Give each way to write a name: its anchor, how far from its point, the box it fills."""
    size = words.size
    wide, tall = words.letter * len(name) * size, _HEIGHT * size
    for anchor, right, down in spots:
        dx, dy = right * size, down * size
        west = at[0] + dx - {"": 0.0, "middle": wide / 2, "end": wide}[anchor]
        north = at[1] + dy - tall / 2
        yield anchor, dx, dy, (west, north, west + wide, north + tall)


def meet(one: Box, two: Box) -> bool:
    """Return whether two boxes overlap."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
