"""Where a search starts from: a commune, a territory, or a bare point."""

import math
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.analysis.locate import locate
from geo.crs import Floats, check_lonlat, distance_to_m, geodesic_m
from geo.directory.geocoding.query import normalised
from geo.errors import BadCoordinatesError, UnknownCodeError
from geo.query.values import real
from geo.reference import france
from geo.reference.old_codes import remark
from geo.reference.place import Place
from geo.reference.territory import COMMUNE, code_today, territory

# A comma separates the two numbers unless it is the decimal mark of both.
_NUMBER: Final = r"([+-]?\d{1,3}(?:[.,]\d+)?)"
_TWO_NUMBERS: Final = re.compile(
    rf"{_NUMBER}(?:\s*;\s*|\s*,\s+|\s+|(?<=\d),(?=[+-]?\d+\.)){_NUMBER}"
)
_NOT_ADDRESS: Final = re.compile(r"[^0-9A-Za-zÀ-ÖØ-öø-ÿŒœ'’ .()°/-]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LONGEST: Final = 120
_LEAST_RADIUS_KM: Final = 6_300.0  # less than any of the ellipsoid: a box never too small
_HALF_TURN: Final = 180.0  # degrees
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Origin:
    """An origin: its point, and the territory it stands for or lies in.

    ``kind`` is « point » or a kind of territory; ``territory`` is the territory itself, or the
    commune that holds the point, or None at sea and abroad. ``address`` names a point that was
    found by its address; ``remark`` says that a code is old, or that of an arrondissement.
    """

    kind: str
    label: str
    longitude: float
    latitude: float
    territory: Place | None
    departement_code: str = ""
    address: str = ""
    remark: str = ""

    @property
    def area(self) -> Place | None:
        """Return the territory that it stands for; a point only lies in one."""
        return self.territory if self.kind != "point" else None

    def to_url(self) -> str:
        """Return the text that ``parse_origin`` reads back."""
        if self.kind == "point":
            named = f",{self.address}" if self.address else ""
            return f"{self.longitude:.5f},{self.latitude:.5f}{named}"
        return str(self.territory or "")

    def distances_m(self, lon: Floats, lat: Floats, *, boundary: bool = False) -> Floats:
        """Measure geodesic distances to other places, in metres.

        From the point of the place, or, for a territory and on request, from its boundary:
        0 inside. A commune's point is its town hall where it is known.
        """
        if boundary and self.area is not None:
            perimeter = france.geometry(*self.area)
            return distance_to_m(perimeter, self.departement_code, lon, lat)
        here = np.full(lon.shape, self.longitude), np.full(lon.shape, self.latitude)
        return geodesic_m(*here, lon, lat)

    def may_reach(self, lon: Floats, lat: Floats, within_km: float) -> Bools:
        """Tell which places may be so near its territory; the others are surely further."""
        if self.area is None:
            return np.ones(len(lon), dtype=bool)
        west, south, east, north = shapely.bounds(france.geometry(*self.area)).tolist()
        turn, highest = within_km / _LEAST_RADIUS_KM, math.radians(max(abs(south), abs(north)))
        up, along = math.degrees(turn), math.inf
        if turn + highest < math.pi / 2:
            along = math.degrees(math.asin(math.sin(turn) / math.cos(highest)))
        if west - along < -_HALF_TURN or east + along > _HALF_TURN:
            along = math.inf  # past the antimeridian
        near = (lat >= south - up) & (lat <= north + up)
        return np.asarray(near & (lon >= west - along) & (lon <= east + along))


def territory_origin(kind: str, code: str) -> Origin:
    """Start from a territory of any kind; a former commune's code leads to today's, and says so.

    Raises
    ------
    UnknownCodeError
        There is no such territory.
    """
    found = territory(kind, code_today(kind, code))
    home = found.departement_code
    remark_text = remark(code) if kind == COMMUNE else ""
    at = found.longitude, found.latitude
    return Origin(kind, found.label, *at, found.place, home, remark=remark_text)


def point_origin(lon: float, lat: float) -> Origin:
    """Start from a point: longitude and latitude in degrees, WGS 84.

    Raises
    ------
    BadCoordinatesError
        It is no place on Earth.
    """
    check_lonlat(lon, lat)
    found = locate(lon, lat)
    home = found.territories[0] if found.territories else None
    written = (
        f"{abs(lat):.4f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.4f}° {'E' if lon >= 0 else 'O'}"
    )
    label = f"un point {found.where} ({written.replace('.', ',')})"
    if home is None:
        return Origin("point", label, lon, lat, None)
    return Origin("point", label, lon, lat, home.place, home.departement_code)


def address_origin(lon: float, lat: float, address: str) -> Origin:
    """Start from a point that an address names; the commune is said too where it does not.

    Raises
    ------
    BadCoordinatesError
        It is no place on Earth.
    """
    point = point_origin(lon, lat)
    # A link may carry any text: only what an address is made of is taken from it.
    written = " ".join(_NOT_ADDRESS.sub(" ", address)[:_LONGEST].split())
    if not written:
        return point
    home = france.communes().loc[point.territory.code, "commune_name"] if point.territory else ""
    place = point.label.rpartition(" (")[0]
    has_commune = home and normalised(str(home)) in normalised(written)
    label = written if has_commune else f"{written}, {place}"
    return replace(point, label=label, address=written)


def typed_point(text: str) -> Origin | None:
    """Read two numbers that a person typed or pasted; None when the text is anything else.

    Maps are copied as « latitude, longitude », files hold « longitude, latitude »: the order that
    falls in a commune of France is taken, the first of the two when neither or both do.
    """
    parts = _TWO_NUMBERS.fullmatch(text.strip())
    if parts is None:
        return None
    first, second = (float(part.replace(",", ".")) for part in parts.groups())
    origins = []
    for lon, lat in ((second, first), (first, second)):
        with suppress(BadCoordinatesError):
            origins.append(point_origin(lon, lat))
    return next((o for o in origins if o.territory), origins[0] if origins else None)


def parse_origin(text: str) -> Origin:
    """Read back what ``Origin.to_url`` wrote: « commune:94018 » or « 2.41382,48.82312 ».

    An address may follow the point: « 2.41382,48.82312,48 Rue de Paris 94220 Charenton-le-Pont ».

    Raises
    ------
    AtlasError
        The text names no territory and is no point, in French.
    """
    if ":" in text:
        return territory_origin(*Place.parse(text))
    first, second, address = (*text.split(",", 2), "", "")[:3]
    # A third number is no address.
    second = second if _LETTER.search(address or "a") else ""
    lon, lat = real(first.strip()), real(second.strip())
    if lon is None or lat is None:
        raise UnknownCodeError(
            f"Lieu illisible : « {text[:60]} ». Écrivez par exemple commune:94018 ou 2.41,48.82."
        )
    return address_origin(lon, lat, address)
