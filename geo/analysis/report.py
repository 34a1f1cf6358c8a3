"""The whole country at once: every région, département and CRTE, and what was counted nowhere."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from geo.analysis.coverage import Coverage, coverage
from geo.analysis.proximity.proximity import Proximity, proximity
from geo.analysis.siting.question import SitingQuestion
from geo.analysis.siting.siting import Siting, siting
from geo.directory.directory import Directory
from geo.query.parameters import WITHIN
from geo.query.selection import Selection
from geo.reference.kinds import reported_kinds
from geo.vocabulary import UNSTATED, vocabularies

REPORTED: Final = reported_kinds()


@dataclass(frozen=True)
class National:
    """What the directory says of the country, for one selection.

    ``catalysts``: those of the selection; ``kinds``: one ``Coverage`` for each of ``REPORTED``;
    ``reach``: inhabitants by distance, by région; ``places``: where the next would help most.
    """

    catalysts: pd.DataFrame
    kinds: tuple[Coverage, ...]
    selection: Selection
    reach: Proximity
    places: Siting

    @cached_property
    def by_practice(self) -> dict[str, int]:
        """Count catalysts by practice; one with several counts in each."""
        found = self.catalysts["practices"].map(list).explode().fillna(UNSTATED).value_counts()
        order = [*vocabularies()["practice"].ids(), UNSTATED]
        return {code: int(found.get(code, 0)) for code in order}

    @property
    def placed_count(self) -> int:
        """Count the catalysts that have a point on the map."""
        return int(self.catalysts["longitude"].notna().sum())


def national(directory: Directory, selection: Selection) -> National:
    """Compare the territories of each kind reported, for one selection."""
    kinds = tuple(coverage(directory, kind, selection) for kind in REPORTED)
    within = WITHIN.default
    reach = proximity(directory, "region", selection, within)
    places = siting(directory, SitingQuestion(selection.alone, within_km=within))
    return National(directory.select(selection), kinds, selection, reach, places)


def without_catalyst(seen: Coverage) -> pd.DataFrame:
    """List the territories where no catalyst stands, the most populous first."""
    empty = seen.frame[seen.frame["catalyst_count"] == 0]
    return empty.sort_values("population", ascending=False, kind="stable")
