"""Actors and their alliances drawn: the curves and the marks of the live map, as SVG."""

from collections import Counter
from typing import Final

import numpy as np
import pandas as pd

from geo.output.maps import symbols
from geo.output.maps.actors import mark_of
from geo.output.maps.actors import marks as profile_marks
from geo.output.maps.arcs import alliance_arcs, line_of
from geo.output.maps.groups import Ints
from geo.output.svg_maps import crowd
from geo.output.svg_maps.shapes import Spots
from geo.output.svg_maps.view import View
from geo.palette import colour

_BEND: Final = 0.16  # as web/scripts/alliances.js bends them
_HALO: Final = 3.0  # units around a line


def arcs(alliances: pd.DataFrame, actors: pd.DataFrame, view: View, scale: float = 1) -> str:
    """Draw the lines between the members of each alliance that have a point.

    ``scale``: how much thicker than on a screen.
    """
    layer = alliance_arcs(alliances, actors).layer
    occurrences: Counter[tuple[tuple[float, float], ...]] = Counter()
    paths = []
    for index, *ends in layer["arcs"]:
        (south, west), (north, east) = ends[:2], ends[2:]
        pair = tuple(sorted([(west, south), (east, north)]))
        path = _curve(np.array(pair), occurrences[pair], view)
        occurrences[pair] += 1
        style = layer["alliances"][index]
        dashes = " ".join(f"{float(one) * scale:g}" for one in style["dashes"].split())
        dashes = f' stroke-dasharray="{dashes}"' if dashes else ""
        width = style["width"] * scale
        paths.append(
            f'<path d="{path}" stroke="{colour("card")}" stroke-width="{width + _HALO * scale:g}"'
            f' stroke-opacity="0.75"/>'
            f'<path d="{path}" stroke="{style["colour"]}" stroke-width="{width:g}"{dashes}/>'
        )
    return f'<g fill="none">{"".join(paths)}</g>'


def sample(kind: str, long: float, scale: float) -> str:
    """Draw a line of a kind of alliance, for a legend.

    ``long``: in units; ``scale``: how much thicker than on a screen.
    """
    line = line_of(kind)
    dashes = " ".join(f"{dash * scale:g}" for dash in line.dashes)
    return (
        f'<path d="M0 {0.45 * long:.0f}h{long:.0f}" fill="none" stroke="{line.colour}"'
        f' stroke-width="{line.width * scale:.1f}" stroke-dasharray="{dashes}"/>'
    )


def in_view(placed: pd.DataFrame, view: View) -> pd.DataFrame:
    """Keep the rows whose point is in a view."""
    west, south, east, north = view.bounds()
    across = placed["longitude"].between(west, east)
    return placed[across & placed["latitude"].between(south, north)]


def _curve(pair: np.ndarray, nth: int, view: View) -> str:
    """Bend a line; the second between two places bends the other way, the third further."""
    (ax, ay), (bx, by) = view.xy(pair).tolist()
    bend = _BEND * (1 + nth // 2) * (-1 if nth % 2 else 1)
    x, y = (ax + bx) / 2 + (by - ay) * bend, (ay + by) / 2 - (bx - ax) * bend
    return f"M{ax:.0f} {ay:.0f}Q{x:.0f} {y:.0f} {bx:.0f} {by:.0f}"


def marks(actors: pd.DataFrame, spots: Spots, size: float) -> str:
    """Draw the mark of the profile of each actor at its spot, the first above the others."""
    kinds = [mark_of(str(profile)) for profile in actors["profile"]]
    svgs = _symbols(kinds, spots, size)

    def alone(indices: Ints) -> str:
        return "".join(svgs[index] for index in reversed(indices.tolist()))

    return crowd.rings(spots, kinds, profile_marks(), size, alone)


def _symbols(kinds: list[str], spots: Spots, size: float) -> list[str]:
    half = size / 2
    return [
        f'<g transform="translate({x - half:.0f} {y - half:.0f})">'
        f"{symbols.mark_svg(profile_marks()[kind], int(size))}</g>"
        for (x, y), kind in zip(spots.tolist(), kinds, strict=True)
    ]
