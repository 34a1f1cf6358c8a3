"""Points that no commune holds: within 500 m of a coast, they belong to the nearest.

The drawn outline leaves out quays, piers and small islands. A point so near a coast is of that
commune, and whoever answers says how far it is. Nothing in an outline tells a coast from a land
border: ``data/borders.geojson`` draws where the neighbours are, their waters included, and a point
there that no commune holds belongs to none. ``data/islets.geojson`` holds the parts of communes
that the drawn outline lacks farther out than that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import Floats, Ints, Shapes, distances_to_m, metric_crs
from geo.french import distance, number, typeset
from geo.reference import france
from geo.reference.shores import NOWHERE, Shores, shores
from geo.reference.touching import touching

Codes = npt.NDArray[np.object_]

MARGIN_M: Final = 500.0
_KM: Final = 1000.0
_DEGREE_M: Final = 110_500.0  # Shortest degree of latitude; of longitude, by the cosine.
_MILLIMETRE: Final = 3  # Decimals: a corner that two communes share is as near to both.


@dataclass(frozen=True)
class Outlines:
    """Perimeters, WGS 84, each with the département that gives its metric system."""

    geometries: Shapes
    departements: Codes

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of their boxes."""
        return shapely.STRtree(self.geometries)

    def holding(self, lon: Floats, lat: Floats) -> Ints:
        """Find the row of the outline that holds each point, the first of several, or NOWHERE."""
        rows = np.full(lon.shape, NOWHERE, dtype=np.int64)
        point, row = touching(self.tree, self.geometries, lon, lat)
        order = np.lexsort((-row, point))  # The lowest row is written last.
        rows[point[order]] = row[order]
        return rows

    def nearest(self, lon: Floats, lat: Floats, within_m: float) -> tuple[Ints, Floats]:
        """Find the nearest outline of each point, the first of those as near, and how far it is.

        Returns
        -------
        Row, ``NOWHERE`` where none is so near and for NaN; metres, 0 inside.
        """
        rows, metres = np.full(lon.shape, NOWHERE, dtype=np.int64), np.zeros(lon.shape)
        point, row = self._around(lon, lat, within_m)
        far = self.distances_m(row, lon[point], lat[point])
        order = np.lexsort((-row, -far, point))  # The nearest is written last.
        order = order[far[order] <= within_m]
        rows[point[order]], metres[point[order]] = row[order], far[order]
        return rows, metres

    def distances_m(self, rows: Ints, lon: Floats, lat: Floats) -> Floats:
        """Measure how far each point is from the outline of a row."""
        metres = np.zeros(lon.shape)
        for departement, at in self._by_system(rows):
            shapes = self.geometries[rows[at]]
            metres[at] = distances_to_m(shapes, departement, lon[at], lat[at])
        return metres.round(_MILLIMETRE)

    def _around(self, lon: Floats, lat: Floats, within_m: float) -> tuple[Ints, Ints]:
        """Pair points with the outlines that may be so near, and a few more."""
        known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        cosine = np.cos(np.radians(lat[known])).clip(min=0.01)
        points = shapely.points(lon[known], lat[known])
        reach = within_m / (_DEGREE_M * cosine)
        point, row = self.tree.query(points, predicate="dwithin", distance=reach)
        return known[point], row

    def _by_system(self, rows: Ints) -> Iterator[tuple[str, Ints]]:
        """Split rows by their metric system, named by one of its départements."""
        departements = self.departements[rows]
        systems = {metric_crs(departement): departement for departement in set(departements)}
        systems_by_row = np.array(
            [metric_crs(departement) for departement in departements], dtype=object
        )
        for system, departement in systems.items():
            yield departement, np.flatnonzero(systems_by_row == system)


@dataclass(frozen=True)
class Margin:
    """Communes in the order of their codes, and what tells their coasts.

    ``islets`` belong to the communes of the rows ``owners``. ``abroad`` covers what lies across a
    land border; ``coast`` holds the edges of the coverage, which are sought in it when not given.
    """

    communes: Outlines
    islets: Shapes
    owners: Ints
    abroad: shapely.Geometry
    coast: Shores | None = None

    @cached_property
    def shores(self) -> Shores:
        """Return the edges of the coverage and of the islets."""
        rows = np.arange(len(self.communes.geometries))
        coast = self.coast or shores(self.communes.geometries, rows)
        islets = shores(self.islets, self.owners)
        ends = np.concatenate([coast.ends, islets.ends])
        return Shores(ends, np.concatenate([coast.owners, islets.owners]))

    def holders(self, lon: Floats, lat: Floats) -> tuple[Ints, Floats]:
        """Find the row of the commune of each point, the first one on a border, and how far it is.

        Returns
        -------
        Row, ``NOWHERE`` at sea, abroad and for NaN; metres from the point to the commune's drawn
        outline, 0 inside.
        """
        rows, metres = self.communes.holding(lon, lat), np.zeros(lon.shape)
        out = np.flatnonzero(rows == NOWHERE)
        rows[out] = self.beside(lon[out], lat[out])
        near = out[rows[out] != NOWHERE]
        metres[near] = self.communes.distances_m(rows[near], lon[near], lat[near])
        return rows, metres

    def beside(self, lon: Floats, lat: Floats) -> Ints:
        """Find the commune whose coast is the nearest, for points in none."""
        rows = np.full(lon.shape, NOWHERE, dtype=np.int64)
        close = self.shores.may_be_near(lon, lat)
        in_france = close[~shapely.contains_xy(self.abroad, lon[close], lat[close])]
        rows[in_france] = self.shores.nearest(lon[in_france], lat[in_france], MARGIN_M)
        return rows


@cache
def margin() -> Margin:
    """Return the communes of France."""
    table = france.communes()
    codes, islets = france.islets()
    abroad = france.abroad()
    shapely.prepare(abroad)
    departements = table["departement_code"].to_numpy(dtype=object)
    return Margin(
        communes=Outlines(france.commune_geometries(), departements),
        islets=islets,
        owners=table.index.get_indexer(pd.Index(codes)),
        abroad=abroad,
        coast=_coast(table.index),
    )


def _coast(codes: pd.Index) -> Shores:
    edges = france.coast()
    owners = codes.get_indexer(pd.Index(edges["commune_code"]))
    return Shores(edges.iloc[:, 1:].to_numpy(dtype=np.float64), owners)


def off(metres: float) -> str:
    """State that a point is out of every drawn outline, and how far."""
    return f"hors contour, à {far(metres)}"


def far(metres: float) -> str:
    """Write a distance: in metres under a kilometre, one at least."""
    return distance(metres) if metres >= _KM else f"{number(max(metres, 1))}\u00a0m"


def remark(metres: float, commune: str, *, attached: bool) -> str:
    """Return whether a point outside belongs to a commune; nothing of a point inside."""
    if attached and not metres:
        return ""
    distance = off(metres).capitalize()
    if attached:
        return typeset(f"{distance} : rattaché à la commune de la côte la plus proche, {commune}.")
    return typeset(
        f"{distance} de la commune la plus proche, {commune} : rattaché à aucune, car seul un "
        f"point à {number(MARGIN_M)}\u00a0m au plus d’une côte, en deçà des frontières, l’est."
    )
