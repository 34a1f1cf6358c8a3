"""Where the actors of a graph stand when it is drawn: the same alliances, the same drawing."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np

from geo.analysis.bridging.graph import new_graph, seeded
from geo.crs import Floats

_GAP: Final = 1.0
"""Between two networks that no alliance joins, in the length of a link."""
_WIDE: Final = 1.1
"""How much wider than high the whole is."""
_MANY: Final = 150

Pairs = tuple[tuple[str, str], ...]
Places = dict[str, tuple[float, float]]


@lru_cache(maxsize=16)
def places(ids: tuple[str, ...], pairs: Pairs) -> Places:
    """Place actors on a plane, those who work together near each other; y goes down.

    The method of Kamada and Kawai (1989), that of Fruchterman and Reingold (1991) for many, on each
    network that alliances join, the largest first, then the others on shelves beside it: nothing
    drifts away from the whole.
    """
    numbers = {one: number for number, one in enumerate(ids)}
    edges = sorted({(numbers[one], numbers[two]) for one, two in pairs})
    graph = new_graph(len(ids), edges)
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part[0]))
    with seeded():
        layouts = [_layout(graph.induced_subgraph(part)) for part in parts]
    found = np.zeros((len(ids), 2))
    for part, spots, corner in zip(parts, layouts, _shelves(layouts), strict=True):
        found[part] = spots + corner
    return {
        one: (round(x, 3), round(y, 3)) for one, (x, y) in zip(ids, found.tolist(), strict=True)
    }


def _layout(graph: Any) -> Floats:
    """Draw one network, turned so that it is wider than high, its corner at 0."""
    if len(graph.vs) == 1:
        return np.zeros((1, 2))
    spots = np.array(_forces(graph).coords, dtype=np.float64)
    spots -= spots.mean(axis=0)
    axes = np.linalg.svd(spots, full_matrices=False)[2]
    turned = spots @ axes.T
    turned *= np.where(turned[0] < 0, -1.0, 1.0)  # either way round is the same drawing
    return np.asarray(turned - turned.min(axis=0), dtype=np.float64)


def _forces(graph: Any) -> Any:
    """Compute even distances between few; between many, forces that let groups show."""
    if graph.vcount() > _MANY:
        return graph.layout_fruchterman_reingold()
    return graph.layout_kamada_kawai()


def _shelves(layouts: Sequence[Floats]) -> list[Floats]:
    """Return the corner of each drawing: side by side on a shelf, then on the next one below."""
    boxes = [spots.max(axis=0) + _GAP for spots in layouts]
    width = max(
        [float(box[0]) for box in boxes]
        + [float(np.sqrt(sum(box[0] * box[1] for box in boxes) * _WIDE))]
    )
    corners, x, y, tall = [], 0.0, 0.0, 0.0
    for box in boxes:
        if x and x + box[0] > width:
            x, y, tall = 0.0, y + tall, 0.0
        corners.append(np.array([x, y]))
        x, tall = x + float(box[0]), max(tall, float(box[1]))
    return corners
