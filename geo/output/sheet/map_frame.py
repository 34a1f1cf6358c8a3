"""The frame of a printed map: degrees to units of the drawing, north up, one scale."""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from geo.crs import GEOD

WIDTH: Final = 1000.0
_TALLEST: Final = 900.0
_FLATTEST: Final = 560.0
_MARGIN: Final = 0.07
_STEPS: Final = (1, 2, 5)
_LONGEST_BAR: Final = 0.3
_FINEST: Final = 0.7  # of a unit: a line's own width
_SMALLEST: Final = 0.02  # degrees: about two kilometres


@dataclass(frozen=True)
class MapFrame:
    """A box of the Earth drawn in a box of ``WIDTH`` × ``height`` units.

    Longitudes are shrunk by the cosine of the middle latitude, so that north is up everywhere
    and both axes share one scale, exact there.
    """

    west: float
    north: float
    scale: float
    shrink: float
    height: float

    def xy(self, pairs: Any) -> Any:
        """Place longitudes and latitudes, one pair a row."""
        lon, lat = pairs[:, 0], pairs[:, 1]
        return np.column_stack(
            [(lon - self.west) * self.shrink * self.scale, (self.north - lat) * self.scale]
        )

    def box(self, beyond: float = 0.0) -> tuple[float, float, float, float]:
        """Return west, south, east, north of what is drawn, and ``beyond`` units more around."""
        more = beyond / self.scale
        east = self.west + WIDTH / self.scale / self.shrink
        south = self.north - self.height / self.scale
        wide = more / self.shrink
        return self.west - wide, south - more, east + wide, self.north + more

    def path(self, shape: shapely.Geometry) -> str:
        """Write a shape as an SVG path, cut to the frame and no finer than ink."""
        cut = shapely.clip_by_rect(shape, *self.box(6))
        simplified = shapely.simplify(shapely.transform(cut, self.xy), _FINEST)
        rings = [
            ring for part in _polygons(simplified) for ring in (part.exterior, *part.interiors)
        ]
        return "".join(_ring(ring) for ring in rings)

    def bar(self) -> tuple[float, float]:
        """Choose a round scale bar: kilometres, and its length in units."""
        west, south, east, north = self.box()
        middle = (south + north) / 2
        _, _, metres = GEOD.inv(west, middle, east, middle)
        per_unit = metres / 1000 / WIDTH
        room = per_unit * WIDTH * _LONGEST_BAR
        power = 10.0 ** math.floor(math.log10(room))
        kilometres = max(step * power for step in _STEPS if step * power <= room)
        return kilometres, kilometres / per_unit


def _polygons(shape: shapely.Geometry) -> list[shapely.Polygon]:
    parts = shapely.get_parts(shape)
    polygons = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
    nested = [part for part in parts if part.geom_type in {"MultiPolygon", "GeometryCollection"}]
    return polygons + [polygon for part in nested for polygon in _polygons(part)]


def _ring(ring: shapely.LinearRing) -> str:
    points = np.round(shapely.get_coordinates(ring)[:-1], 1)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def frame_around(shape: shapely.Geometry) -> MapFrame:
    """Frame a perimeter with a margin around it."""
    west, south, east, north = shape.bounds
    shrink = math.cos(math.radians((south + north) / 2))
    wide = max((east - west) * shrink, _SMALLEST) * (1 + 2 * _MARGIN)
    tall = max(north - south, _SMALLEST) * (1 + 2 * _MARGIN)
    scale = min(WIDTH / wide, _TALLEST / tall)
    height = min(max(tall * scale, _FLATTEST), _TALLEST)
    return MapFrame(
        west=(west + east) / 2 - WIDTH / scale / shrink / 2,
        north=(south + north) / 2 + height / scale / 2,
        scale=scale,
        shrink=shrink,
        height=height,
    )
