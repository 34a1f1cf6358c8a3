"""The pieces of a drawing, as SVG: land, perimeters, names of towns, marks."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.output.maps import ground, symbols
from geo.output.maps.outlines import outline_shapes
from geo.output.svg_maps import crowd
from geo.output.svg_maps.view import View
from geo.palette import colour
from geo.reference import france, surroundings
from geo.reference.territory import COMMUNE

_FINEST: Final = 0.8  # units
_LEAST_WIDTH: Final = 1.4  # degrees
_GROUND: Final = {
    ground.LAND: (colour("cream"), "none", ""),
    ground.TOWN: (colour("town"), "none", ' style="mix-blend-mode:multiply"'),
    COMMUNE: ("none", colour("commune-edge"), ' stroke-width="{thick:.1f}"'),
    ground.DEPARTEMENT: ("none", colour("coast"), ' stroke-width="{thick:.1f}"'),
    ground.COAST: ("none", colour("coast"), ' stroke-width="{thick:.1f}"'),
}
"""What of the ground is drawn, in order: its fill, its line, and how."""
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
    return _path(_lines_data(shapes), "none", colour("river"), f' stroke-width="{width:g}"')


def _lines_data(shapes: Iterable[Any]) -> str:
    return "".join(_steps(part) for shape in shapes for part in shapely.get_parts(shape))


def _path(data: str, fill: str, edge: str, more: str = "") -> str:
    return f'<path fill="{fill}" stroke="{edge}"{more} d="{data}"/>' if data else ""


def close_land(
    view: View,
    beyond: float = 0.0,
    fine: float = _FINEST,
    *,
    thick: float = 1.0,
    in_full: float = 1.2,
) -> str:
    """Draw the land of a close view, its towns, the limits of its communes and départements.

    ``fine``: units; ``thick``: how much wider lines are than on the live map; ``in_full``: the
    degrees across under which a view has the limits in full.
    """
    box = view.bounds(beyond)
    near = box[2] - box[0] < in_full
    found = ground.parts(ground.NEAR if near else ground.FAR, box)
    paths = []
    for role, (fill, edge, style) in _GROUND.items():
        shapes = _in_view(shapely.get_parts(found.get(role)), view, beyond, fine)
        data = path_of(shapes) if edge == "none" else _lines_data(shapes)
        paths.append(_path(data, fill, edge, style.format(thick=thick)))
    return "".join(paths)


def departements(view: View, beyond: float = 0.0) -> str:
    """Draw the lines between départements, over the land."""
    shapes = _in_view(outline_shapes("departement", 1000), view, beyond)
    return _path(path_of(shapes), "none", colour("edge"))


def areas(kind: str, view: View, fills: Sequence[str] | None = None, fine: float = _FINEST) -> str:
    """Draw every territory of a kind, each in its colour, in the order of ``outline_codes``."""
    shapes = outline_shapes(kind, 1000)
    edge = colour("edge")
    if fills is None:
        return f'<path fill="none" stroke="{edge}" d="{path_of(_in_view(shapes, view))}"/>'
    colours = np.asarray(fills, dtype=object)
    parts = [
        f'<path fill="{fill}" stroke="{edge}" stroke-width="0.5"'
        f' d="{path_of(_in_view(shapes[colours == fill], view, fine=fine))}"/>'
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


def marks(rows: pd.DataFrame, spots: Spots, size: float, *, ranked: bool = False) -> str:
    """Draw a mark at each spot, the first above the others, or a ring for those that hide others.

    ``ranked``: each with its rank, none put together.
    """
    kinds = [symbols.mark_of(practices) for practices in rows["practices"]]
    ranks = rows["rank"].tolist() if ranked else [0] * len(rows)
    half, symbol_svgs = size / 2, []
    for (x, y), kind, place in zip(spots.tolist(), kinds, ranks, strict=True):
        mark = symbols.mark_svg(symbols.marks()[kind], int(size))
        rank = (
            f'<g class="rang" transform="translate({x + 0.4 * size:.0f} {y - 0.4 * size:.0f})">'
            f'<circle r="{0.3 * size:.0f}"/><text y="{0.14 * size:.1f}">{place}</text></g>'
        )
        at = f'<g transform="translate({x - half:.0f} {y - half:.0f})">{mark}</g>'
        symbol_svgs.append(at + (rank if ranked else ""))

    def alone(indices: Iterable[int]) -> str:
        return "".join(symbol_svgs[index] for index in sorted(indices, reverse=True))

    if ranked:
        return alone(range(len(symbol_svgs)))
    return crowd.rings(spots, kinds, symbols.marks(), size, alone)
