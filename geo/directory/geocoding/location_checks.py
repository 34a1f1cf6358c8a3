"""Points that lie outside the commune they are said to be in."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import Floats, distance_to_m, geodesic_m
from geo.directory.geocoding.commune import communes
from geo.french import typeset
from geo.reference import france
from geo.reference.coast_margin import MARGIN_M, far, margin, off
from geo.reference.old_codes import commune_today

Codes = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]

BORDER_M: Final = 50.0
"""A point this near is not called outside: drawn boundaries are no finer than that.

Among 35,609 town halls, points at 0–10, 10–20, 20–50 and 50–100 m from their commune count 2.3,
1.1, 0.6 and 0.2 per metre; 0.2 is what remains farther on, where errors alone remain.
"""
OUTSIDE: Final = "Hors de la commune indiquée"
_NEAR_M: Final = 50_000.0  # No commune reaches so far from its point, Guyane apart.


@dataclass(frozen=True)
class Strays:
    """For each point: how far from its stated commune (metres, 0 inside or unknown), and where.

    ``found`` is the code of the commune of a point that is not in its own, empty far from all;
    ``beside_m`` how far from that commune's outline, 0 inside. ``tolerated`` marks those near
    enough to be left alone: 50 m of a border, or 500 m of the coast for a point in no commune.
    """

    distance_m: Floats
    found: Codes
    beside_m: Floats
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
    metres, beside = np.zeros(lon.shape), np.zeros(lon.shape)
    found = np.full(lon.shape, "", dtype=object)
    metres[out] = _distances_m(home[out], lon[out], lat[out])
    rows, beside[out] = margin().holders(lon[out], lat[out])
    found[out] = np.append(france.communes().index.to_numpy(dtype=object), "")[rows]
    tolerated = metres <= np.where(beside > 0, MARGIN_M, BORDER_M)
    tolerated[out] |= rows == home[out]
    return Strays(metres, found, beside, tolerated)


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
    sentences = np.full(len(actors), "", dtype=object)
    for row in np.flatnonzero(seen.flagged).tolist():
        sentences[row] = _sentence(codes[row], seen, row)
    return pd.Series(sentences, actors.index, dtype=object)


def _sentence(stated: str, seen: Strays, row: int) -> str:
    found, beside = seen.found[row], float(seen.beside_m[row])
    where = f"dans {communes()[found].label}" if found else "dans aucune commune"
    if beside:
        where = f"{off(beside)} de {communes()[found].label}"
    away = far(float(seen.distance_m[row]))
    return typeset(f"{OUTSIDE} : à {away} de {communes()[commune_today(stated)].label}, {where}.")


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
