"""Marks that would hide each other, as SVG: rings that say how many of what, as the live map's."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import pi
from typing import Final

import numpy as np

from geo.french import number
from geo.output.maps.groups import MANY, Floats, Ints, grouped
from geo.output.svg_maps.view import Box
from geo.palette import colour
from geo.vocabulary import Mark

_SIDE: Final = 2.0  # of the squares whose marks stand together, in the size of a mark
_FEW_SIDE: Final = 34 / 32  # the same where marks are few: only those that hide each other
_LEAST, _MOST, _GROWTH = 34 / 32, 50 / 32, 0.05  # of a ring, in the size of a mark
_HIDING: Final = 20 / 32  # in the size of a mark: nearer, one would cover another
_FREE: Final = 0.12  # in the same, between what is drawn
_LEAST_RING, _BY_MARK = 24 / 32, 7.6 / 32  # of a ring of marks set apart, in the same
_THICK: Final = 0.1  # in the size of a ring
_GAP: Final = 0.03  # of a ring, between two kinds
_TEXT: Final = 0.3  # in the size of a ring
_LONG: Final = 10_000  # numbers from which a ring has no room for every digit


def boxes(spots: Floats, size: float, *, ranked: bool = False) -> list[Box]:
    """Return what marks of a size fill once drawn, in groups unless they are ranked."""
    half, rank = size / 2, 0.7 * size if ranked else size / 2
    if ranked:
        return [(x - half, y - rank, x + rank, y + half) for x, y in spots.tolist()]
    found = _groups(spots, np.zeros(len(spots), dtype=np.intp), size, 1)
    wide = _wide(found.sizes, size) / 2
    placed = zip(found.middles.tolist(), wide.tolist(), strict=True)
    alone = (((x, y), half) for x, y in spots[found.alone].tolist())
    return [(x - by, y - by, x + by, y + by) for (x, y), by in (*placed, *alone)]


def apart(spots: Floats, size: float) -> Floats:
    """Move marks that would hide each other to a ring around where they are.

    As the live map does (``spread`` in ``web/scripts/points.js``).
    """
    rings: list[list[int]] = []
    for index, spot in enumerate(spots):
        near = (ring for ring in rings if np.hypot(*(spots[ring[0]] - spot)) < _HIDING * size)
        ring = next(near, None)
        rings.append([index]) if ring is None else ring.append(index)
    moved = spots.copy()
    for ring in rings:
        if (quantity := len(ring)) > 1:
            turn = 2 * pi * np.arange(1, quantity + 1) / quantity + pi / 2
            radius = max(_LEAST_RING, quantity * _BY_MARK) * size
            middle = spots[ring].mean(axis=0)
            moved[ring] = middle - radius * np.column_stack([np.cos(turn), np.sin(turn)])
    return moved


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
        for (x, y), counts in zip(found.middles.tolist(), found.counts.tolist(), strict=True)
    ]
    return alone(found.alone) + "".join(reversed(parts))


@dataclass(frozen=True)
class _Drawn:
    """What is drawn of some marks: rings, the largest first, and those that stand alone.

    ``middles``: x, y of each ring; ``counts``: one row a ring, how many of each kind; ``alone``:
    positions of the other marks.
    """

    middles: Floats
    counts: Ints
    alone: Ints

    @property
    def sizes(self) -> Ints:
        return np.asarray(self.counts.sum(axis=1))


def _groups(spots: Floats, kinds: Ints, size: float, quantity: int) -> _Drawn:
    side = (_SIDE if len(spots) > MANY else _FEW_SIDE) * size
    found = grouped(spots[:, 0], spots[:, 1], kinds, side, quantity)
    middles = np.vstack([np.column_stack([found.x, found.y]), spots[found.alone]])
    counts = np.vstack([found.counts, np.eye(quantity, dtype=np.intp)[kinds[found.alone]]])
    single = np.concatenate([np.full(len(found.x), -1), found.alone])
    while len(pairs := _touching(middles, counts.sum(axis=1), size)):
        one, two = pairs.T
        sizes = counts.sum(axis=1)[:, None]
        middles[one] = (middles * sizes)[pairs].sum(axis=1) / sizes[pairs].sum(axis=1)
        counts[one] += counts[two]
        single[one] = -1
        middles, counts, single = (np.delete(of, two, axis=0) for of in (middles, counts, single))
    rings = np.flatnonzero(single < 0)
    rings = rings[np.argsort(-counts[rings].sum(axis=1), kind="stable")]
    return _Drawn(middles[rings], counts[rings], np.sort(single[single >= 0]))


def _touching(middles: Floats, counts: Ints, size: float) -> Ints:
    """Pair those drawn that touch, each with the nearest to it if it is the nearest to that one."""
    if len(middles) < 2:  # noqa: PLR2004 - a pair
        return np.zeros((0, 2), dtype=np.intp)
    wide = np.where(counts > 1, _wide(counts, size), size)
    free = (wide[:, None] + wide) / 2 + _FREE * size
    away = np.hypot(*(middles[:, None] - middles).transpose(2, 0, 1)) - free
    np.fill_diagonal(away, np.inf)
    here, nearest = np.arange(len(middles)), away.argmin(axis=1)
    mutual = (nearest[nearest] == here) & (here < nearest) & (away[here, nearest] < 0)
    return np.asarray(np.column_stack([here, nearest])[mutual])


def _wide(counts: Ints, size: float) -> Floats:
    """Return the diameter of a ring of so many marks."""
    return np.asarray(size * np.minimum(_LEAST + _GROWTH * np.sqrt(counts), _MOST))


def _ring(at: tuple[float, float], kinds: list[tuple[str, int]], size: float) -> str:
    """Draw one group: a disc, a ring cut in parts as long as their counts, the whole count."""
    (x, y), count = at, sum(quantity for _, quantity in kinds)
    wide = float(_wide(np.array(count), size))
    radius, thick, text = wide * (1 - _THICK) / 2, wide * _THICK, wide * _TEXT
    counts = sorted((kind for kind in kinds if kind[1]), key=lambda one: -one[1])
    around, start, parts = 2 * pi * radius, 0.0, []
    gap = _GAP * around if len(counts) > 1 else 0.0
    for fill, quantity in counts:  # in true lengths: what reads an image knows no others
        long = quantity / count * around
        parts.append(
            f'<circle r="{radius:.1f}" stroke="{fill}"'
            f' stroke-dasharray="{max(long - gap, gap):.1f} {around:.1f}"'
            f' stroke-dashoffset="{-start:.1f}"/>'
        )
        start += long
    return (
        f'<g class="amas" transform="translate({x:.0f} {y:.0f})">'
        f'<circle r="{wide / 2:.1f}" fill="{colour("card")}"/>'
        f'<g transform="rotate(-90)" fill="none" stroke-width="{thick:.1f}">{"".join(parts)}</g>'
        f'<text y="{0.35 * text:.1f}" fill="{colour("ink")}"'
        f' font-size="{text:.1f}" font-weight="700" text-anchor="middle">{_short(count)}</text></g>'
    )


def _short(count: int) -> str:
    return number(count) if count < _LONG else f"{count / 1000:.3g}".replace(".", ",") + " k"
