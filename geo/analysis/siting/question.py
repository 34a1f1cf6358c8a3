"""What is asked of siting: for whom, among which places, by which rule, how many."""

from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np
import pandas as pd

from geo.analysis import indicators
from geo.analysis.proximity.distances import shores
from geo.crs import Floats
from geo.errors import AtlasError, BadParameterError
from geo.query import parameters as p
from geo.query.query import Query
from geo.query.selection import Selection
from geo.reference import france
from geo.reference.old_codes import commune_today
from geo.reference.place import Place
from geo.reference.territory import member_codes, territory

MAINLAND: Final = "hexagone"
COVERING: Final = "portee"
DISTANCE: Final = "distance"
_QUARTER: Final = 0.25
_RURAL: Final = "habitants_rural"
_RANKED: Final = {
    "revenu": ("niveau_de_vie_median", True),
    "vacance": ("part_logements_vacants", False),
}
_MOST_LISTED: Final = 2_000
WEIGHTS: Final = {
    "habitants": "tous les habitants",
    "ruraux": "les habitants des communes rurales (grille de densité)",
    "revenu": "le quart des habitants dont la commune a le niveau de vie médian le plus bas",
    "vacance": "le quart des habitants dont la commune a la plus grande part de logements vacants",
}
"""Whom an answer counts, in French, by the code of an address."""


@dataclass(frozen=True)
class SitingQuestion:
    """``goal``: most inhabitants ``within_km`` (« portee »), or least mean distance (« distance »).

    ``candidates``: « epci » or « crte » (the most populous commune of each), or codes of communes
    separated by commas. ``territory``: None for the mainland and Corsica; an overseas région is
    asked for by its own place, since no distance crosses an ocean.
    """

    selection: Selection = field(default_factory=Selection)
    goal: str = COVERING
    count: int = 10
    within_km: float = 50.0
    candidates: str = "epci"
    weight: str = "habitants"
    territory: Place | None = None

    @classmethod
    def of(cls, query: Query) -> Self:
        """Return the question that an address asks."""
        return cls(
            query.selection.alone,
            query[p.GOAL],
            int(query[p.PLACES]),
            query[p.WITHIN],
            query[p.CANDIDATES],
            query[p.WEIGHT],
            query[p.TERRITORY],
        )

    def where(self) -> str:
        """Name the territory in French."""
        if self.territory is None:
            return "Hexagone et Corse, outre-mer à part"
        return territory(*self.territory).label

    def codes(self) -> pd.Index:
        """List the communes whose inhabitants count."""
        codes = [str(code) for code in france.communes().index]
        if self.territory is None:
            inside = {c for c, shore in zip(codes, shores(), strict=True) if shore == MAINLAND}
        else:
            inside = set(member_codes(*territory(*self.territory).place))
        return pd.Index([code for code in codes if code in inside])


def demand_weights(question: SitingQuestion) -> tuple[Floats, int]:
    """Return the inhabitants that count in each commune of ``codes()``, and how many are unknown.

    Unknown: inhabitants of communes for which the indicator is not published; they do not count.

    Raises
    ------
    AtlasError
        The indicator is not there.
    """
    codes = question.codes()
    people = france.communes()["population"].reindex(codes).to_numpy(float)
    if question.weight == "habitants":
        return people, 0
    if question.weight == "ruraux":
        known = _figures(_RURAL, codes)
        return np.where(np.isnan(known), 0.0, known), int(people[np.isnan(known)].sum())
    code, lowest = _RANKED[question.weight]
    known = _figures(code, codes)
    with_figure = np.flatnonzero(~np.isnan(known))
    order = with_figure[
        np.argsort(known[with_figure] if lowest else -known[with_figure], kind="stable")
    ]
    population_before = np.cumsum(people[order]) - people[order]
    chosen = order[population_before < _QUARTER * people[with_figure].sum()]
    weights = np.zeros(people.size)
    weights[chosen] = people[chosen]
    return weights, int(people[np.isnan(known)].sum())


def _figures(code: str, codes: pd.Index) -> Floats:
    by_code = indicators.figures(code, "commune").by_code
    values = [by_code.get(str(commune)) for commune in codes]
    if not any(value is not None for value in values):
        raise AtlasError(
            f"L’indicateur « {code} » n’est connu pour aucune de ces communes. Choisissez une "
            "autre population."
        )
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def candidate_communes(question: SitingQuestion) -> pd.DataFrame:
    """List the candidate communes: rows of ``france.communes()``, with ``candidate_of``.

    Raises
    ------
    BadParameterError
        A list that names no commune, or none of the territory.
    """
    inside = france.communes().loc[question.codes()]
    if question.candidates in {"epci", "crte"}:
        return _main_communes(question.candidates, inside)
    codes = [code.strip() for code in question.candidates.split(",") if code.strip()]
    today = [commune_today(code) or "" for code in codes[:_MOST_LISTED]]
    invalid = [
        code for code, current in zip(codes, today, strict=False) if current not in inside.index
    ]
    if invalid or not codes:
        raise BadParameterError(
            f"Candidats illisibles : « {', '.join(invalid)[:60]} ». Écrivez epci, crte, ou des "
            "codes INSEE de communes de ce territoire, séparés par des virgules.",
            p.CANDIDATES.name,
        )
    rows = inside.loc[list(dict.fromkeys(today))]
    return rows.assign(candidate_of="")


def _main_communes(kind: str, inside: pd.DataFrame) -> pd.DataFrame:
    """Return the most populous commune of each territory of a kind, once each."""
    pairs = france.membership()
    pairs = pairs[(pairs["territory_kind"] == kind) & pairs["commune_code"].isin(inside.index)]
    people = inside["population"].reindex(pairs["commune_code"]).to_numpy()
    ranked = pairs.assign(people=people).sort_values(
        ["people", "commune_code"], ascending=[False, True]
    )
    largest = ranked.drop_duplicates("territory_code").drop_duplicates("commune_code")
    largest = largest.set_index("commune_code").sort_index()
    names = france.territories().loc[kind]["territory_name"]
    return inside.loc[largest.index].assign(
        candidate_of=names.reindex(largest["territory_code"]).to_numpy()
    )
