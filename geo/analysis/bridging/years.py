"""Alliances year by year, as far as they are dated."""

from typing import Final

import pandas as pd

from geo.analysis import network
from geo.dates import span
from geo.directory.store.lookup import known

YEAR_COLUMNS: Final = ("year", "begun", "ended", "under_way", "actors", "mixed")


def years(alliances: pd.DataFrame, actors: pd.DataFrame, last: int) -> pd.DataFrame:
    """Count, each year up to ``last``, the alliances whose beginning is known.

    One without an end is taken to last. Those that begin after ``last`` are left out.

    Returns
    -------
    ``YEAR_COLUMNS``, one row a year from the first beginning: alliances that began and ended that
    year, those under way at some moment of it, the actors they join, those that join profiles.
    """
    spans = [_span(*both) for both in zip(alliances["since"], alliances["until"], strict=True)]
    first = min((begins for begins, _ in spans if begins), default=last + 1)
    there = known(actors, (one for ids in alliances["member_ids"] for one in ids))
    crossing = set(network.mixed(alliances, actors).index)
    members = [there.intersection(ids) for ids in alliances["member_ids"]]
    crosses = [one in crossing for one in alliances.index]
    rows = []
    for year in range(first, last + 1):
        now = [at for at, (one, end) in enumerate(spans) if one and one <= year <= end]
        rows.append(
            {
                "year": year,
                "begun": sum(one == year for one, _ in spans),
                "ended": sum(bool(one) and end == year for one, end in spans),
                "under_way": len(now),
                "actors": len(set().union(*(members[at] for at in now))),
                "mixed": sum(crosses[at] for at in now),
            }
        )
    return pd.DataFrame(rows, columns=list(YEAR_COLUMNS))


_ENDLESS: Final = 9_999


def _span(since: str, until: str) -> tuple[int, int]:
    """Return the first year, 0 where it is unknown, and the last."""
    begins, ends = span(since), span(until)
    return (begins[0].year if begins else 0, ends[1].year if ends else _ENDLESS)
