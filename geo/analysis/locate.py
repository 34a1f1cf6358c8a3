"""Which territories hold a point: one point in full, or a million for one kind.

A point on a border belongs to the commune with the lowest code among those that touch it there,
and so to the territories of that commune: every kind agrees, whatever the order of the question.
A point in no commune belongs to the nearest one within 500 m of a coast
(``geo.reference.coast_margin``).
"""

from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.analysis.zones import Tests, Zones
from geo.crs import Floats, Ints, check_lonlat
from geo.errors import BadCoordinatesError, UnknownCodeError
from geo.memory import give_back
from geo.reference import france
from geo.reference.coast_margin import Margin, margin, off, remark
from geo.reference.kinds import kind_codes
from geo.reference.shores import NOWHERE
from geo.reference.territory import COMMUNE, Territory, territory

Codes = npt.NDArray[np.object_]
Key = tuple[str, str]
"""Kind and code of a territory."""

_NEAR_M: Final = 2_000.0


@dataclass(frozen=True)
class Located:
    """The territories of a point, its commune first, and how far outside them it is.

    ``near`` is its commune, or the nearest within 2 km of a point that belongs to none;
    ``distance_m`` is 0 inside.
    """

    territories: tuple[Territory, ...] = ()
    near: Territory | None = None
    distance_m: float = 0.0

    @property
    def where(self) -> str:
        """Say in a few words where the point is."""
        if self.near is None:
            return "hors de France"
        out = f", {off(self.distance_m)}" if self.distance_m else ""
        return f"de {self.near.label}{out}"

    @property
    def remark(self) -> str:
        """Say what is to know of a point outside; nothing of a point inside."""
        if self.near is None:
            return "Ce point n’est dans aucun territoire français connu."
        return remark(self.distance_m, self.near.label, attached=bool(self.territories))

    def rows(self) -> list[dict[str, Any]]:
        """Return the fields that the terminal and the API answer."""
        return [
            {"kind": t.kind, "code": t.code, "name": t.name, "distance_m": self.distance_m}
            for t in self.territories
        ]


@dataclass
class Locator:
    """Communes in the order of their codes, and what they belong to.

    ``belongs`` has one row per pair (commune_code, territory_kind, territory_code). All geometry
    is WGS 84.
    """

    codes: Codes
    margin: Margin
    belongs: pd.DataFrame

    def __post_init__(self) -> None:
        """Make room for what is built when first asked for."""
        self._squares: dict[str, Tests] = {}
        self._tables: dict[str, Codes] = {COMMUNE: self.codes}
        self._building = Lock()

    def home(self, lon: float, lat: float) -> tuple[int, float]:
        """Find the row of the commune of a point, NOWHERE at sea or abroad; metres outside it."""
        rows, metres = self.margin.holders(np.array([lon]), np.array([lat]))
        return int(rows[0]), float(metres[0])

    def of(self, row: int) -> list[Key]:
        """Name a commune and every territory it belongs to, from the smallest; none of NOWHERE."""
        if row == NOWHERE:
            return []
        home = str(self.codes[row])
        mine = self.belongs[self.belongs["commune_code"] == home]
        pairs = zip(mine["territory_kind"].to_list(), mine["territory_code"].to_list(), strict=True)
        order = kind_codes()
        return [(COMMUNE, home), *sorted(pairs, key=lambda key: (order.index(key[0]), key[1]))]

    def at(self, lon: float, lat: float) -> list[Key]:
        """Name every territory of a point, its commune first; none at sea, abroad."""
        return self.of(self.home(lon, lat)[0])

    def many(self, lon: Floats, lat: Floats, kind: str) -> Codes:
        """Return the code of the territory of a kind of each point, None without.

        Where territories of a kind overlap (CRTE), the lowest code.
        """
        zone = self._zones.first(lon, lat, self._tests(kind))
        lost = np.flatnonzero(zone == NOWHERE)
        zone[lost] = self.margin.beside(lon[lost], lat[lost])
        return _to_codes(self._of_communes(kind), zone)

    def _tests(self, kind: str) -> Tests:
        """Return how many communes to test in each square, to tell the territory of a kind."""
        if kind not in self._squares:
            group, _ = pd.factorize(self._of_communes(kind))
            self._squares[kind] = self._zones.tests(group)
        return self._squares[kind]

    def _of_communes(self, kind: str) -> Codes:
        """Return the territory of a kind of each commune, the lowest code of several, or None."""
        if kind not in self._tables:
            pairs = self.belongs[self.belongs["territory_kind"] == kind]
            lowest = pairs.groupby("commune_code")["territory_code"].min().reindex(self.codes)
            table = lowest.astype(object).where(lowest.notna(), None).to_numpy(dtype=object)
            self._tables[kind] = table
        return self._tables[kind]

    @property
    def _zones(self) -> Zones:
        with self._building:
            return self._grid

    @cached_property
    def _grid(self) -> Zones:
        grid = Zones(self.margin.communes.geometries, self.margin.shores.ends)
        give_back()
        return grid


def locate(lon: float, lat: float) -> Located:
    """Name every territory of a point, all kinds, the commune first.

    On a border: the commune with the lowest code and its territories. A commune in two CRTE
    gives both. Within 500 m of a coast: the nearest and its territories. Farther at sea, and
    abroad: nothing, and the remark names the commune that is nearest within 2 km.

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
    locator = _locator()
    row, metres = locator.home(lon, lat)
    found = tuple(territory(kind, code) for kind, code in locator.of(row))
    if found:
        return Located(found, found[0], metres)
    near = nearest_commune(lon, lat)
    return Located((), *near) if near else Located()


def nearest_commune(
    lon: float, lat: float, tolerance_m: float = _NEAR_M
) -> tuple[Territory, float] | None:
    """Find the commune of a point, or the nearest one, however it is reached.

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
    rows, metres = _locator().margin.communes.nearest(np.array([lon]), np.array([lat]), tolerance_m)
    if rows[0] == NOWHERE:
        return None
    return territory(COMMUNE, str(_locator().codes[rows[0]])), float(metres[0])


def locate_many(lon: Floats, lat: Floats, kind: str) -> Codes:
    """Return the code of the territory of one kind around each point.

    The rules are those of ``locate``; a point in two CRTE gets the lowest code.

    Parameters
    ----------
    lon, lat
        Shape (n,), degrees, WGS 84.
    kind
        Code of a kind of territory.

    Returns
    -------
    Codes as text, None without a territory, shape (n,).

    Raises
    ------
    BadCoordinatesError
        One of them is no place on Earth, or the two arrays differ in length.
    UnknownCodeError
        There is no such kind.
    """
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    _check_many(lon, lat)
    if kind not in kind_codes():
        raise UnknownCodeError(
            f"Type de territoire inconnu\u00a0: «\u00a0{kind[:40]}\u00a0». "
            f"Types possibles\u00a0: {', '.join(kind_codes())}."
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


def _to_codes(codes: Codes, zone: Ints) -> Codes:
    """Turn indices into codes, NOWHERE into None."""
    known = np.empty(len(codes) + 1, dtype=object)
    known[:-1] = codes  # NOWHERE, -1, reads the last place, which stays None.
    return known[zone]


@cache
def _locator() -> Locator:
    return Locator(
        codes=france.communes().index.to_numpy(dtype=object),
        margin=margin(),
        belongs=france.membership(),
    )
