"""How far places lie from the border of a territory, measured once for those that stay.

A directory of many is edited one record at a time: the others stand where they stood.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo.analysis.origin import Origin
from geo.crs import Floats
from geo.latest import Latest
from geo.settings import settings

Spots = npt.NDArray[np.complex128]
_MANY: Final = 2_000  # places: fewer are measured sooner than looked for
_PLACES: Final[Latest[object, tuple[Spots, Floats]]] = Latest(16)
"""The latest places of each territory: in order, as complex numbers, with their metres."""


def to_border_m(origin: Origin, lon: Floats, lat: Floats) -> Floats:
    """Measure as ``origin.distances_m`` does to a border, and remember it of many places.

    Parameters
    ----------
    lon, lat
        Places, shape (n,), degrees, WGS 84.
    """
    if len(lon) < _MANY:
        return origin.distances_m(lon, lat, boundary=True)
    key = origin, settings().reference
    spots, where = np.unique(lon + 1j * lat, return_inverse=True)
    metres = np.full(len(spots), np.nan)
    before = _PLACES.get(key)
    if before is not None:
        at = np.searchsorted(before[0], spots).clip(max=len(before[0]) - 1)
        metres = np.where(before[0][at] == spots, before[1][at], metres)
    new = np.isnan(metres)
    metres[new] = origin.distances_m(spots.real[new], spots.imag[new], boundary=True)
    _PLACES.put(key, (spots, metres))
    return metres[where]
