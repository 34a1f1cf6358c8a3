"""Points that lie outside the commune they are said to be in."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import Floats, distance_to_m, geodesic_m
from geo.directory.placing.commune import commune_today, communes
from geo.french import distance, number, typeset
from geo.reference import france

Codes = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]

BORDER_M: Final = 50.0
"""A point this near is not called outside: drawn boundaries are no finer than that.

Among 35,609 town halls, points at 0–10, 10–20, 20–50 and 50–100 m from their commune count 2.3,
1.1, 0.6 and 0.2 per metre; 0.2 is what remains farther on, where errors alone remain.
"""
COAST_M: Final = 500.0
"""The same for a point in no commune at all: quays and piers stand beyond the drawn coast."""
OUTSIDE: Final = "Hors de la commune indiquée"
_NEAR_M: Final = 50_000.0  # No commune reaches so far from its point, Guyane apart.
_KM: Final = 1000.0


@dataclass(frozen=True)
class Strays:
    """For each point: how far from its stated commune (metres, 0 inside or unknown), and where.

    ``found`` is the code of the commune that holds the point, empty in none and where the point
    is in its own. ``tolerated`` marks those near enough to be left alone.
    """

    distance_m: Floats
    found: Codes
    tolerated: npt.NDArray[np.bool_]

    @property
    def flagged(self) -> npt.NDArray[np.bool_]:
        """Points to look at."""
        return np.asarray((self.distance_m > 0) & ~self.tolerated)


def strays(commune_codes: Codes, lon: Floats, lat: Floats) -> Strays:
    """Find the points outside the commune that they state.

    On its border a point is inside. A point that states no known commune, or that has no
    coordinates (NaN), is not judged.

    Parameters
    ----------
    commune_codes
        INSEE codes as stated, those of former communes and arrondissements too.
    lon, lat
        Degrees, WGS 84.
    """
    today = pd.Index([commune_today(code) for code in commune_codes], dtype=object)
    home = france.communes().index.get_indexer(today)
    judged = np.flatnonzero((home >= 0) & np.isfinite(lon) & np.isfinite(lat))
    own = france.commune_geometries()[home[judged]]
    out = judged[~shapely.intersects_xy(own, lon[judged], lat[judged])]
    metres, found = np.zeros(lon.shape), np.full(lon.shape, "", dtype=object)
    metres[out] = _distances_m(home[out], lon[out], lat[out])
    found[out] = _holders(lon[out], lat[out])
    tolerated = metres <= np.where(found == "", COAST_M, BORDER_M)
    return Strays(metres, found, tolerated)


def outside(actors: pd.DataFrame) -> pd.Series:
    """Say, for each record, in what its point contradicts its commune; empty when in nothing.

    Parameters
    ----------
    actors
        Columns ``commune_code``, ``longitude``, ``latitude`` (degrees, WGS 84, NaN without).
    """
    codes = actors["commune_code"].to_numpy(dtype=object)
    places = [actors[name].to_numpy(dtype=np.float64) for name in ("longitude", "latitude")]
    seen = strays(codes, *places)
    said = np.full(len(actors), "", dtype=object)
    for row in np.flatnonzero(seen.flagged).tolist():
        said[row] = _sentence(codes[row], float(seen.distance_m[row]), seen.found[row])
    return pd.Series(said, actors.index, dtype=object)


def far(metres: float) -> str:
    """Write a distance: in metres under a kilometre."""
    return distance(metres) if metres >= _KM else f"{number(metres)}\u00a0m"


def _sentence(stated: str, metres: float, found: str) -> str:
    where = f"dans {communes()[found].label}" if found else "dans aucune commune"
    return typeset(
        f"{OUTSIDE} : à {far(metres)} de {communes()[commune_today(stated)].label}, {where}."
    )


def _distances_m(home: Ints, lon: Floats, lat: Floats) -> Floats:
    """Measure how far points lie from their communes: exactly near by, from the point far off.

    A file with its columns swapped sends every point across the world: there the outline of a
    commune no longer counts, and 35,000 of them would take minutes.
    """
    table = france.communes()
    x, y = (table[name].to_numpy()[home] for name in ("longitude", "latitude"))
    metres = geodesic_m(x, y, lon, lat)
    departements, geometries = table["departement_code"].to_numpy(), france.commune_geometries()
    near = np.flatnonzero(metres <= _NEAR_M)
    order = near[np.argsort(home[near], kind="stable")]
    for at in np.split(order, np.flatnonzero(np.diff(home[order])) + 1) if len(order) else ():
        row = home[at[0]]
        metres[at] = distance_to_m(geometries[row], departements[row], lon[at], lat[at])
    return metres


def _holders(lon: Floats, lat: Floats) -> Codes:
    """Give the commune that holds each point, the lowest code on a border, empty in none."""
    codes = france.communes().index.to_numpy(dtype=object)
    found = np.full(lon.shape, "", dtype=object)
    point, commune = _tree().query(shapely.points(lon, lat), predicate="intersects")
    for at, row in sorted(zip(point.tolist(), commune.tolist(), strict=True), reverse=True):
        found[at] = codes[row]
    return found


@cache
def _tree() -> shapely.STRtree:
    return shapely.STRtree(france.commune_geometries())
