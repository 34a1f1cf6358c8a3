"""The map that stands where the live one will: one SVG drawing, the same view."""

from collections.abc import Sequence
from html import escape
from typing import Final

import pandas as pd
import shapely
from markupsafe import Markup

from geo.output.maps.actors import located_only
from geo.output.maps.places import HEXAGONE, Bounds
from geo.output.svg_maps import network
from geo.output.svg_maps.crowd import occupied
from geo.output.svg_maps.shapes import (
    Spots,
    around,
    land,
    marks,
    names,
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
_ROUGH: Final = 4.0  # units: what lies around is no more than a ground
_TOWNS: Final = 24
_APART: Final = 90.0  # units between two names, and between a name and a mark


def draw(
    title: str,
    rows: pd.DataFrame,
    bounds: Bounds = HEXAGONE,
    *,
    area: tuple[str, str] | None = None,
    ranked: bool = False,
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
    """
    view = view_of(bounds, _WIDTH, _HEIGHT, _MARGIN if bounds == HEXAGONE else _ROOM)
    placed = rows[rows["longitude"].notna().to_numpy(bool)]
    spots = spots_of(placed, view)
    outlined = perimeter(*area, view, _AROUND) if area else ""
    return _drawing(title, view, outlined, spots, marks(placed, spots, _MARK, ranked=ranked))


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
    drawing = network.arcs(alliances, actors, view) + network.marks(placed, spots, _MARK)
    return _drawing(title, view, outlined, spots, drawing)


def _drawing(title: str, view: View, below: str, spots: Spots, above: str) -> Markup:
    return Markup(  # noqa: S704 - paths and numbers; every text in it is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}"'
        f' viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}">{around(view, _AROUND, _ROUGH)}'
        f"{land(view, _AROUND)}{rivers(view, _AROUND)}{below}"
        f"{names(view, occupied(spots, _MARK), _TOWNS, _APART)}{above}</svg>"
    )


def bounds_around(lons: Sequence[float], lats: Sequence[float], margin: float = 0.05) -> Bounds:
    """Return the box around some points, a margin (degrees) more."""
    return (min(lons) - margin, min(lats) - margin, max(lons) + margin, max(lats) + margin)
