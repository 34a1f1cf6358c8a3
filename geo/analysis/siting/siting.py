"""The places that would help most, what each brings, and the country before and after them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.analysis.proximity.distances import selection_km
from geo.analysis.siting.gains import Gains, Points, covering_gains, distance_gains
from geo.analysis.siting.question import (
    COVERING,
    SitingQuestion,
    candidate_communes,
    demand_weights,
)
from geo.analysis.siting.solve import Solution, solve
from geo.crs import Floats, geodesic_m
from geo.directory.directory import Directory, memoise
from geo.errors import AtlasError
from geo.reference import france

FAR_KM: Final = 150.0
"""The p-median counts a distance at most so far: beyond, farther is no worse."""
_KM: Final = 1000.0
PATIENCE_S: Final = 20.0
"""Seconds that a question waits for the one before: each new one takes up to fifteen of a core."""


@dataclass(frozen=True)
class State:
    """How those who count live at a time: within reach (inhabitants), and mean distance.

    ``mean_km``: of those whose distance is known; None where nobody's is.
    """

    within: int
    mean_km: float | None


@dataclass(frozen=True, eq=False)
class Siting:
    """The answer to one question.

    ``places`` by ``rank`` (from 1): ``commune_code``, ``commune_name``, ``departement_code``,
    ``population``, ``candidate_of``, ``longitude``, ``latitude``, ``gained`` (inhabitants newly
    within reach, after the places before it), ``served`` (inhabitants it brings nearer),
    ``within`` and ``mean_km`` once it is there.

    ``km``: by commune of the question, the distance before (``before``) and after (``after``).
    ``counted``: inhabitants who count; ``unknown``: those left out, their indicator not published.
    """

    question: SitingQuestion
    places: pd.DataFrame
    km: pd.DataFrame
    before: State
    counted: int
    unknown: int
    candidate_count: int
    placed_count: int
    selected_count: int
    solution: Solution

    @property
    def after(self) -> State:
        """Return the state once all the places are there."""
        if self.places.empty:
            return self.before
        last = self.places.iloc[-1]
        return State(int(last["within"]), float(last["mean_km"]))


@memoise(16, PATIENCE_S)
def siting(directory: Directory, question: SitingQuestion) -> Siting:
    """Choose the places; see ``solve`` for how well. The answer is not to be changed.

    Raises
    ------
    AtlasError
        No candidate, or nobody who counts; many ask at once (``OverloadedError``).
    """
    codes, (weights, unknown) = question.codes(), demand_weights(question)
    candidates = candidate_communes(question)
    if candidates.empty or not weights.any():
        raise AtlasError(
            "Aucun lieu candidat ou aucun habitant compté ici : élargissez le territoire ou "
            "choisissez une autre population."
        )
    everywhere = selection_km(directory, question.selection.alone)
    present_km = everywhere[france.communes().index.get_indexer(codes)]
    communes = france.communes().loc[codes]
    demand = Points(communes["longitude"].to_numpy(), communes["latitude"].to_numpy())
    there = Points(candidates["longitude"].to_numpy(), candidates["latitude"].to_numpy())
    gains = _gains(question, demand, weights, present_km, there)
    solution = solve(gains, question.count)
    places, after = _places(question, candidates, solution.chosen, demand, weights, present_km)
    selected = directory.select(question.selection.alone)
    return Siting(
        question=question,
        places=places,
        km=pd.DataFrame({"before": present_km, "after": after}, index=codes),
        before=_state(question, weights, present_km),
        counted=int(weights.sum()),
        unknown=unknown,
        candidate_count=len(candidates),
        placed_count=int(selected["longitude"].notna().sum()),
        selected_count=len(selected),
        solution=solution,
    )


def _gains(
    question: SitingQuestion, demand: Points, weights: Floats, present_km: Floats, places: Points
) -> Gains:
    if question.goal == COVERING:
        return covering_gains(demand, weights, present_km, places, question.within_km)
    return distance_gains(demand, weights, np.minimum(present_km, FAR_KM), places)


def _places(  # noqa: PLR0913, PLR0917 - what one place after the other changes
    question: SitingQuestion,
    candidates: pd.DataFrame,
    chosen: tuple[int, ...],
    demand: Points,
    weights: Floats,
    present_km: Floats,
) -> tuple[pd.DataFrame, Floats]:
    """Add the places one by one; return their rows and the distances after them."""
    km, rows = present_km, []
    columns = ["commune_name", "departement_code", "population", "candidate_of"]
    for rank, index in enumerate(chosen, start=1):
        row = candidates.iloc[index]
        place_km = _from(demand, float(row["longitude"]), float(row["latitude"]))
        before, nearer = _state(question, weights, km), place_km < km
        km = np.minimum(km, place_km)
        state = _state(question, weights, km)
        rows.append(
            {
                "rank": rank,
                "commune_code": str(candidates.index[index]),
                **row[[*columns, "longitude", "latitude"]].to_dict(),
                "gained": state.within - before.within,
                "served": int(weights[nearer].sum()),
                "within": state.within,
                "mean_km": state.mean_km,
            }
        )
    names = ["rank", "commune_code", *columns, "longitude", "latitude"]
    frame = pd.DataFrame(rows, columns=[*names, "gained", "served", "within", "mean_km"])
    return frame.set_index("rank", drop=False), km


def _from(demand: Points, longitude: float, latitude: float) -> Floats:
    origin = np.full(demand.longitude.size, longitude), np.full(demand.latitude.size, latitude)
    return geodesic_m(*origin, demand.longitude, demand.latitude) / _KM


def _state(question: SitingQuestion, weights: Floats, km: Floats) -> State:
    known = np.flatnonzero(np.isfinite(km) & (weights > 0))
    mean = float(np.average(km[known], weights=weights[known])) if known.size else None
    return State(int(weights[km <= question.within_km].sum()), mean)
