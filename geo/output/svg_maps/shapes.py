"""The pieces of a drawing, as SVG: land, perimeters, names of towns, marks."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.output.maps import symbols
from geo.output.maps.groups import Ints
from geo.output.maps.names import towns_in
from geo.output.maps.outlines import outline_shapes
from geo.output.svg_maps import crowd
from geo.output.svg_maps.view import View
from geo.palette import colour
from geo.reference import france, surroundings

_FINEST: Final = 0.8  # units
_LEAST_WIDTH: Final = 1.4  # degrees
_LETTERS: Final = 20  # of a name, in twice the distance between two
Spots = npt.NDArray[np.float64]
"""Where marks stand, in units: x and y, one pair a row."""


@lru_cache(maxsize=64)
def land(view: View, beyond: float = 0.0) -> str:
    """Draw the land and the lines between regions."""
    outlines = _in_view(outline_shapes("region", 1000), view, beyond)
    fill, edge = colour("cream"), colour("coast")
    return f'<path fill="{fill}" stroke="{edge}" d="{path_of(outlines)}"/>'


@lru_cache(maxsize=64)
def around(view: View, beyond: float = 0.0, fine: float = _FINEST) -> str:
    """Draw the land of the neighbours, which goes under the land; ``fine``: units."""
    shapes = shapely.get_parts(surroundings.shapes()[surroundings.ABROAD])
    data = path_of(_in_view(shapes, view, beyond, fine))
    return _path(data, colour("abroad"), colour("abroad-edge"))


@lru_cache(maxsize=64)
def rivers(view: View, beyond: float = 0.0) -> str:
    """Draw the largest rivers over the land."""
    return _lines(surroundings.RIVER, 2, view, beyond) if _from_afar(view) else ""


@lru_cache(maxsize=64)
def waters(view: View) -> str:
    """Draw lakes and rivers over the land, the largest rivers thicker."""
    if not _from_afar(view):
        return ""
    lakes = shapely.get_parts(surroundings.shapes()[surroundings.LAKE])
    lakes_svg = _path(path_of(_in_view(lakes, view)), colour("sea"), colour("river"))
    return lakes_svg + _lines(surroundings.STREAM, 1, view) + rivers(view)


def _from_afar(view: View) -> bool:
    """Return whether waters known at 1:10,000,000 are where the view says."""
    return view.width / view.scale > _LEAST_WIDTH


def _lines(role: str, width: float, view: View, beyond: float = 0.0) -> str:
    shapes = _in_view(shapely.get_parts(surroundings.shapes()[role]), view, beyond)
    data = "".join(_steps(part) for shape in shapes for part in shapely.get_parts(shape))
    return _path(data, "none", colour("river"), f' stroke-width="{width:g}"')


def _path(data: str, fill: str, edge: str, more: str = "") -> str:
    return f'<path fill="{fill}" stroke="{edge}"{more} d="{data}"/>' if data else ""


def areas(kind: str, view: View, fills: Sequence[str] | None = None) -> str:
    """Draw every territory of a kind, each in its colour, in the order of ``outline_codes``."""
    shapes = outline_shapes(kind, 1000)
    edge = colour("edge")
    if fills is None:
        return f'<path fill="none" stroke="{edge}" d="{path_of(_in_view(shapes, view))}"/>'
    colours = np.asarray(fills, dtype=object)
    parts = [
        f'<path fill="{fill}" stroke="{edge}" stroke-width="0.5"'
        f' d="{path_of(_in_view(shapes[colours == fill], view))}"/>'
        for fill in dict.fromkeys(fills)
    ]
    return "".join(parts)


def perimeter(kind: str, code: str, view: View, beyond: float = 0.0) -> str:
    """Draw the outline of one territory."""
    return outline(france.geometry(kind, code), view, beyond)


def outline(area: shapely.Geometry, view: View, beyond: float = 0.0) -> str:
    """Draw the outline of an area (WGS 84)."""
    shape = np.array([area], dtype=object)
    return f'<path class="perimetre" d="{path_of(_in_view(shape, view, beyond))}"/>'


def _in_view(shapes: Any, view: View, beyond: float = 0.0, fine: float = _FINEST) -> Any:
    cut = shapely.clip_by_rect(shapes, *view.bounds(beyond + 0.02))
    cut = cut[~shapely.is_empty(cut)]
    return shapely.simplify(shapely.transform(cut, view.xy), fine)


def path_of(shapes: Iterable[Any]) -> str:
    """Write polygons as the data of an SVG path, to the unit."""
    rings: list[str] = []
    for shape in shapes:
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon" and not part.is_empty:
                rings += [_ring(ring) for ring in (part.exterior, *part.interiors)]
    return "".join(rings)


def _ring(ring: Any) -> str:
    return _steps(ring, closed=True)


def _steps(line: Any, *, closed: bool = False) -> str:
    """Write a line, or a ring without its last corner, as steps from corner to corner."""
    points = np.rint(shapely.get_coordinates(line)).astype(int)
    points = points[:-1] if closed else points
    if not len(points):
        return ""
    (x, y), steps = points[0].tolist(), np.diff(points, axis=0).tolist()
    moved = [f"{dx} {dy}" for dx, dy in steps if dx or dy]
    end = "z" if closed else ""
    return f"M{x} {y}l{' '.join(moved)}{end}" if len(moved) > closed else ""


def spots_of(rows: pd.DataFrame, view: View) -> Spots:
    """Place the rows, each of which has a point."""
    pairs = rows[["longitude", "latitude"]].to_numpy(np.float64).reshape(-1, 2)
    return np.asarray(view.xy(pairs), dtype=np.float64)


def names(view: View, occupied: Spots, most: int, apart: float) -> str:
    """Name the first towns, none nearer than ``apart`` units to another or to a mark."""
    label_spots: list[tuple[float, float]] = [(x, y) for x, y in occupied.tolist()]
    labels = []
    for name, lon, lat in towns_in(view.bounds(), most):
        x, y = view.xy(np.array([[lon, lat]]))[0].tolist()
        half = apart * len(name) / _LETTERS  # so that no name is cut by an edge
        if not half < x < view.width - half or not apart / 4 < y < view.height - apart / 4:
            continue
        if all(abs(x - a) > apart or abs(y - b) > apart / 2 for a, b in label_spots):
            label_spots.append((x, y))
            labels.append(f'<text class="ville" x="{x:.0f}" y="{y:.0f}">{escape(name)}</text>')
    return "".join(labels)


def marks(rows: pd.DataFrame, spots: Spots, size: float, *, ranked: bool = False) -> str:
    """Draw a mark at each spot, the first above the others; ``ranked``: with its rank."""
    if crowd.is_crowd(spots) and not ranked:
        kinds = [symbols.mark_of(practices) for practices in rows["practices"]]

        def alone(indices: Ints) -> str:
            return marks(rows.iloc[indices], spots[indices], size)

        return crowd.rings(spots, kinds, symbols.marks(), size, alone)
    half, symbol_svgs = size / 2, []
    known = zip(spots.tolist(), rows["practices"], strict=True)
    for place, ((x, y), practices) in enumerate(known, start=1):
        mark = symbols.mark_svg(symbols.marks()[symbols.mark_of(practices)], int(size))
        rank = (
            f'<g class="rang" transform="translate({x + 0.4 * size:.0f} {y - 0.4 * size:.0f})">'
            f'<circle r="{0.3 * size:.0f}"/><text y="{0.14 * size:.1f}">{place}</text></g>'
        )
        at = f'<g transform="translate({x - half:.0f} {y - half:.0f})">{mark}</g>'
        symbol_svgs.append(at + (rank if ranked else ""))
    return "".join(reversed(symbol_svgs))
