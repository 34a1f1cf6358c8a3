"""Which territories hold a point: one point in full, or a million for one kind.

A point on a border belongs to the commune with the lowest code among those that touch it there,
and so to the territories of that commune: every kind agrees, whatever the order of the question.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.analysis.zones import Geometries, Ints, Zones
from geo.crs import GEOD, Floats, check_lonlat, distance_to_m
from geo.errors import BadCoordinatesError, UnknownCodeError
from geo.reference import france
from geo.reference.territory import COMMUNE, Territory, kinds, territory

Codes = npt.NDArray[np.object_]
Key = tuple[str, str]
"""Kind and code of a territory."""

_NEAR_M: Final = 2_000.0


@dataclass
class Locator:
    """Communes in the order of their codes, what they belong to, and the larger perimeters.

    ``belongs`` has one row per pair (commune_code, territory_kind, territory_code); ``shapes``
    gives the codes, in order, and the perimeters of a kind. All geometry is WGS 84.
    """

    codes: Codes
    geometries: Geometries
    belongs: pd.DataFrame
    shapes: Callable[[str], tuple[Codes, Geometries]]

    def __post_init__(self) -> None:
        """Make room for what is built when first asked for."""
        self._zones: dict[str, tuple[Codes, Zones]] = {}
        self._building = Lock()

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the communes' boxes."""
        return shapely.STRtree(self.geometries)

    def at(self, lon: float, lat: float) -> list[Key]:
        """Name every territory that holds a point, its commune first; none at sea, abroad."""
        found = self.tree.query(shapely.Point(lon, lat), predicate="intersects")
        if not len(found):
            return []
        home = str(self.codes[found.min()])
        mine = self.belongs[self.belongs["commune_code"] == home]
        pairs = zip(mine["territory_kind"].to_list(), mine["territory_code"].to_list(), strict=True)
        return [(COMMUNE, home), *sorted(pairs, key=lambda key: (kinds().index(key[0]), key[1]))]

    def many(self, lon: Floats, lat: Floats, kind: str) -> Codes:
        """Give the code of the territory of a kind around each point, None outside.

        Where territories of a kind overlap (CRTE), the lowest code.
        """
        if kind == COMMUNE or kind in self._overlapping:
            return self._through_communes(lon, lat, kind)
        codes, zones = self._zones_of(kind)
        zone, on_border = zones.first(lon, lat)
        answer = _taken(codes, zone)
        if len(on_border):
            answer[on_border] = self._through_communes(lon[on_border], lat[on_border], kind)
        return answer

    def near(self, lon: float, lat: float, tolerance_m: float) -> Ints:
        """List the communes whose box comes within a distance of a point."""
        sides = GEOD.fwd([lon] * 4, [lat] * 4, [0, 90, 180, 270], [tolerance_m * 1.01] * 4)
        box = shapely.box(min(sides[0]), min(sides[1]), max(sides[0]), max(sides[1]))
        return np.sort(self.tree.query(box))

    def _through_communes(self, lon: Floats, lat: Floats, kind: str) -> Codes:
        codes, zones = self._zones_of(COMMUNE)
        zone, _ = zones.first(lon, lat)  # On a border: the lowest index, hence the lowest code.
        if kind == COMMUNE:
            return _taken(codes, zone)
        pairs = self.belongs[self.belongs["territory_kind"] == kind]
        lowest = pairs.groupby("commune_code")["territory_code"].min().reindex(self.codes)
        table = lowest.astype(object).where(lowest.notna(), None).to_numpy(dtype=object)
        return _taken(table, zone)

    def _zones_of(self, kind: str) -> tuple[Codes, Zones]:
        with self._building:
            if kind not in self._zones:
                known = (self.codes, self.geometries) if kind == COMMUNE else self.shapes(kind)
                self._zones[kind] = known[0], Zones(known[1])
            return self._zones[kind]

    @cached_property
    def _overlapping(self) -> frozenset[str]:
        pairs = self.belongs[["commune_code", "territory_kind"]]
        return frozenset(pairs.loc[pairs.duplicated(), "territory_kind"])


def locate(lon: float, lat: float) -> list[Territory]:
    """Name every territory that holds a point, all kinds, the commune first.

    On a border: the commune with the lowest code and its territories. A commune in two CRTE
    gives both. At sea and abroad: nothing; see ``nearest_commune``.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.

    Raises
    ------
    BadCoordinatesError
        It is no place on Earth.
    """
    check_lonlat(lon, lat)
    return [territory(kind, code) for kind, code in _locator().at(lon, lat)]


def nearest_commune(
    lon: float, lat: float, tolerance_m: float = _NEAR_M
) -> tuple[Territory, float] | None:
    """Find the commune of a point, or the nearest one for a quay the drawn coast leaves out.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.
    tolerance_m
        Farthest boundary to accept, in metres.

    Returns
    -------
    The commune and the geodesic distance to its boundary, 0 inside; the lowest code when several
    are as near; None when all are farther.

    Raises
    ------
    BadCoordinatesError
        It is no place on Earth.
    """
    check_lonlat(lon, lat)
    locator = _locator()
    inside = locator.at(lon, lat)
    if inside:
        return territory(*inside[0]), 0.0
    x, y, best = np.array([lon]), np.array([lat]), (tolerance_m, "")
    for row in locator.near(lon, lat, tolerance_m).tolist():
        code = str(locator.codes[row])
        departement = territory(COMMUNE, code).departement_code
        far = float(distance_to_m(locator.geometries[row], departement, x, y)[0])
        if far < best[0] or (far == best[0] and not best[1]):
            best = far, code
    return (territory(COMMUNE, best[1]), best[0]) if best[1] else None


def locate_many(lon: Floats, lat: Floats, kind: str) -> Codes:
    """Give the code of the territory of one kind around each point.

    The rules are those of ``locate``; a point in two CRTE gets the lowest code.

    Parameters
    ----------
    lon, lat
        Shape (n,), degrees, WGS 84.
    kind
        A kind of territory: commune, epci, ept, petr, crte, departement, region.

    Returns
    -------
    Codes as text, None outside, shape (n,).

    Raises
    ------
    BadCoordinatesError
        One of them is no place on Earth, or the two arrays differ in length.
    UnknownCodeError
        There is no such kind.
    """
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    _check_many(lon, lat)
    if kind not in kinds():
        raise UnknownCodeError(
            f"Type de territoire inconnu\u00a0: «\u00a0{kind[:40]}\u00a0». "
            f"Types possibles\u00a0: {', '.join(kinds())}."
        )
    return _locator().many(lon, lat, kind)


def _check_many(lon: Floats, lat: Floats) -> None:
    if lon.shape != lat.shape or lon.ndim != 1:
        raise BadCoordinatesError(
            "Il faut autant de longitudes que de latitudes\u00a0: "
            f"{lon.size} et {lat.size} sont données."
        )
    bad = np.flatnonzero(~((np.abs(lon) <= 180) & (np.abs(lat) <= 90)))  # noqa: PLR2004
    if len(bad):
        check_lonlat(float(lon[bad[0]]), float(lat[bad[0]]))


def _taken(codes: Codes, zone: Ints) -> Codes:
    """Turn indices into codes, NOWHERE into None."""
    known = np.empty(len(codes) + 1, dtype=object)
    known[:-1] = codes  # NOWHERE, -1, reads the last place, which stays None.
    return known[zone]


@cache
def _locator() -> Locator:
    return Locator(
        codes=france.communes().index.to_numpy(dtype=object),
        geometries=france.commune_geometries(),
        belongs=france.membership(),
        shapes=france.territory_geometries,
    )
