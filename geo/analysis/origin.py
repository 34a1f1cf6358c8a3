"""Where a search starts from: a commune, a territory, or a bare point."""

from dataclasses import dataclass

import numpy as np

from geo.analysis.locate import locate
from geo.crs import Floats, check_lonlat, distance_to_m, geodesic_m
from geo.errors import UnknownCodeError
from geo.reference import france
from geo.reference.territory import territory


@dataclass(frozen=True)
class Origin:
    """An origin: its point, and the territory it stands for or lies in.

    ``kind`` is « point » or a kind of territory; ``territory`` is the territory itself, or the
    commune that holds the point, or None at sea and abroad.
    """

    kind: str
    label: str
    longitude: float
    latitude: float
    territory: tuple[str, str] | None
    departement_code: str = ""

    def to_url(self) -> str:
        """Give the text that ``parse_origin`` reads back."""
        if self.kind == "point":
            return f"{self.longitude:.5f},{self.latitude:.5f}"
        return ":".join(self.territory or ())

    def distances_m(self, lon: Floats, lat: Floats, *, boundary: bool = False) -> Floats:
        """Measure geodesic distances to other places, in metres.

        From the point of the place, or, for a territory and on request, from its boundary:
        0 inside. A commune's point is its town hall where it is known.
        """
        if boundary and self.kind != "point" and self.territory is not None:
            perimeter = france.geometry(*self.territory)
            return distance_to_m(perimeter, self.departement_code, lon, lat)
        here = np.full(lon.shape, self.longitude), np.full(lon.shape, self.latitude)
        return geodesic_m(*here, lon, lat)


def territory_origin(kind: str, code: str) -> Origin:
    """Start from a territory of any kind, a commune among them.

    Raises
    ------
    UnknownCodeError
        There is no such territory.
    """
    found = territory(kind, code)
    return Origin(
        kind, found.label, found.longitude, found.latitude, (kind, code), found.departement_code
    )


def point_origin(lon: float, lat: float) -> Origin:
    """Start from a point: longitude and latitude in degrees, WGS 84.

    Raises
    ------
    BadCoordinatesError
        It is no place on Earth.
    """
    check_lonlat(lon, lat)
    home = next((found for found in locate(lon, lat) if found.kind == "commune"), None)
    written = (
        f"{abs(lat):.4f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.4f}° {'E' if lon >= 0 else 'O'}"
    )
    where = f"un point de {home.label}" if home else "un point hors de France"
    label = f"{where} ({written.replace('.', ',')})"
    if home is None:
        return Origin("point", label, lon, lat, None)
    return Origin("point", label, lon, lat, ("commune", home.code), home.departement_code)


def parse_origin(text: str) -> Origin:
    """Read back what ``Origin.to_url`` wrote: « commune:94018 » or « 2.41382,48.82312 ».

    Raises
    ------
    AtlasError
        The text names no territory and is no point, in French.
    """
    kind, colon, code = text.partition(":")
    if colon:
        return territory_origin(kind, code)
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        raise UnknownCodeError(
            f"Lieu illisible : « {text[:60]} ». Écrivez par exemple commune:94018 ou 2.41,48.82."
        ) from None
    return point_origin(lon, lat)
