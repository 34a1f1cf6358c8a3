"""Borders of every territory of a kind in full detail, by square of the map.

A map that comes close asks for the squares it shows, so that a page stays light from afar. Lines
and no surfaces: cut at the edge of a square, a line leaves no trace of the cut.
"""

import json
from functools import cache, lru_cache
from math import atan, degrees, pi, sinh
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import UnknownCodeError
from geo.output.maps.outlines import layers_version
from geo.output.webfiles import WebFile, web_file
from geo.query.parameters import DRAWN_KINDS
from geo.reference import france
from geo.reference.territory import COMMUNE

SQUARE_ZOOM: Final = 11
"""Squares are the tiles of this zoom: 27 km wide in the middle of France."""
_DECIMALS: Final = 5  # a metre


@cache
def _shapes(kind: str) -> tuple[list[str], npt.NDArray[np.object_], shapely.STRtree]:
    if kind == COMMUNE:
        codes, shapes = list(france.communes().index), france.commune_geometries()
    else:
        found, shapes = france.territory_geometries(kind)
        codes = list(found)
    return codes, shapes, shapely.STRtree(shapes)


def borders_url(kind: str) -> str:
    """Return the address of the borders of a kind; ``{x}`` and ``{y}`` stand for the square."""
    return f"/layers/borders/{kind}/{{x}}/{{y}}.geojson?v={layers_version()}"


def square_box(x: int, y: int, zoom: int = SQUARE_ZOOM) -> tuple[float, float, float, float]:
    """Return the west, south, east and north of a square, degrees."""
    count = 1 << zoom
    north, south = (degrees(atan(sinh(pi * (1 - 2 * row / count)))) for row in (y, y + 1))
    west, east = (column / count * 360 - 180 for column in (x, x + 1))
    return west, south, east, north


@lru_cache(maxsize=256)
def borders(kind: str, x: int, y: int) -> WebFile:
    """Write the borders that cross a square, those of each territory on their own, with its code.

    Raises
    ------
    UnknownCodeError
        Maps draw no such kind, or there is no such square.
    """
    if kind not in {COMMUNE, *DRAWN_KINDS} or not {x, y} <= set(range(1 << SQUARE_ZOOM)):
        raise UnknownCodeError(f"Aucun contour n’est dessiné pour « {kind[:40]} » en {x}, {y}.")
    codes, shapes, tree = _shapes(kind)
    box = square_box(x, y)
    rows = np.sort(tree.query(shapely.box(*box)))
    lines = shapely.clip_by_rect(shapely.boundary(shapes[rows]), *box)
    lines = shapely.transform(lines, lambda pairs: np.round(pairs, _DECIMALS))
    features = [
        _feature(codes[row], line)
        for row, line in zip(rows, lines, strict=True)
        if not line.is_empty
    ]
    text = f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'
    return web_file(text.encode(), ".geojson")


def _feature(code: str, line: Any) -> str:
    properties = json.dumps({"code": code})
    return f'{{"type":"Feature","properties":{properties},"geometry":{shapely.to_geojson(line)}}}'
