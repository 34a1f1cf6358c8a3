"""Figures of a commune and of those that left it since: given for neither of them alone."""

import pandas as pd

from geo.directory.indicators.report import Report
from geo.reference import france


def of_its_own(known: pd.DataFrame, rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Drop the figures that cover other communes of today as well, and count them.

    Such is the figure of a commune, of a year before another was taken out of it, in a table that
    has no row for that other one: a table older than the separation. One of no year is taken for
    old.

    Parameters
    ----------
    known
        ``territory_code``, ``year`` and ``value`` of an indicator.
    rows
        The rows of the table, by ``territory_code`` and ``year``; no year where columns have it.
    """
    parts = france.separations()
    pairs = known.reset_index(drop=True).reset_index(names="row")
    pairs = pairs.merge(parts, left_on="territory_code", right_on="code")
    pairs = pairs[pairs["date"].str[:4] > pairs["year"]]
    near = rows[rows["territory_code"].isin(pairs["commune_code"])]
    listed = set(zip(near["territory_code"], near["year"], strict=True))
    columns = (pairs["commune_code"], pairs["year"])
    there = [bool({(part, year), (part, "")} & listed) for part, year in zip(*columns, strict=True)]
    shared = pairs[~pd.Series(there, index=pairs.index, dtype=bool)]
    for _, some in shared.groupby("row"):
        beside = ", ".join(some["commune_code"])
        report.tell("separated", [f"{some['territory_code'].iloc[0]} avec {beside}"])
    return known[~known.reset_index(drop=True).index.isin(shared["row"])]
