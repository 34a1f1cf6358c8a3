"""Alliances as a graph of up to 500 actors: where each stands, its sign, its name; never HTML."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from geo.output.graph_names import Frame, name_places
from geo.output.html import svg_address, svg_image
from geo.output.layout import Places, places
from geo.output.maps import symbols
from geo.output.maps.actors import mark_of, marks
from geo.output.maps.arcs import line_of
from geo.output.network import profile_label
from geo.palette import colour

GRAPH_UP_TO: Final = 500
_SIZE: Final = 16
_GROWTH: Final = 3
_LARGEST: Final = 44
_CROWD: Final = 80
"""Beyond so many actors, signs and lines are thinner."""
_UNIT: Final = 1_000
"""ECharts rounds the ends of lines to half a unit: units are small."""
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
_GROUP_COLOURS: Final = tuple(
    map(colour, ("blue", "orange", "green", "plum", "brown", "indigo", "crimson", "violet"))
)
_SHAPES: Final = (
    '<circle cx="16" cy="16" r="13" fill="{0}"/>',
    '<path d="M3.500 3.500H28.500V28.500H3.500Z" fill="{0}"/>',
    '<path d="M16 2L30 28H2Z" fill="{0}"/>',
    '<path d="M16 1L31 16L16 31L1 16Z" fill="{0}"/>',
    '<path d="M2 9H30L16 31Z" fill="{0}"/>',
    '<path d="M11 2H21V11H30V21H21V30H11V21H2V11H11Z" fill="{0}"/>',
    '<path d="M9 3H23L30 16L23 29H9L2 16Z" fill="{0}"/>',
    '<path d="M16 2L31 13L25 30H7L1 13Z" fill="{0}"/>',
)
"""A shape for each group beside its colour, in a box of 32 units."""
_REST: Final = '<circle cx="16" cy="16" r="9" fill="{0}"/>'
_SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="{1}" height="{1}">{0}</svg>'
)


@dataclass(frozen=True)
class Symbols:
    """What stands for each actor: ``key_of`` gives the key of each, ``legend`` the keys in order.

    ``legend``: the name of a key and its drawing, an SVG element.
    """

    key_of: Mapping[str, str] = field(default_factory=dict)
    legend: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def profile_symbols(actors: pd.DataFrame) -> Symbols:
    """Assign to each actor the mark of its profile."""
    actor_marks = {str(one): mark_of(str(profile)) for one, profile in actors["profile"].items()}
    present = set(actor_marks.values())
    every = {
        code: (profile_label(code), str(symbols.mark_svg(marks()[code], 64))) for code in marks()
    }
    return Symbols(actor_marks, {code: every[code] for code in every if code in present})


def group_symbols(groups: Mapping[str, int], names: Sequence[str]) -> Symbols:
    """Assign to each actor the shape and colour of its group; small groups share one.

    Parameters
    ----------
    groups
        The group of each actor by id, 0 the largest; who has none is alone.
    names
        What each group is called, in order.
    """
    most = len(_SHAPES)
    group_keys = {one: str(group) if group < most else "rest" for one, group in groups.items()}
    legend = {
        str(number): (name, group_symbol(number, 64)) for number, name in enumerate(names[:most])
    }
    if len(names) > most:
        legend["rest"] = ("Autres groupes", group_symbol(most, 64))
    return Symbols(group_keys, legend)


def group_symbol(group: int, size: int) -> str:
    """Draw the sign of a group as an SVG element."""
    if group >= len(_SHAPES):
        return _SVG.format(_REST.format(colour("grey")), size)
    return _SVG.format(_SHAPES[group].format(_GROUP_COLOURS[group]), size)


def group_legend(names: Sequence[str]) -> Markup:
    """Explain, as HTML, the signs of groups."""
    shown = [*names[: len(_SHAPES)], *(["Autres groupes"] if len(names) > len(_SHAPES) else [])]
    entries = [
        symbols.legend_entry(svg_image(group_symbol(number, 22), 22, 22), name)
        for number, name in enumerate(shown)
    ]
    return symbols.legend("Groupe", entries)


def graph_options(
    actors: pd.DataFrame,
    links: pd.DataFrame,
    centre: str = "",
    actor_symbols: Symbols | None = None,
) -> dict[str, Any]:
    """Write the ECharts options of a graph whose actors stand where ``places`` says.

    It fills what room there is, names whole inside it: those that would cover another or a sign
    are hidden until one comes nearer. Tooltips are drawn on the canvas as text (``richText``), so a
    name is never read as HTML, and hold no template. An actor grows with its number of links;
    ``centre`` is larger, and glows. On a phone signs and names are smaller.
    """
    ids = [str(one) for one in actors["actor_id"]]
    shown_links = links[links["source_id"].isin(ids) & links["target_id"].isin(ids)]
    drawing = _GraphSeries(actors, shown_links, centre, actor_symbols or profile_symbols(actors))
    wide, narrow = drawing.nodes(), drawing.nodes(_NARROW, _PHONE)
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

    def nodes(self, scale: float = 1, frame: Frame = _FRAME) -> list[dict[str, Any]]:
        """Place every actor, its sign scaled, its name on the side that is free."""
        ends = [self.links[name].astype(str) for name in ("source_id", "target_id")]
        ids = tuple(str(one) for one in self.actors["actor_id"])
        spots = places(ids, tuple(zip(*ends, strict=True)))
        if frame is _PHONE:
            spots = _upright(spots, frame)
        degree = pd.concat(ends).value_counts()
        order = [*self.actor_symbols.legend]
        sizes = [self._size(one, int(degree.get(one, 0))) * scale for one in ids]
        names = [str(one) for one in self.actors["actor_name"]]
        beside = name_places([spots[one] for one in ids], sizes, names, frame)
        return [
            {
                "id": one,
                "name": name,
                "category": order.index(self.actor_symbols.key_of[one]),
                "x": round(spots[one][0] * _UNIT),
                "y": round(spots[one][1] * _UNIT),
                "symbolSize": round(size, 1),
                "label": {"position": name_place.side, "width": name_place.width},
                **({"itemStyle": _GLOW} if one == self.centre else {}),
            }
            for one, name, size, name_place in zip(ids, names, sizes, beside, strict=True)
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
