"""Territories of one kind side by side: how many catalysts, for how many people, how far."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from geo.analysis.proximity.distances import selection_km
from geo.crs import Floats
from geo.directory.directory import Directory, memoise
from geo.query.selection import Selection
from geo.reference import france
from geo.vocabulary import vocabularies

OWN_FIGURES: Final = {
    "nombre": "catalyst_count",
    "densite": "per_100k",
    "distance": "distance_km",
}
"""Figures on catalysts that may shade a map, by the code of an address, with their column."""
_PER: Final = 100_000
_LISTS: Final = ("practices", "missing_practices")


@dataclass(frozen=True)
class Coverage:
    """One row per territory, and what could not be counted in it.

    ``frame`` by ``territory_code``: ``territory_name``, ``population``, ``commune_count``,
    ``catalyst_count``, ``practices`` (codes present), ``missing_practices``, ``per_100k``
    (catalysts per 100,000 inhabitants, missing without population), ``distance_km`` (average
    distance of an inhabitant, at the commune's point, to the nearest catalyst of the same shore;
    missing when none there has a point).
    ``unplaced_count``: catalysts of the selection counted in no territory of this kind.
    """

    kind: str
    frame: pd.DataFrame
    selected_count: int
    unplaced_count: int


def coverage(directory: Directory, kind: str, selection: Selection) -> Coverage:
    """Compare every territory of one kind for one selection.

    A catalyst counts in the territories it stands in: see ``geo/sql/catalysts_inside.sql``. Some
    CRTE overlap, so a catalyst may count in two of them. The frame is the caller's own.
    """
    known = _coverage(directory, kind, selection)
    own = {column: known.frame[column].map(list) for column in _LISTS}
    return replace(known, frame=known.frame.assign(**own))


@memoise(32)
def _coverage(directory: Directory, kind: str, selection: Selection) -> Coverage:
    chosen = directory.positions(selection)
    every = len(chosen) == len(directory.frame)
    some = {"position": chosen[:0] if every else chosen}
    frame = directory.ask("coverage", among=some, kind=kind, every=every)
    frame = frame.set_index("territory_code", drop=False)
    counted = frame.pop("counted_count")
    frame["practices"] = frame["practices"].map(list)
    known = vocabularies()["practice"].ids()
    frame["missing_practices"] = [
        [code for code in known if code not in here] for here in frame["practices"]
    ]
    people = frame["population"].where(frame["population"] > 0)
    frame["per_100k"] = frame["catalyst_count"] / people * _PER
    distances = _mean_distance_km(kind, selection_km(directory, selection))
    frame["distance_km"] = distances.reindex(frame.index)
    return Coverage(kind, frame, len(chosen), len(chosen) - int(counted.max() if len(frame) else 0))


def _mean_distance_km(kind: str, far: Floats) -> pd.Series:
    """Average, over inhabitants, the distance to the nearest catalyst of their shore.

    Missing where no catalyst of the shore has a point: none is reached across an ocean.
    """
    distance = pd.Series(np.where(np.isfinite(far), far, np.nan), france.communes().index)
    if kind == "commune":
        return distance
    pairs = france.membership()
    pairs = pairs[pairs["territory_kind"] == kind]
    people = france.communes()["population"].reindex(pairs["commune_code"]).to_numpy(float)
    weighted = people * distance.reindex(pairs["commune_code"]).to_numpy()
    sums = pd.DataFrame({"code": pairs["territory_code"].to_numpy(), "p": people, "w": weighted})
    totals = sums.dropna().groupby("code")[["p", "w"]].sum()
    return totals["w"] / totals["p"].replace(0, np.nan)
