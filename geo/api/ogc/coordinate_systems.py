"""Coordinate systems by reference: OGC API – Features, part 2.

Those that hold all of France, overseas included, and whose boxes are boxes of longitudes and
latitudes: Lambert-93 is neither.
"""

from dataclasses import dataclass
from typing import Final

from geo.api.problem import RefusedError
from geo.api.query_params import QueryValues, one
from geo.crs import LONLAT, WEB_MERCATOR, WGS84, box_to_lonlat, in_system
from geo.output.collections import Box
from geo.output.datasets.table import Shapes

_ROOT: Final = "http://www.opengis.net/def/crs"


@dataclass(frozen=True)
class System:
    """A system that features are given in: its URI, its code, and the decimals of a centimetre."""

    uri: str
    code: str
    decimals: int

    def project(self, lonlat: Shapes) -> Shapes:
        """Return shapes of longitudes and latitudes in this system, axes in its own order."""
        return lonlat if self.code == LONLAT else in_system(lonlat, self.code)

    def box(self, corners: Box) -> Box:
        """Read a box of this system as west, south, east, north."""
        return corners if self.code == LONLAT else box_to_lonlat(corners, self.code)


STORED: Final = System(f"{_ROOT}/OGC/1.3/CRS84", LONLAT, 7)
SYSTEMS: Final = (
    STORED,
    System(f"{_ROOT}/EPSG/0/4326", WGS84, 7),
    System(f"{_ROOT}/EPSG/0/3857", WEB_MERCATOR, 2),
)
URIS: Final = [system.uri for system in SYSTEMS]
_BY_NAME: Final = {name: system for system in SYSTEMS for name in (system.uri, f"[{system.code}]")}


def system(parameters: QueryValues, name: str) -> System:
    """Read a parameter that names a system, by its URI or as ``[authority:code]``.

    Raises
    ------
    RefusedError
        No collection is given in it.
    """
    text = one(parameters, name)
    if text is None:
        return STORED
    if text not in _BY_NAME:
        raise RefusedError(f"{name} : systèmes servis, {', '.join(URIS)}.", name)
    return _BY_NAME[text]
