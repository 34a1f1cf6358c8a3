"""Where things stand in a drawing: degrees to its units, north up, Web Mercator."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from geo.crs import GEOD
from geo.output.maps.places import Bounds

Box = tuple[float, float, float, float]
"""West, north, east, south, in units of the drawing, y down."""
_SMALLEST: Final = 0.28  # degrees of longitude: a live map opens no closer than zoom 12
_STEPS: Final = (5, 2, 1)
_LONGEST_BAR: Final = 0.22  # of the width
_KM: Final = 1000.0
_WHOLE: Final = 360 / 256  # degrees a pixel at zoom 0
_WORDS: Final = 12.0  # pixels


@dataclass(frozen=True)
class View:
    """A box of the Earth drawn in a box of ``width`` × ``height`` units."""

    west: float
    north: float
    scale: float
    width: float
    height: float

    def xy(self, pairs: Any) -> Any:
        """Place longitudes and latitudes (degrees), one pair a row."""
        x = (pairs[:, 0] - self.west) * self.scale
        return np.column_stack([x, (self.north - mercator(pairs[:, 1])) * self.scale])

    def bounds(self, beyond: float = 0.0) -> Bounds:
        """Return west, south, east, north (degrees) of what is drawn, and so much more around.

        ``beyond``: in widths and heights of the box.
        """
        wide, tall = self.width / self.scale, self.height / self.scale
        south, north = _latitude(
            np.array([self.north - tall * (1 + beyond), self.north + tall * beyond])
        ).tolist()
        return self.west - wide * beyond, south, self.west + wide * (1 + beyond), north

    @property
    def frame(self) -> Box:
        """Return the whole box of the drawing."""
        return 0.0, 0.0, self.width, self.height

    def holding(self, boxes: Iterable[Box]) -> "View":
        """Step back until boxes (units) are whole in the view, where they stand now."""
        west, north, east, south = zip(self.frame, *boxes, strict=True)
        wide, tall = max(east) - min(west), max(south) - min(north)
        scale = self.scale * min(self.width / wide, self.height / tall)
        middle = (min(west) + wide / 2) / self.scale, (min(north) + tall / 2) / self.scale
        return replace(
            self,
            west=self.west + middle[0] - self.width / scale / 2,
            north=self.north - middle[1] + self.height / scale / 2,
            scale=scale,
        )

    def zoom(self, text: float) -> float:
        """Return the zoom of the live map that shows as much beside its words.

        ``text``: the size of the words here, in units; there they are 12 pixels high.
        """
        return float(np.log2(self.scale * _WHOLE * _WORDS / text))

    def bar(self) -> tuple[float, float]:
        """Choose a round scale bar: kilometres, and its length in units, true at mid-height."""
        west, south, east, north = self.bounds()
        _, _, metres = GEOD.inv(west, (south + north) / 2, east, (south + north) / 2)
        by_unit = metres / _KM / self.width
        room = self.width * _LONGEST_BAR * by_unit
        power = 10.0 ** np.floor(np.log10(room))
        kilometres = next(step * power for step in _STEPS if step * power <= room)
        return float(kilometres), float(kilometres / by_unit)


def mercator(latitude: Any) -> Any:
    """Return the height of latitudes (degrees) in Web Mercator, in degrees of the equator."""
    return np.degrees(np.log(np.tan(np.pi / 4 + np.radians(latitude) / 2)))


def _latitude(height: Any) -> Any:
    return np.degrees(2 * np.arctan(np.exp(np.radians(height))) - np.pi / 2)


def view_of(bounds: Bounds, width: float, height: float, margin: float = 0.0) -> View:
    """Return the view of a whole box: west, south, east, north, in degrees.

    ``margin``: units left free on each side.
    """
    west, south, east, north = bounds
    more = max(_SMALLEST - (east - west), 0) / 2
    west, east = west - more, east + more
    foot, top = (float(one) for one in mercator(np.array([south, north])))
    tall = max(top - foot, 1e-6)
    scale = min((width - 2 * margin) / (east - west), (height - 2 * margin) / tall)
    middle = (west + east) / 2, (foot + top) / 2
    return View(middle[0] - width / scale / 2, middle[1] + height / scale / 2, scale, width, height)
