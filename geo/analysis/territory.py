"""One territory: who is there, who is near, who covers it, what is missing."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
import shapely

from geo.analysis.borders import to_border_m
from geo.analysis.matrix import matrix
from geo.analysis.origin import Bools, Origin, territory_origin
from geo.directory.directory import Directory, memoise
from geo.directory.store.lookup import among
from geo.directory.store.splicing import taken
from geo.french import count
from geo.query.parameters import NEAR
from geo.query.selection import Selection
from geo.reference import france
from geo.reference.territory import Territory, member_codes, territory
from geo.vocabulary import vocabularies

_KM: Final = 1000.0
_NEAREST: Final = 3


@dataclass(frozen=True, eq=False)
class Sheet:
    """What the directory says of one territory, for one selection.

    ``inside``: catalysts that stand in it; ``near``: those with a point outside it, within
    ``near_km`` of its boundary, the nearest first, with ``distance_m``; ``covering``: those whose
    declared scope holds the whole of it. A catalyst may be inside and covering at once.
    """

    directory: Directory
    territory: Territory
    selection: Selection
    near_km: float
    inside: pd.DataFrame
    near: pd.DataFrame
    covering: pd.DataFrame

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """Count practices × profiles over the catalysts inside or covering."""
        return matrix(self.directory, self.present.index)

    @cached_property
    def present(self) -> pd.DataFrame:
        """Put together, once each, the catalysts inside and those covering."""
        return pd.concat([self.inside, self._elsewhere]) if len(self._elsewhere) else self.inside

    @cached_property
    def _elsewhere(self) -> pd.DataFrame:
        """Keep those covering that do not stand inside."""
        return self.covering[~among(self.covering, self.inside.index)]

    def groups(self) -> dict[str, pd.DataFrame]:
        """Return each catalyst once, under what ties it to the territory, nearest tie first.

        « présent », with ``covers`` telling those whose scope holds it too; « proche »;
        « compétent », covering from elsewhere.
        """
        return dict(self._groups)

    @cached_property
    def _groups(self) -> dict[str, pd.DataFrame]:
        covers = among(self.inside, self.covering.index)
        beside = self.near[~among(self.near, self._elsewhere.index)]
        return {
            "présent": self.inside.assign(covers=covers),
            "compétent": self._elsewhere.assign(covers=True),
            "proche": beside,
        }

    @cached_property
    def shown(self) -> pd.DataFrame:
        """Put the three groups together, the present first: what a map of it shows."""
        return pd.concat([*self._groups.values()])

    @cached_property
    def all_rows(self) -> pd.DataFrame:
        """Put the three groups together, each row saying its relation to the territory."""
        return pd.concat([rows.assign(relation=name) for name, rows in self.groups().items()])

    @cached_property
    def nearest_outside(self) -> pd.DataFrame:
        """Return, when none stands inside, the nearest three however far; else no row.

        With ``distance_m`` from the boundary; those without a point cannot be ranked.
        """
        rows = self.directory.select(self.selection)
        if len(self.inside):
            return rows.iloc[:0].assign(distance_m=0.0)
        origin = territory_origin(self.territory.kind, self.territory.code)
        return _near(rows, origin, math.inf).head(_NEAREST)

    @property
    def composition(self) -> str:
        """Say in French how many of ``all_rows`` each group gives."""
        present, covering, near = (len(rows) for rows in self.groups().values())
        return (
            f"{count(present, 'présent')}, {near} à moins de {self.near_km:g} km de la limite, "
            f"{covering} d’ailleurs qui interviennent sur tout le territoire"
        )

    @cached_property
    def missing_practices(self) -> list[str]:
        """List the practices that no catalyst inside or covering is known for."""
        known = self.matrix.sum(axis=1)
        return [code for code in known.index[:-1] if known[code] == 0]

    @cached_property
    def local(self) -> dict[str, pd.DataFrame]:
        """Return, by practice, the local actors that stand in it: no catalysts, by their commune.

        Only the practices that some have, in the order of the vocabulary.
        """
        found = self.directory.local_actors(self.selection)
        if found.empty:
            return {}
        place = self.territory
        here = found[found["commune_code"].isin(member_codes(place.kind, place.code))]
        by_practice = {
            code: here[[code in codes for codes in here["practices"]]]
            for code in vocabularies()["practice"].ids()
        }
        return {code: rows for code, rows in by_practice.items() if len(rows)}

    @property
    def practices_of_nobody(self) -> list[str]:
        """List the practices that neither a catalyst nor a local actor is known for."""
        return [code for code in self.missing_practices if code not in self.local]

    @cached_property
    def communes(self) -> pd.DataFrame:
        """List the member communes, the most populous first."""
        return self._ask("territory_communes")

    @cached_property
    def related(self) -> pd.DataFrame:
        """List the territories above, below, across: see ``geo/sql/territory_related.sql``."""
        return self._ask("territory_related")

    @cached_property
    def neighbours(self) -> pd.DataFrame:
        """List the territories of the same kind that share a border, the longest first."""
        return self._ask("territory_neighbours")

    @cached_property
    def perimeter(self) -> shapely.Geometry:
        """Read the full-detail perimeter, WGS 84."""
        return france.geometry(self.territory.kind, self.territory.code)

    def _ask(self, question: str) -> pd.DataFrame:
        return self.directory.ask(question, kind=self.territory.kind, code=self.territory.code)


def sheet(
    directory: Directory,
    kind: str,
    code: str,
    selection: Selection,
    near_km: float = NEAR.default,
) -> Sheet:
    """Describe one territory for one selection.

    Raises
    ------
    UnknownCodeError
        There is no such territory.
    AtlasError
        ``near_km`` is not between 0 and 2,000.
    """
    NEAR.check(near_km)
    return _sheet(directory, kind, code, selection, near_km)


@memoise(64, large=8)
def _sheet(
    directory: Directory, kind: str, code: str, selection: Selection, near_km: float
) -> Sheet:
    found = territory(kind, code)
    chosen = directory.select(selection)
    here = _among(directory, "catalysts_inside", found, selection)
    elsewhere = _among(directory, "catalysts_covering", found, selection)
    return Sheet(
        directory=directory,
        territory=found,
        selection=selection,
        near_km=near_km,
        inside=taken(chosen, np.flatnonzero(here)),
        near=_near(chosen, territory_origin(kind, code), near_km, ~here),
        covering=taken(chosen, np.flatnonzero(elsewhere)),
    )


def _among(directory: Directory, question: str, found: Territory, selection: Selection) -> Bools:
    """Tell which catalysts of a selection a question names."""
    positions = directory.ask(question, kind=found.kind, code=found.code)["position"]
    named = np.zeros(len(directory.frame), dtype=bool)
    named[positions.to_numpy(np.int64)] = True
    return named[directory.positions(selection)]


def _near(
    chosen: pd.DataFrame, origin: Origin, near_km: float, outside: Bools | None = None
) -> pd.DataFrame:
    """Rank those within so much, of those outside: the others' rows are not even copied."""
    lon, lat = chosen["longitude"].to_numpy(float), chosen["latitude"].to_numpy(float)
    is_near = ~np.isnan(lon) & origin.may_reach(lon, lat, near_km)
    placed = taken(chosen, np.flatnonzero(is_near if outside is None else is_near & outside))
    lon, lat = placed["longitude"].to_numpy(), placed["latitude"].to_numpy()
    near = placed.assign(distance_m=to_border_m(origin, lon, lat))
    near = near[near["distance_m"] <= near_km * _KM]
    return near.sort_values("distance_m", kind="stable")
