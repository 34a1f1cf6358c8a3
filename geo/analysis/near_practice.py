"""Who has a practice near a territory that lacks it: catalysts, and resource places apart."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.analysis import programmes
from geo.analysis.origin import Origin
from geo.directory.directory import Directory, memoise
from geo.french import NBSP, count
from geo.query.parameter import Parameter, in_address
from geo.query.parameters import BOUNDARY, PLACE, RADIUS
from geo.query.selection import Selection
from geo.reference.programmes import PLACE as PLACES
from geo.reference.programmes import of_nature, programme

NEAR_KM: Final = 50.0
"""Kilometres that a mayor drives to look at a place that works: one of the radii of Trouver."""
_KM: Final = 1000.0


@dataclass(frozen=True)
class NearPractice:
    """How many catalysts and resource places have a practice within ``NEAR_KM`` of a territory."""

    origin: Origin
    selection: Selection
    catalyst_count: int
    place_count: int

    def in_words(self) -> str:
        """Count them in French, each only where there is one; "" when nobody is near."""
        kinds = (
            (self.catalyst_count, "catalyseur", "catalyseurs"),
            (self.place_count, "lieu ressource", "lieux ressources"),
        )
        counts = [count(number, *names) for number, *names in kinds if number]
        return f"{' et '.join(counts)} à moins de {NEAR_KM:g}{NBSP}km" if counts else ""

    def to_url(self) -> dict[str, str | list[str]]:
        """Return the address of the same search on the page of the nearest."""
        where: dict[Parameter[Any], Any] = {
            PLACE: self.origin.to_url(),
            RADIUS: NEAR_KM,
            BOUNDARY: _has_boundary(self.origin),
        }
        return self.selection.to_url() | in_address(where)


def _has_boundary(origin: Origin) -> bool:
    return origin.kind not in {"point", "commune"}


@memoise(512)
def near_practice(directory: Directory, origin: Origin, practice: str) -> NearPractice:
    """Count who has a practice near a place, measured from its boundary where it has one."""
    kinds = tuple(one for one in of_nature(PLACES) if programme(one).practice == practice)
    selection = Selection(practices=(practice,), also=kinds)
    catalysts = directory.select(selection)
    real = catalysts[~catalysts["fictive"].astype(bool)]
    places = programmes.selected(selection)
    return NearPractice(origin, selection, _count_near(origin, real), _count_near(origin, places))


def _count_near(origin: Origin, rows: pd.DataFrame) -> int:
    lon, lat = rows["longitude"].to_numpy(float), rows["latitude"].to_numpy(float)
    boundary = _has_boundary(origin)
    maybe = ~np.isnan(lon)
    if boundary:
        maybe &= origin.may_reach(lon, lat, NEAR_KM)
    metres = origin.distances_m(lon[maybe], lat[maybe], boundary=boundary)
    return int((metres <= NEAR_KM * _KM).sum())
