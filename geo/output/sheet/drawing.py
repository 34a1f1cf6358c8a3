"""The map of a printed sheet, as one SVG drawing readable in black and white."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.french import NBSP, number
from geo.output.maps.symbols import mark_of, marks, strokes
from geo.output.sheet.label_placement import Spot, spread
from geo.output.sheet.map_frame import WIDTH, MapFrame, frame_around
from geo.palette import colour
from geo.reference import france
from geo.reference.territory import COMMUNE, Territory, member_codes

NUMBERED: Final = 60
"""Above this many marks, they are small and without number."""
_SIZE: Final = 46.0
_SMALL: Final = 17.0
_BOX: Final = 32.0
_MOVED: Final = 14.0
_COMMUNES: Final = 700
_ONE_BY_ONE: Final = 25
_TOWNS: Final = 9
_TOWN: Final = 21.0
_LETTER: Final = 0.52  # width of a letter, in its height
_FONT: Final = "font-family='Libertinus Serif,Liberation Serif,Georgia,serif'"
_HALO: Final = "stroke='#fff' stroke-width='5' stroke-linejoin='round' paint-order='stroke'"
LAND: Final = colour("print-land")
_TOWN_DOT, _TOWN_NAME = colour("print-town"), colour("print-name")
PART: Final = colour("print-part")
PRESENT: Final = ("#000", "#fff")
NEAR: Final = ("#fff", "#000")


@dataclass(frozen=True)
class Drawing:
    """The map: its SVG, the numbers it shows, what it draws inside the perimeter."""

    svg: str
    shown: frozenset[int]
    numbered: bool
    parts: str


def mark(practices: Iterable[str], colours: tuple[str, str], number_: str = "") -> str:
    """Draw one mark around the origin, in a box of 32 units: shape, fill, number or icon."""
    known = marks()[mark_of(practices)]
    fill, ink = colours
    size = 17 if len(number_) < 2 else 15  # noqa: PLR2004 - two figures
    icon = strokes(known)[1]
    inside = (
        f"<text x='16' y='{21.6 + known.dy * 0.7:g}' text-anchor='middle' font-weight='bold'"
        f" font-size='{size}' {_FONT} fill='{ink}'>{number_}</text>"
        if number_
        else f"<path d='{icon.d}' fill='{ink}' transform='{icon.transform}'/>"
    )
    return (
        f"<path d='{known.path}' fill='none' stroke='#fff' stroke-width='5'/>"
        f"<path d='{known.path}' fill='{fill}' stroke='#000' stroke-width='2'/>{inside}"
    )


def sign(practices: Iterable[str], colours: tuple[str, str]) -> str:
    """Draw one mark alone, for a legend."""
    symbol = mark(practices, colours)
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-1 -1 34 34'>{symbol}</svg>"


def draw(
    found: Territory, perimeter: shapely.Geometry, rows: pd.DataFrame, beside: Sequence[str] = ()
) -> Drawing:
    """Draw a territory and the catalysts that have a point in the frame.

    Parameters
    ----------
    rows
        Catalysts with ``number`` and ``inside``, present or near.
    beside
        Communes to draw in full detail around a commune.
    """
    frame = frame_around(perimeter)
    placed = _in_frame(frame, rows)
    numbered = len(placed) <= NUMBERED
    spots = [(float(x), float(y)) for x, y in frame.xy(_lonlat(placed))]
    apart = _SIZE * 0.94
    label_spots = spread(spots, apart, WIDTH, frame.height) if numbered else spots
    marks = _marks(placed, spots, label_spots, numbered=numbered)
    parts, inner = _inner(found, frame)
    body = [
        _ground(found, frame, beside),
        inner,
        _outline(frame.path(perimeter)),
        _towns(list(beside) or member_codes(found.kind, found.code), frame, label_spots),
    ]
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH:g} {frame.height:.0f}'>"
        f"<rect width='{WIDTH:g}' height='{frame.height:.0f}' fill='#fff'/>"
        f"{''.join(body)}{marks}{_scale(frame)}{_north()}"
        f"<rect x='1' y='1' width='{WIDTH - 2:g}' height='{frame.height - 2:.0f}' fill='none'"
        " stroke='#000' stroke-width='2'/></svg>"
    )
    return Drawing(svg, frozenset(placed["number"]), numbered, parts)


def _lonlat(rows: pd.DataFrame) -> Any:
    return rows[["longitude", "latitude"]].to_numpy(np.float64).reshape(-1, 2)


def _in_frame(frame: MapFrame, rows: pd.DataFrame) -> pd.DataFrame:
    west, south, east, north = frame.box()
    return rows[rows["longitude"].between(west, east) & rows["latitude"].between(south, north)]


def _line(path: str, stroke: str, width: float, fill: str = "none", more: str = "") -> str:
    return f"<path d='{path}' fill='{fill}' stroke='{stroke}' stroke-width='{width}' {more}/>"


def _outline(path: str) -> str:
    return _line(path, "#000", 4, more="stroke-linejoin='round'")


def _ground(found: Territory, frame: MapFrame, codes: Sequence[str]) -> str:
    """Draw the land around in grey, and the neighbours' borders on it; the sea stays white."""
    land = _touching(france.outlines("departement", 500), frame)
    beside = (
        [france.geometry(COMMUNE, code) for code in codes]
        if found.kind == COMMUNE
        else _touching(france.outlines(found.kind, 500), frame)
    )
    grey = "".join(_line(frame.path(shape), LAND, 1.5, LAND) for shape in land)
    return grey + "".join(_line(frame.path(shape), colour("print-edge"), 1.6) for shape in beside)


def _touching(outlines: pd.Series, frame: MapFrame) -> list[shapely.Geometry]:
    shapes = outlines.to_numpy()
    return list(shapes[shapely.intersects(shapes, shapely.box(*frame.box(6)))])


def _inner(found: Territory, frame: MapFrame) -> tuple[str, str]:
    """Draw what makes the territory: its communes, or EPCI where communes would be a blot."""
    codes = member_codes(found.kind, found.code)
    if len(codes) > _COMMUNES:
        shapes = _touching(france.outlines("epci", 500), frame)
        inside = france.geometry(found.kind, found.code)
        visible = shapely.intersection(shapes, shapely.simplify(inside, 0.003).buffer(0))
        return "EPCI", "".join(_line(frame.path(one), PART, 1, "#fff") for one in visible)
    level = "communes" if len(codes) > 1 else ""
    shapes = _commune_shapes(codes)
    return level, "".join(_line(frame.path(shape), PART, 1, "#fff") for shape in shapes)


def _commune_shapes(codes: list[str]) -> list[shapely.Geometry]:
    """Read communes in full detail: a few by themselves, unless all have been read."""
    if len(codes) <= _ONE_BY_ONE and not france.commune_geometries.cache_info().currsize:
        return [france.geometry(COMMUNE, code) for code in codes]
    known = france.communes().index.get_indexer(pd.Index(codes))
    return list(france.commune_geometries()[known])


def _towns(codes: list[str], frame: MapFrame, marks: Sequence[Spot]) -> str:
    """Name the most populous communes, where a name finds room."""
    communes = france.communes().loc[codes]
    largest = communes.nlargest(_TOWNS * 2, "population")
    spots = frame.xy(_lonlat(largest))
    occupied = [(x - _SIZE / 2, y - _SIZE / 2, x + _SIZE / 2, y + _SIZE / 2) for x, y in marks]
    occupied += [(0, frame.height - 75, 420, frame.height), (WIDTH - 80, 0, WIDTH, 100)]
    written: list[str] = []
    for name, (x, y) in zip(largest["commune_name"], spots, strict=True):
        half, base = len(name) * _TOWN * _LETTER / 2, y - 9
        box = (x - half, base - _TOWN, x + half, y + 6)
        if len(written) < _TOWNS and _fits(box, occupied, frame.height):
            occupied.append(box)
            written.append(_town(name, x, y))
    return "".join(written)


def _fits(box: Sequence[float], occupied: Iterable[Sequence[float]], height: float) -> bool:
    west, top, east, bottom = box
    if west < 8 or top < 8 or east > WIDTH - 8 or bottom > height - 8:  # noqa: PLR2004
        return False
    return all(east < w or west > e or bottom < t or top > b for w, t, e, b in occupied)


def _town(name: str, x: float, y: float) -> str:
    escaped_name = escape(name, quote=True)
    text = f"x='{x:.1f}' y='{y - 9:.1f}' text-anchor='middle' font-size='{_TOWN:g}' {_FONT}"
    return (
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3.4' fill='{_TOWN_DOT}'/>"
        f"<text {text} {_HALO} fill='{_TOWN_NAME}'>{escaped_name}</text>"
    )


def _marks(
    placed: pd.DataFrame, spots: Sequence[Spot], label_spots: Sequence[Spot], *, numbered: bool
) -> str:
    size = _SIZE if numbered else _SMALL
    lines, symbols = [], []
    for row, (x, y), (a, b) in zip(placed.to_dict("records"), spots, label_spots, strict=True):
        if abs(x - a) + abs(y - b) > _MOVED:
            lines.append(_leader(x, y, a, b))
        inner = mark(
            row["practices"],
            PRESENT if row["inside"] else NEAR,
            str(row["number"]) if numbered else "",
        )
        corner = f"{a - size / 2:.1f} {b - size / 2:.1f}"
        symbols.append(f"<g transform='translate({corner}) scale({size / _BOX:g})'>{inner}</g>")
    return "".join(lines) + "".join(reversed(symbols))


def _leader(x: float, y: float, a: float, b: float) -> str:
    """Join a mark that was moved to where it stands."""
    return (
        f"<path d='M{x:.1f} {y:.1f}L{a:.1f} {b:.1f}' stroke='#000' stroke-width='1.8'/>"
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='5' fill='#000' stroke='#fff'/>"
    )


def _scale(frame: MapFrame) -> str:
    kilometres, length = frame.bar()
    y = frame.height - 26
    distance = f"{number(kilometres, 0 if kilometres >= 1 else 1)}{NBSP}km"
    text = f"x='{34 + length / 2:.1f}' y='{y - 12:.1f}' text-anchor='middle' font-size='23' {_FONT}"
    ends = f"M30 {y - 8:.1f}V{y:.1f}H{30 + length:.1f}V{y - 8:.1f}"
    return (
        f"<path d='{ends}' fill='none' stroke='#fff' stroke-width='9'/>"
        f"<path d='{ends}' fill='none' stroke='#000' stroke-width='3'/>"
        f"<text {text} {_HALO}>{distance}</text>"
    )


def _north() -> str:
    x = WIDTH - 40
    text = f"x='{x:g}' y='88' text-anchor='middle' font-size='26' font-weight='bold' {_FONT}"
    return (
        f"<path d='M{x:g} 20L{x + 15:g} 62L{x:g} 52L{x - 15:g} 62Z' fill='#000' stroke='#fff'"
        f" stroke-width='2'/><text {text} {_HALO}>N</text>"
    )
