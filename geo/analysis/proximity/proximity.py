"""Inhabitants within reach of a catalyst, by territory; sums, means and medians of distance.

An inhabitant is counted at the point of the commune. Catalysts without a point could only make
distances shorter: populations within reach are floors, distances are ceilings.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from geo.analysis.coverage import coverage
from geo.analysis.proximity.distances import selection_km, with_places_km
from geo.crs import Floats
from geo.directory.directory import Directory, memoise
from geo.query.selection import Selection
from geo.reference import france
from geo.reference.place import Place
from geo.reference.territory import COMMUNE, member_codes
from geo.vocabulary import vocabularies

STEPS_KM: Final = (10, 25, 50, 100)
"""Distances within which inhabitants are counted, in kilometres."""
WITHIN: Final = tuple(f"within_{step}" for step in STEPS_KM)
NATIONAL: Final = "national"


def practice_columns() -> dict[str, str]:
    """Name, by practice, the column that counts who has it within reach."""
    return {code: f"within_{code}" for code in vocabularies()["practice"].ids()}


def counted() -> tuple[str, ...]:
    """List the columns that count inhabitants: those that add up from part to whole."""
    more = ("unreached", "scope_only", "beside_within", *practice_columns().values())
    return ("population", *WITHIN, "within", *more, "four_practices")


@dataclass(frozen=True, eq=False)
class Proximity:
    """Every territory of a kind, the whole country, and what parts the sum from the whole.

    ``frame`` by ``territory_code``: ``territory_name``, ``counted()`` (inhabitants),
    ``mean_km`` and ``median_km`` (of an inhabitant whose shore has a catalyst; else missing),
    ``catalyst_count`` (standing there), ``unplaced_region`` (catalysts without a point known to
    be somewhere in its région or régions).

    ``country``: the same figures of all communes; ``outside``: ``counted()`` of the communes in
    no territory of the kind; ``twice``: of those counted once too often, where some overlap. So
    country = sum of the rows + outside - twice, for each column of ``counted()``.
    """

    kind: str
    within_km: float
    frame: pd.DataFrame
    country: pd.Series
    outside: pd.Series
    twice: pd.Series
    selected_count: int
    placed_count: int
    national_count: int
    uncounted_count: int

    def least_served(self) -> pd.DataFrame:
        """Rank the territories, those farthest on average first; without any on their shore above.

        Two equally far: the most populous first.
        """
        far = self.frame.assign(far=self.frame["mean_km"].fillna(np.inf))
        ranked = far.sort_values(["far", "population"], ascending=[False, False], kind="stable")
        return ranked.drop(columns="far")

    @property
    def without(self) -> pd.DataFrame:
        """Keep the territories where no inhabitant is within reach."""
        return self.frame[(self.frame["within"] == 0) & (self.frame["population"] > 0)]


def proximity(directory: Directory, kind: str, selection: Selection, within_km: float) -> Proximity:
    """Measure every territory of a kind for one selection; the frame is the caller's own.

    Parameters
    ----------
    within_km
        What « within reach » means for ``within``, the practices and the declared scopes.
    """
    known = _proximity(directory, kind, selection, within_km)
    return replace(known, frame=known.frame.copy())


@memoise(16)
def _proximity(
    directory: Directory, kind: str, selection: Selection, within_km: float
) -> Proximity:
    towns = commune_table(directory, selection, within_km)
    pairs = pairs_of(kind)
    columns = [*counted()]
    frame = _named(kind)
    sums = towns[columns].reindex(pairs["commune_code"]).groupby(pairs["territory_code"].array)
    frame = frame.join(sums.sum().astype(int)).fillna(dict.fromkeys(columns, 0))
    frame = frame.join(mean_and_median(towns, pairs))
    chosen = directory.select(selection)
    stand = coverage(directory, kind, selection.alone)
    frame["catalyst_count"] = stand.frame["catalyst_count"].reindex(frame.index)
    frame["unplaced_region"] = _unplaced_near(chosen, pairs).reindex(frame.index).fillna(0)
    times = pairs["commune_code"].value_counts().reindex(towns.index).fillna(0)
    everyone = pd.DataFrame({"territory_code": "", "commune_code": towns.index})
    far = mean_and_median(towns, everyone).reindex([""]).iloc[0]
    country = pd.Series({**towns[columns].sum().to_dict(), **far.to_dict()})
    return Proximity(
        kind=kind,
        within_km=within_km,
        frame=frame,
        country=country,
        outside=towns.loc[times == 0, columns].sum(),
        twice=towns[columns].mul((times - 1).clip(lower=0), axis=0).sum(),
        selected_count=len(chosen),
        placed_count=int(chosen["longitude"].notna().sum()),
        national_count=int((chosen["scope"] == NATIONAL).sum()),
        uncounted_count=stand.unplaced_count,
    )


@memoise(16)
def commune_table(directory: Directory, selection: Selection, within_km: float) -> pd.DataFrame:
    """Return, by commune, ``counted()`` and ``km`` to the nearest (infinite: none on its shore).

    The four practices are asked of the same selection, its own filter on practices set aside.
    """
    people = france.communes()["population"]
    km = selection_km(directory, selection.alone)
    table = pd.DataFrame({"population": people, "km": km}, index=people.index)
    for step, column in zip(STEPS_KM, WITHIN, strict=True):
        table[column] = people.where(km <= step, 0)
    table["within"] = people.where(km <= within_km, 0)
    table["unreached"] = people.where(~np.isfinite(km), 0)
    scoped = people.index.isin(_scoped(directory.select(selection)))
    table["scope_only"] = people.where(scoped & (km > within_km), 0)
    beside = with_places_km(directory, selection) if selection.also else km
    table["beside_within"] = people.where(beside <= within_km, 0)
    every = np.full(len(people), fill_value=True)
    for code, column in practice_columns().items():
        own = replace(selection, practices=(code,), also=())
        is_within = selection_km(directory, own) <= within_km
        every &= is_within
        table[column] = people.where(is_within, 0)
    table["four_practices"] = people.where(every, 0)
    return table


def mean_and_median(towns: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return ``mean_km`` and ``median_km`` of the inhabitants of each territory.

    Of those whose distance is known. The median is the least distance within which at least half
    of them live.

    Parameters
    ----------
    towns
        ``population`` and ``km`` by commune.
    pairs
        ``territory_code``, ``commune_code``.
    """
    rows = pd.DataFrame(
        {
            "code": pairs["territory_code"].array,
            "people": towns["population"].reindex(pairs["commune_code"]).to_numpy(float),
            "km": towns["km"].reindex(pairs["commune_code"]).to_numpy(float),
        }
    )
    rows = rows[np.isfinite(rows["km"]) & (rows["people"] > 0)].sort_values(["code", "km"])
    groups = rows.groupby("code")
    total = groups["people"].sum()
    mean = (rows["people"] * rows["km"]).groupby(rows["code"]).sum() / total
    half = groups["people"].cumsum() * 2 >= groups["people"].transform("sum")
    median = rows[half].groupby("code")["km"].first()
    return pd.DataFrame({"mean_km": mean, "median_km": median}, dtype=float)


def pairs_of(kind: str) -> pd.DataFrame:
    """List the communes of each territory of a kind: ``territory_code``, ``commune_code``."""
    if kind == COMMUNE:
        codes = france.communes().index
        return pd.DataFrame({"territory_code": codes, "commune_code": codes})
    pairs = france.membership()
    return pairs[pairs["territory_kind"] == kind]


def _named(kind: str) -> pd.DataFrame:
    if kind == COMMUNE:
        names = france.communes()["commune_name"]
    else:
        names = france.territories().loc[kind]["territory_name"]
    named = pd.DataFrame({"territory_code": names.index, "territory_name": names.array})
    return named.set_index("territory_code", drop=False)


def _scoped(chosen: pd.DataFrame) -> set[str]:
    """Name the communes that the declared scope of a catalyst holds; « national » says nothing."""
    places = [Place.parse(scope) for scope in chosen["scope"].unique() if ":" in scope]
    return set().union(*(member_codes(*place) for place in places))


def _unplaced_near(chosen: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Count, by territory, the catalysts without a point known to its région or régions."""
    left = chosen["region_code"][chosen["longitude"].isna().to_numpy(bool)]
    by_region = left[left != ""].value_counts()
    regions = france.communes()["region_code"].reindex(pairs["commune_code"]).array
    links = pd.DataFrame({"code": pairs["territory_code"].array, "region": regions})
    links = links.drop_duplicates()
    return links["region"].map(by_region).fillna(0).groupby(links["code"]).sum().astype(int)


def share_curve(km: Floats, steps_km: Floats) -> Floats:
    """Return the share (0 to 1) of all inhabitants of France who live within each distance."""
    people = france.communes()["population"].to_numpy(float)
    order = np.argsort(km, kind="stable")
    cumulative = np.concatenate([[0.0], np.cumsum(people[order])])
    return np.asarray(cumulative[np.searchsorted(km[order], steps_km, side="right")] / people.sum())
