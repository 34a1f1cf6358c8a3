"""Alliances on a map: curved lines between members, told apart by dashes, colour repeating them.

The browser draws them (``web/scripts/alliances.js``) from one JSON value; names are text in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from geo.analysis.network import members_of
from geo.dates import in_words
from geo.french import count
from geo.output.html import svg_image
from geo.output.maps import symbols
from geo.output.maps.actors import actor_legend, located_only
from geo.palette import colour
from geo.vocabulary import label, vocabularies

Layer = dict[str, Any]
ALLIANCE_LINK: Final = "/alliances?alliance="
KINDS: Final = "any_partnership"
PAIRS_UP_TO: Final = 6
"""Beyond so many placed members, they meet in one point: pairs would hide the map."""
_DECIMALS: Final = 5
_NAMES: Final = 3


@dataclass(frozen=True)
class LineStyle:
    """How one kind of alliance is drawn: colour, dashes (in pixels), width."""

    colour: str
    dashes: tuple[int, ...] = ()
    width: float = 2.5

    @property
    def pattern(self) -> str:
        """Write the dashes as SVG does."""
        return " ".join(map(str, self.dashes))


_COLOURS: Final = tuple(map(colour, ("orange", "blue", "green", "plum", "brown", "indigo")))
_DASHES: Final[tuple[tuple[int, ...], ...]] = (
    (),
    (10, 6),
    (2, 5),
    (14, 5, 2, 5),
    (18, 8),
    (6, 4),
    (10, 4, 2, 4, 2, 4),
    (4, 8),
    (22, 5),
    (8, 3, 3, 3),
    (1, 9),
)
OTHER: Final = LineStyle(colour("grey"), (3, 3))


def line_of(kind: str) -> LineStyle:
    """Return the line of a kind; kinds beyond the patterns, or unknown, share one."""
    order = vocabularies()[KINDS].ids()
    rank = order.index(kind) if kind in order else len(_DASHES)
    if rank >= len(_DASHES):
        return OTHER
    return LineStyle(
        _COLOURS[rank % len(_COLOURS)], _DASHES[rank], 3 if rank == len(_DASHES) - 1 else 2.5
    )


@dataclass(frozen=True)
class Arcs:
    """What is drawn of some alliances, and what cannot be.

    ``unplaced``: names of members without a point; ``stacked``: pairs that share a point, so no
    line can join them; ``line_count``: lines drawn.
    """

    layer: Layer
    line_count: int
    stacked: int
    unplaced: tuple[str, ...]

    def with_lines(self, alliances: pd.DataFrame) -> pd.DataFrame:
        """Keep, of the alliances that were given, those that have a line."""
        return alliances.iloc[sorted({index for index, *_ in self.layer["arcs"]})]

    def legend(self, alliances: pd.DataFrame, actors: pd.DataFrame) -> Markup:
        """Explain, as HTML, the lines and the marks that a map draws of both: it has no other."""
        return arc_legend(self.with_lines(alliances)) + actor_legend(located_only(actors))

    def sentence(self) -> str:
        """Say in French what the map shows and does not; nothing where there is nothing to show."""
        if not (self.line_count or self.stacked or self.unplaced):
            return ""
        parts = [count(self.line_count, "lien tracé", "liens tracés")]
        if self.stacked:
            parts.append(
                f"{count(self.stacked, 'lien')} entre acteurs situés au même point, sans trait"
            )
        if self.unplaced:
            more = len(self.unplaced) - _NAMES
            names = ", ".join(self.unplaced[:_NAMES]) + (f" et {more} de plus" if more > 0 else "")
            parts.append(f"{count(len(self.unplaced), 'membre')} sans point sur la carte ({names})")
        rest = " Le graphe et le tableau montrent tous les liens." if len(parts) > 1 else ""
        return f"{' ; '.join(parts)}.{rest}"


def alliance_arcs(alliances: pd.DataFrame, actors: pd.DataFrame) -> Arcs:
    """Join the members of each alliance.

    Up to ``PAIRS_UP_TO`` placed members each pair has its arc; beyond, every member has one to
    their mean point. ``actors``: every actor an alliance may name; members it lacks are left out.
    """
    member_rows = members_of(alliances, actors)
    placed = located_only(member_rows)
    rows = zip(placed["actor_id"], placed["latitude"], placed["longitude"], strict=True)
    points = {str(one): (round(lat, _DECIMALS), round(lon, _DECIMALS)) for one, lat, lon in rows}
    names = dict(zip(member_rows["actor_id"], member_rows["actor_name"], strict=True))
    arcs: list[list[Any]] = []
    hubs: list[list[Any]] = []
    stacked, unplaced = 0, dict[str, str]()
    cards: list[dict[str, Any]] = []
    for row in alliances.to_dict("records"):
        members = [one for one in row["member_ids"] if one in names]
        unplaced |= {one: str(names[one]) for one in members if one not in points}
        spots = [points[one] for one in members if one in points]
        found = _joined(spots)
        stacked += sum(one == two for one, two in found)
        lines = [[len(cards), *one, *two] for one, two in found if one != two]
        if len(spots) > PAIRS_UP_TO:
            hubs.append([len(cards), *found[0][1]])
        arcs += lines
        cards.append(_card(row, names))
    layer = {"type": "arcs", "arcs": arcs, "hubs": hubs, "alliances": cards, "link": ALLIANCE_LINK}
    return Arcs(layer, len(arcs), stacked, tuple(unplaced.values()))


Point = tuple[float, float]


def _joined(spots: list[Point]) -> list[tuple[Point, Point]]:
    if len(spots) <= PAIRS_UP_TO:
        return list(combinations(spots, 2))
    lat, lon = (round(sum(axis) / len(spots), _DECIMALS) for axis in zip(*spots, strict=True))
    return [(one, (lat, lon)) for one in spots]


def _card(row: dict[Any, Any], names: dict[str, str]) -> dict[str, Any]:
    line = line_of(row["partnership_kind"])
    return {
        "id": row["alliance_id"],
        "name": row["alliance_name"],
        "kind": label(KINDS, row["partnership_kind"]),
        "members": with_roles(row, names),
        "when": period(row["since"], row["until"]),
        "fictive": bool(row["fictive"]),
        "colour": line.colour,
        "dashes": line.pattern,
        "width": line.width,
    }


def with_roles(row: dict[Any, Any], names: Mapping[str, str] | pd.Series) -> list[str]:
    """Name the members of an alliance, each with its role, if it has one."""
    roles = [*row["member_roles"], *[""] * len(row["member_ids"])]
    return [
        f"{names.get(one, one)}{f' ({role})' if role else ''}"
        for one, role in zip(row["member_ids"], roles, strict=False)
    ]


def period(since: str, until: str) -> str:
    """Say when: « depuis 2020 », « de 2020 à 2022 », « jusqu’à 2022 », or nothing."""
    first, last = in_words(since), in_words(until)
    if first and last:
        return f"de {first} à {last}"
    return f"depuis {first}" if first else f"jusqu’à {last}" if last else ""


def arc_legend(alliances: pd.DataFrame) -> Markup:
    """Explain, as HTML, the lines of the kinds that are present."""
    present = set(alliances["partnership_kind"])
    known = vocabularies()[KINDS].ids()
    entries = [
        symbols.legend_entry(line_sample(line_of(kind)), label(KINDS, kind), label(KINDS, kind))
        for kind in (*known, "")
        if kind in present
    ]
    return symbols.legend("Type d’alliance", entries) if entries else Markup()


def line_sample(line: LineStyle) -> Markup:
    """Draw a line as its legend shows it."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 52 12" width="52" height="12">'
        f'<path d="M1 6H51" fill="none" stroke="{line.colour}" stroke-width="{line.width}"'
        f' stroke-dasharray="{line.pattern}"/></svg>'
    )
    return svg_image(svg, 52, 12)
