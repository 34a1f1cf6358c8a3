"""The map that stands where the live one will: one SVG drawing, the same view."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from typing import Final

import pandas as pd
import shapely
from markupsafe import Markup

from geo.output.maps.actors import located_only
from geo.output.maps.places import HEXAGONE, Bounds
from geo.output.svg_maps import network
from geo.output.svg_maps.bearings import scale_and_north, where_they_stand
from geo.output.svg_maps.crowd import apart, boxes
from geo.output.svg_maps.labels import Lettering, names
from geo.output.svg_maps.shapes import (
    areas,
    around,
    close_land,
    departements,
    land,
    marks,
    outline,
    perimeter,
    rivers,
    spots_of,
)
from geo.output.svg_maps.view import Box, View, view_of
from geo.palette import colour

_WIDTH: Final = 1000.0
_HEIGHT: Final = 880.0
_MARGIN: Final = 18.0
_ROOM: Final = 110.0  # around a place: marks have a width and perimeters go on
_CLOSE: Final = 50.0  # around a network, as the live map opens on it
_MARK: Final = 40.0  # units; about the 32 pixels of a live mark in a window of 1,280
_AROUND: Final = 0.6  # how much more than the box is drawn: a window may be wider
_LITTLE: Final = 0.3  # the same, of close lines
_DEPARTEMENTS, _COMMUNES = 7, 10  # zooms of the live map from which the limits are drawn
_FAINT: Final = 1.5  # units: how far from the true limit of a commune a line may be
_IN_FULL: Final = 0.5  # degrees: what is wider waits for no limit in full
_ROUGH: Final = 4.0  # units: what lies around is no more than a ground
_TOWNS: Final = 70  # names at most
_WORDS: Final = Lettering(size=14.0, letter=0.53)  # units; the 12 pixels of the live map's words
_SEEN: Final = 0.95  # of the width, which a window shows
# The same on a phone, where the drawing is 358 pixels wide.
_PHONE_WORDS: Final = Lettering(size=33.0, letter=0.55)
_PHONE_MARK, _PHONE_TOWNS = 84.0, 16
# On paper, where the drawing is 92 mm wide: words of 2.4 mm, marks of 5 mm.
_PRINTED_WORDS: Final = Lettering(size=26.0, letter=0.56)
_PRINTED_MARK, _PRINTED_LINE, _PRINTED_TOWNS = 54.0, 1.6, 22

Marks = tuple[list[Box], str]
"""What marks fill, and their drawing."""


def draw(  # noqa: PLR0913
    title: str,
    rows: pd.DataFrame,
    bounds: Bounds = HEXAGONE,
    *,
    area: tuple[str, str] | None = None,
    ranked: bool = False,
    shaded: tuple[str, Sequence[str]] | None = None,
) -> Markup:
    """Draw catalysts that have a point over the land.

    Parameters
    ----------
    title
        French text alternative: what the map shows, with its count.
    rows
        Catalysts, best first; those without a point are left out.
    bounds
        West, south, east, north to show, in degrees.
    area
        A territory to outline: its kind and its code.
    ranked
        Whether the marks carry their rank.
    shaded
        Territories under them: their kind, and the colour of each in the order of its outlines.
    """
    view = _view(bounds)
    placed = rows[rows["longitude"].notna().to_numpy(bool)]
    points = spots_of(placed, view)

    def marks_of_size(size: float) -> Marks:
        spots = apart(points, size) if ranked else points
        return boxes(spots, size, ranked=ranked), marks(placed, spots, size, ranked=ranked)

    outlined = perimeter(*area, view, _AROUND) if area else ""
    if shaded:
        outlined = areas(shaded[0], view, shaded[1], fine=_FAINT)
    return _drawing(title, view, outlined, marks_of_size)


def in_frame(rows: pd.DataFrame, bounds: Bounds = HEXAGONE) -> pd.DataFrame:
    """Keep what a drawing of ``draw`` shows, for its legend: a window cuts what is around it."""
    return network.in_view(rows, _view(bounds))


def _view(bounds: Bounds) -> View:
    return view_of(bounds, _WIDTH, _HEIGHT, _MARGIN if bounds == HEXAGONE else _ROOM)


def draw_network(
    title: str,
    alliances: pd.DataFrame,
    actors: pd.DataFrame,
    bounds: Bounds,
    area: shapely.Geometry | None = None,
) -> Markup:
    """Draw actors that have a point, and the alliances between them, as the live map does.

    Parameters
    ----------
    actors
        Every actor that an alliance may name among those shown.
    area
        The perimeter (WGS 84) to outline.
    """
    view = network_view(bounds)
    placed = located_only(actors)
    spots = spots_of(placed, view)
    outlined = "" if area is None else outline(area, view, _AROUND)
    below = outlined + network.arcs(alliances, actors, view)
    return _drawing(
        title, view, below, lambda size: (boxes(spots, size), network.marks(placed, spots, size))
    )


def network_view(bounds: Bounds) -> View:
    """Return how a drawing of a network sees a box (degrees)."""
    return view_of(bounds, _WIDTH, _HEIGHT, _CLOSE)


def print_network(
    title: str, alliances: pd.DataFrame, actors: pd.DataFrame, view: View, area: shapely.Geometry
) -> str:
    """Draw the same for a sheet of paper: fewer names, as large as its words, scale and north."""
    placed = located_only(actors)
    spots = spots_of(placed, view)
    size, words = _PRINTED_MARK, _PRINTED_WORDS
    taken = [*boxes(spots, size), *where_they_stand(view, words.size)]
    ink, halo, line = colour("slate"), colour("card"), colour("orange")
    style = (
        f"<style>.perimetre{{fill:none;stroke:{line};stroke-width:4}}"
        f".ville{{fill:{ink};stroke:{halo};stroke-width:6;stroke-linejoin:round;"
        "paint-order:stroke}.ville circle{stroke:none}</style>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}"'
        f' viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}">{style}{_land(view)}{outline(area, view)}'
        f"{network.arcs(alliances, actors, view, _PRINTED_LINE)}"
        f"{names(view, taken, _PRINTED_TOWNS, words)}{network.marks(placed, spots, size)}"
        f"{scale_and_north(view, words.size)}</svg>"
    )


def _drawing(title: str, view: View, below: str, marks_of_size: Callable[[float], Marks]) -> Markup:
    """Write the drawing: its marks and names twice, of which a style sheet shows those that fit."""
    unseen = (_SEEN * _WIDTH, 0.0, _WIDTH, _HEIGHT)  # the edge of a window, the drawing moved aside
    written = "".join(
        f'<g class="{width}">{names(view, [*taken, unseen], most, words)}{above}</g>'
        for width, size, most, words in (
            ("large", _MARK, _TOWNS, _WORDS),
            ("etroit", _PHONE_MARK, _PHONE_TOWNS, _PHONE_WORDS),
        )
        for taken, above in (marks_of_size(size),)
    )
    return Markup(  # noqa: S704 - paths and numbers; every text in it is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}"'
        f' viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}">{_land(view)}{below}{written}</svg>'
    )


@lru_cache(maxsize=64)
def _land(view: View) -> str:
    """Draw the ground, with the lines that the live map has so close."""
    zoom = view.zoom(_WORDS.size)
    neighbours = around(view, _AROUND, _ROUGH)
    if zoom > _COMMUNES:
        return neighbours + close_land(view, _LITTLE, _FAINT, in_full=_IN_FULL)
    lines = departements(view, _LITTLE) if zoom > _DEPARTEMENTS else ""
    return f"{neighbours}{land(view, _AROUND)}{lines}{rivers(view, _AROUND)}"


def bounds_around(lons: Sequence[float], lats: Sequence[float], margin: float = 0.05) -> Bounds:
    """Return the box around some points, a margin (degrees) more."""
    return (min(lons) - margin, min(lats) - margin, max(lons) + margin, max(lats) + margin)
