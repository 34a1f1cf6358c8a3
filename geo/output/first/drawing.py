"""A map as one SVG drawing that stands where the live one will: same projection, same view."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from markupsafe import Markup

from geo.output.maps import symbols
from geo.output.maps.names import towns_in
from geo.output.maps.outlines import outline_shapes
from geo.output.maps.places import HEXAGONE, Bounds
from geo.palette import colour
from geo.reference import france

_WIDE: Final = 1000.0
_MARK: Final = 40.0  # units; about the 32 pixels of a live mark in a window of 1,280
_FINEST: Final = 0.8
_PAD: Final = 24
_FLATTEST: Final = 0.6  # of its width
_AROUND: Final = 1.0  # how much more than the box is drawn, in its own size: a window is wider
_SMALLEST: Final = 0.28  # degrees of longitude: a live map opens no closer than zoom 12
_TOWNS: Final = 24
_APART: Final = 90.0  # units between two names, and between a name and a mark


@dataclass(frozen=True)
class View:
    """A box of the Earth in Web Mercator, ``_WIDE`` units wide."""

    west: float
    north: float
    scale: float
    height: float

    def xy(self, pairs: Any) -> Any:
        """Place longitudes and latitudes (degrees), one pair a row."""
        x = (pairs[:, 0] - self.west) * self.scale
        return np.column_stack([x, (self.north - _mercator(pairs[:, 1])) * self.scale])


def _mercator(latitude: Any) -> Any:
    return np.degrees(np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)))


def view_of(bounds: Bounds) -> View:
    """View a box: west, south, east, north, in degrees."""
    west, south, east, north = bounds
    more = max(_SMALLEST - (east - west), 0) / 2
    west, east = west - more, east + more
    scale = _WIDE / (east - west)
    top, foot = (float(one) for one in _mercator(np.array([north, south])))
    tall = max(top - foot, _FLATTEST * (east - west))
    return View(west, (top + foot + tall) / 2, scale, tall * scale)


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
    view = view_of(bounds)
    placed = rows[rows["longitude"].notna()]
    shapes = [_land(bounds)]
    if area:
        shape = shapely.simplify(shapely.transform(france.geometry(*area), view.xy), _FINEST)
        shapes.append(f'<path class="perimetre" d="{path_of([shape])}"/>')
    spots = view.xy(placed[["longitude", "latitude"]].to_numpy(np.float64).reshape(-1, 2))
    return Markup(  # noqa: S704 - paths and numbers; the texts are escaped below
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}"'
        f' viewBox="{-_PAD} {-_PAD} {_WIDE + 2 * _PAD:g} {view.height + 2 * _PAD:.0f}">'
        f"{''.join(shapes)}{_names(view, bounds, spots)}"
        f"{_marks(placed, spots, ranked=ranked)}</svg>"
    )


@lru_cache(maxsize=64)
def _land(bounds: Bounds) -> str:
    view = view_of(bounds)
    west, south, east, north = bounds
    wide, tall = (east - west) * _AROUND, (north - south) * _AROUND
    box = (west - wide, south - tall, east + wide, north + tall)
    cut = shapely.clip_by_rect(outline_shapes("region", 1000), *box)
    cut = cut[~shapely.is_empty(cut)]
    drawn = shapely.simplify(shapely.transform(cut, view.xy), _FINEST)
    fill, edge = colour("cream"), colour("coast")
    return f'<path fill="{fill}" stroke="{edge}" d="{path_of(drawn)}"/>'


def path_of(shapes: Iterable[Any]) -> str:
    """Write polygons as the data of an SVG path, to the unit."""
    rings: list[str] = []
    for shape in shapes:
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon" and not part.is_empty:
                rings += [_ring(ring) for ring in (part.exterior, *part.interiors)]
    return "".join(rings)


def _ring(ring: Any) -> str:
    points = np.rint(shapely.get_coordinates(ring)[:-1]).astype(int).tolist()
    if not points:
        return ""
    (x, y), steps = points[0], np.diff(np.array(points), axis=0).tolist()
    moved = [f"{dx} {dy}" for dx, dy in steps if dx or dy]
    return f"M{x} {y}l{' '.join(moved)}z" if len(moved) > 1 else ""


def _names(view: View, bounds: Bounds, taken: Any) -> str:
    """Name the first towns, none over another nor over a mark."""
    written: list[tuple[float, float]] = [(x, y) for x, y in taken.tolist()]
    drawn = []
    for name, lon, lat in towns_in(bounds, _TOWNS):
        x, y = view.xy(np.array([[lon, lat]]))[0].tolist()
        if all(abs(x - a) > _APART or abs(y - b) > _APART / 2 for a, b in written):
            written.append((x, y))
            drawn.append(f'<text class="ville" x="{x:.0f}" y="{y:.0f}">{escape(name)}</text>')
    return "".join(drawn)


def _marks(placed: pd.DataFrame, spots: Any, *, ranked: bool) -> str:
    drawn: list[str] = []
    known = zip(spots.tolist(), placed["practices"], placed["evidence"], strict=True)
    for place, ((x, y), practices, evidence) in enumerate(known, start=1):
        mark = symbols.symbol(symbols.mark_of(practices), str(evidence), int(_MARK))
        rank = (
            f'<g class="rang" transform="translate({x + 16:.0f} {y - 16:.0f})">'
            f'<circle r="12"/><text y="5.5">{place}</text></g>'
        )
        at = f'<g transform="translate({x - _MARK / 2:.0f} {y - _MARK / 2:.0f})">{mark}</g>'
        drawn.append(at + (rank if ranked else ""))
    return "".join(reversed(drawn))  # the best stands above the others


def bounds_around(lons: Sequence[float], lats: Sequence[float], margin: float = 0.05) -> Bounds:
    """Return the box around some points, a margin (degrees) more."""
    return (min(lons) - margin, min(lats) - margin, max(lons) + margin, max(lats) + margin)
