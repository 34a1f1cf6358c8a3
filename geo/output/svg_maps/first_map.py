"""The map that stands where the live one will: one SVG drawing, the same view."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Final

import pandas as pd
import shapely
from markupsafe import Markup

from geo.output.maps.actors import located_only
from geo.output.maps.places import HEXAGONE, Bounds
from geo.output.svg_maps import network
from geo.output.svg_maps.crowd import Box, apart, boxes
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
from geo.output.svg_maps.view import View, view_of

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
    view = view_of(bounds, _WIDTH, _HEIGHT, _MARGIN if bounds == HEXAGONE else _ROOM)
    placed = rows[rows["longitude"].notna().to_numpy(bool)]
    spots = spots_of(placed, view)
    if ranked:
        spots = apart(spots, _MARK)
    outlined = perimeter(*area, view, _AROUND) if area else ""
    if shaded:
        outlined = areas(shaded[0], view, shaded[1], fine=_FAINT)
    drawing = marks(placed, spots, _MARK, ranked=ranked)
    return _drawing(title, view, outlined, boxes(spots, _MARK, ranked=ranked), drawing)


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
    view = view_of(bounds, _WIDTH, _HEIGHT, _CLOSE)
    placed = located_only(actors)
    spots = spots_of(placed, view)
    outlined = "" if area is None else outline(area, view, _AROUND)
    below = outlined + network.arcs(alliances, actors, view)
    drawing = network.marks(placed, spots, _MARK)
    return _drawing(title, view, below, boxes(spots, _MARK), drawing)


def _drawing(title: str, view: View, below: str, taken: list[Box], above: str) -> Markup:
    return Markup(  # noqa: S704 - paths and numbers; every text in it is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}"'
        f' viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}">{_land(view)}{below}'
        f"{names(view, taken, _TOWNS, _WORDS)}{above}</svg>"
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
