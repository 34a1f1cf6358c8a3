"""Alliances as a graph of up to 500 actors: where each stands, its sign, its name; never HTML."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.output.graph_names import Frame, name_places
from geo.output.graph_symbols import Symbols, profile_symbols
from geo.output.html import svg_address
from geo.output.layout import Places, places
from geo.output.maps.arcs import line_of
from geo.palette import colour

GRAPH_UP_TO: Final = 500
_SIZE: Final = 16
_GROWTH: Final = 3
_LARGEST: Final = 44
_CROWD: Final = 80
"""Beyond so many actors, signs and lines are thinner."""
_UNIT: Final = 1_000
"""ECharts rounds the ends of lines to half a unit: units are small."""
_NUMBERED: Final = 60
"""Actors without room for a name: more numbers would be a list, and there is one."""
_PHONE_PX: Final = 480
_NARROW: Final = 0.8
_STRETCH: Final = 1.7
"""How much a drawing is pulled to fill a phone: its distances measure nothing."""
_MARGIN: Final = {"left": 58, "right": 58, "top": 26, "bottom": 56}
_INK: Final = colour("ink")
_LABEL: Final[dict[str, Any]] = {
    "show": True,
    "position": "bottom",
    "color": _INK,
    "fontSize": 12,
    "lineHeight": 14,
    # A longer name goes on below: half of it fits in the margin.
    "width": 112,
    "overflow": "break",
    "textBorderColor": colour("paper"),
    "textBorderWidth": 3,
}
_NARROW_MARGIN: Final = {"left": 48, "right": 48}
_NARROW_LABEL: Final = {"width": 92}
_FRAME: Final = Frame(800, 600, _MARGIN, _LABEL)
_PHONE: Final = Frame(360, 416, {**_MARGIN, **_NARROW_MARGIN}, {**_LABEL, **_NARROW_LABEL})
_GLOW: Final = {"shadowColor": _INK, "shadowBlur": 14}  # an image has no border
_VIEW: Final[dict[str, Any]] = {
    "type": "graph",
    "layout": "none",
    **_MARGIN,
    "preserveAspect": "contain",
    "animation": False,
    "roam": True,
    "scaleLimit": {"min": 0.6, "max": 8},
    "labelLayout": {"hideOverlap": True},
}
_HINDRANCES: Final[dict[str, Any]] = {
    "silent": True,
    "itemStyle": {"opacity": 0},
    # A text without a ground is no larger than its letters.
    "label": {"show": True, "position": "inside", "backgroundColor": "transparent"},
}


def graph_options(
    actors: pd.DataFrame,
    links: pd.DataFrame,
    centre: str = "",
    actor_symbols: Symbols | None = None,
) -> dict[str, Any]:
    """Write the ECharts options of a graph whose actors stand where ``places`` says.

    It fills what room there is, names whole inside it: an actor whose name would cover another or a
    sign bears a number, which ``geo/output/graph_numbers.py`` explains. Tooltips are drawn on the
    canvas as text (``richText``), so a name is never read as HTML, and hold no template. An actor
    grows with its number of links; ``centre`` is larger, and glows. On a phone signs and names are
    smaller.
    """
    ids = [str(one) for one in actors["actor_id"]]
    shown_links = links[links["source_id"].isin(ids) & links["target_id"].isin(ids)]
    drawing = _GraphSeries(actors, shown_links, centre, actor_symbols or profile_symbols(actors))
    layouts = [drawing.layout(), drawing.layout(_NARROW, _PHONE)]
    numbers = _numbers(*layouts)
    wide, narrow = (drawing.nodes(one, numbers) for one in layouts)
    small = [
        {**_NARROW_MARGIN, "data": narrow, "label": _NARROW_LABEL},
        {**_NARROW_MARGIN, "data": _hindrances(narrow)},
    ]
    return {
        "aria": {"enabled": True},
        "tooltip": {"renderMode": "richText", "confine": True},
        "legend": {"show": False},
        "series": [drawing.series(wide), {**_VIEW, **_HINDRANCES, "data": _hindrances(wide)}],
        "media": [{"query": {"maxWidth": _PHONE_PX}, "option": {"series": small}}],
    }


@dataclass(frozen=True)
class _Layout:
    """Where the actors of a graph stand in a frame, how large, and who has no room for a name."""

    frame: Frame
    spots: Places
    sizes: Mapping[str, float]
    crowded: frozenset[str]


def _numbers(*layouts: _Layout) -> dict[str, str]:
    """Give a number to who has no room for a name somewhere, the largest sign first.

    Where they are too many, nobody has one.
    """
    crowded = frozenset().union(*(one.crowded for one in layouts))
    sizes = layouts[0].sizes
    usual = layouts[0].crowded  # first: a wide screen then counts from one
    order = sorted(crowded, key=lambda one: (one not in usual, -sizes[one], one))
    return {one: str(n) for n, one in enumerate(order, 1)} if len(order) <= _NUMBERED else {}


def _upright(spots: Places, frame: Frame) -> Places:
    """Turn a drawing that is wider than high, and pull it towards the height that a phone has."""
    turned = np.array([*spots.values()]).reshape(-1, 2)
    wide, high = np.ptp(turned, axis=0) if len(turned) else (0, 0)
    if wide > high:
        turned, wide, high = turned[:, ::-1], high, wide
    across, down = frame.room
    longer = min(max(wide * down / across / high, 1.0), _STRETCH) if high else 1.0
    return dict(zip(spots, map(tuple, (turned * (1, longer)).tolist()), strict=True))


def _hindrances(nodes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what stands on each sign, unseen, for ECharts to hide the names that would cover it.

    It hides names that meet other names, the smallest sign's first: these are names of a space.
    """
    return [
        {
            **{name: node[name] for name in ("id", "x", "y")},
            "name": "\u00a0",
            "symbolSize": 2 * _LARGEST,
            "label": {"width": node["symbolSize"], "height": node["symbolSize"]},
        }
        for node in nodes
    ]


@dataclass(frozen=True, eq=False)
class _GraphSeries:
    """The actors and the links of one graph, and what stands for them."""

    actors: pd.DataFrame
    links: pd.DataFrame
    centre: str
    actor_symbols: Symbols

    @property
    def room(self) -> float:
        """Return the part of its usual size that a sign has, the less the more they are."""
        return min(1.0, math.sqrt(_CROWD / max(1, len(self.actors))))

    def layout(self, scale: float = 1, frame: Frame = _FRAME) -> _Layout:
        """Place every actor, its sign scaled, and see whose name is free in a frame."""
        ends = [self.links[name].astype(str) for name in ("source_id", "target_id")]
        ids = tuple(str(one) for one in self.actors["actor_id"])
        spots = places(ids, tuple(zip(*ends, strict=True)))
        if frame is _PHONE:
            spots = _upright(spots, frame)
        degree = pd.concat(ends).value_counts()
        sizes = {one: self._size(one, int(degree.get(one, 0))) * scale for one in ids}
        beside = name_places([spots[one] for one in ids], [*sizes.values()], self._names, frame)
        crowded = frozenset(one for one, name in zip(ids, beside, strict=True) if not name.is_free)
        return _Layout(frame, spots, sizes, crowded)

    @property
    def _names(self) -> list[str]:
        return [str(one) for one in self.actors["actor_name"]]

    def nodes(self, layout: _Layout, numbers: Mapping[str, str]) -> list[dict[str, Any]]:
        """Write every actor of a layout, its name, or its number, on the side that is free."""
        order = [*self.actor_symbols.legend]
        ids, names = [*layout.sizes], self._names
        short = {one: numbers[one] for one in layout.crowded & numbers.keys()}
        texts = [short.get(one, name) for one, name in zip(ids, names, strict=True)]
        last = {index for index, one in enumerate(ids) if one in short}
        spots = [layout.spots[one] for one in ids]
        beside = name_places(spots, [*layout.sizes.values()], texts, layout.frame, last)
        return [
            {
                "id": one,
                "name": name,
                "category": order.index(self.actor_symbols.key_of[one]),
                "x": round(layout.spots[one][0] * _UNIT),
                "y": round(layout.spots[one][1] * _UNIT),
                "symbolSize": round(layout.sizes[one], 1),
                "label": {"position": name_place.side, "width": name_place.width}
                | ({"formatter": short[one], "fontWeight": "bold"} if one in short else {}),
                **({"itemStyle": _GLOW} if one == self.centre else {}),
            }
            for one, name, name_place in zip(ids, names, beside, strict=True)
        ]

    def _size(self, actor_id: str, links: int) -> float:
        more = 8 if actor_id == self.centre else 0
        return min(_SIZE + _GROWTH * links, _LARGEST) * self.room + more

    def _line(self, row: dict[Any, Any]) -> dict[str, Any]:
        line = line_of(row["partnership_kind"])
        return {
            "source": str(row["source_id"]),
            "target": str(row["target_id"]),
            "lineStyle": {
                "color": line.colour,
                "width": round(0.8 * line.width * self.room, 2),
                "type": [*line.dashes] or "solid",
                "opacity": round(0.75 * self.room, 2),
            },
        }

    def series(self, nodes: list[dict[str, Any]]) -> dict[str, Any]:
        """Write the series of the actors, placed already."""
        return {
            **_VIEW,
            "name": "Alliances",
            "selectedMode": "single",
            "autoCurveness": True,
            "categories": [
                {"name": name, "symbol": f"image://{svg_address(drawing)}"}
                for name, drawing in self.actor_symbols.legend.values()
            ],
            "data": nodes,
            "links": [self._line(row) for row in self.links.to_dict("records")],
            "label": _LABEL,
            "emphasis": {"focus": "adjacency", "label": {"show": True}},
            "select": {"itemStyle": _GLOW},
        }
