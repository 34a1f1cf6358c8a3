"""Marks too many to be drawn each, as SVG: rings that say how many of what, as the live map's."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np

from geo.french import number
from geo.output.maps.groups import MANY, Floats, Groups, Ints, grouped
from geo.palette import colour
from geo.vocabulary import Mark

_SIDE: Final = 2.0  # of the squares whose marks stand together, in the size of a mark
_LEAST, _MOST, _GROWTH = 34 / 32, 50 / 32, 0.05  # of a ring, in the size of a mark
_THICK: Final = 0.1  # in the size of a ring
_GAP: Final = 0.03  # of a ring, between two kinds
_TEXT: Final = 0.3  # in the size of a ring
_LONG: Final = 10_000  # numbers from which a ring has no room for every digit


def is_crowd(spots: Floats) -> bool:
    """Return whether marks are too many to be drawn each."""
    return len(spots) > MANY


def occupied(spots: Floats, size: float) -> Floats:
    """Return where marks of a size stand once drawn, many of them in groups."""
    if not is_crowd(spots):
        return spots
    found = _groups(spots, np.zeros(len(spots), dtype=np.intp), size, 1)
    return np.concatenate([np.column_stack([found.x, found.y]), spots[found.alone]])


def rings(
    spots: Floats,
    kinds: Iterable[str],
    marks: Mapping[str, Mark],
    size: float,
    alone: Callable[[Ints], str],
) -> str:
    """Draw groups of marks, the largest above the others, and those that stand alone.

    Parameters
    ----------
    kinds
        The name of the mark at each spot, one of ``marks``.
    size
        Of a mark, in units.
    alone
        Draws the marks at some spots.
    """
    place = {name: index for index, name in enumerate(marks)}
    numbers = np.array([place[kind] for kind in kinds], dtype=np.intp)
    found = _groups(spots, numbers, size, len(marks))
    fills = [mark.fill for mark in marks.values()]
    parts = [
        _ring((x, y), [*zip(fills, counts, strict=True)], size)
        for x, y, counts in zip(
            found.x.tolist(), found.y.tolist(), found.counts.tolist(), strict=True
        )
    ]
    return alone(found.alone) + "".join(reversed(parts))


def _groups(spots: Floats, kinds: Ints, size: float, quantity: int) -> Groups:
    return grouped(spots[:, 0], spots[:, 1], kinds, _SIDE * size, quantity)


def _ring(at: tuple[float, float], kinds: list[tuple[str, int]], size: float) -> str:
    """Draw one group: a disc, a ring cut in parts as long as their counts, the whole count."""
    (x, y), count = at, sum(quantity for _, quantity in kinds)
    wide = size * min(_LEAST + _GROWTH * count**0.5, _MOST)
    radius, thick, text = wide * (1 - _THICK) / 2, wide * _THICK, wide * _TEXT
    counts = sorted((kind for kind in kinds if kind[1]), key=lambda one: -one[1])
    gap, start, parts = (_GAP if len(counts) > 1 else 0.0) * count, 0.0, []
    for fill, quantity in counts:
        parts.append(
            f'<circle r="{radius:.1f}" pathLength="{count}" stroke="{fill}"'
            f' stroke-dasharray="{max(quantity - gap, gap):.4g} {count}"'
            f' stroke-dashoffset="{-start:.6g}"/>'
        )
        start += quantity
    return (
        f'<g class="amas" transform="translate({x:.0f} {y:.0f})">'
        f'<circle r="{wide / 2:.1f}" fill="{colour("card")}"/>'
        f'<g transform="rotate(-90)" fill="none" stroke-width="{thick:.1f}">{"".join(parts)}</g>'
        f'<text y="{0.35 * text:.1f}" fill="{colour("ink")}" font-family="sans-serif"'
        f' font-size="{text:.1f}" font-weight="700" text-anchor="middle">{_short(count)}</text></g>'
    )


def _short(count: int) -> str:
    return number(count) if count < _LONG else f"{count / 1000:.3g}".replace(".", ",") + " k"
