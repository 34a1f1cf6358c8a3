"""Practices × profiles: what is there, and what is missing."""

from collections.abc import Iterable

import pandas as pd

from geo.directory.directory import Directory
from geo.vocabulary import choices


def matrix(directory: Directory, ids: Iterable[str]) -> pd.DataFrame:
    """Count catalysts for every pair practice × profile, the empty pairs included.

    A catalyst with several practices counts once in each, so cells may add up to more than the
    catalysts. Rows and columns follow the vocabularies, « non_renseigne » last; profiles that are
    not of the catalysts' own list have a column only where one is met.

    Returns
    -------
    Whole numbers, practices down (``practice``), profiles across (``profile``).
    """
    counts = directory.ask("matrix", among={"catalyst_id": ids})
    table = counts.pivot_table(
        index="practice", columns="profile", values="catalyst_count", aggfunc="sum", fill_value=0
    )
    rows = pd.Index(choices("practice"), name="practice")
    shown = {*choices("profile"), *table.columns}
    known = [one for one in choices("any_profile") if one in shown]
    columns = pd.Index(known, name="profile")
    return table.reindex(index=rows, columns=columns, fill_value=0).astype(int)
