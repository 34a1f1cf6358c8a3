"""Where duplicates are sought when a base has too many actors to compare them all at once."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.reference.postcodes import departements_of_communes

MANY = 150_000
"""Actors that are compared at once: above, one département after another."""
NOWHERE = ""
"""Stands for the département of what has no commune."""


def departements(actors: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return the département code of each actor, ``NOWHERE`` without a commune of today."""
    codes, known = pd.factorize(actors["commune_code"])
    of = departements_of_communes()
    return np.array([*(of.get(code, NOWHERE) for code in known), NOWHERE], dtype=object)[codes]


def areas(actors: pd.DataFrame) -> dict[str, int]:
    """Count the actors of each département of a large base; nothing of another base.

    The most first, then those that are too many to be compared, and what has no commune.

    Parameters
    ----------
    actors
        Current actors that are not fictitious, columns of the kind « actor ».
    """
    if len(actors) <= MANY:
        return {}
    counts = pd.Series(departements(actors)).value_counts().to_dict()
    order = sorted(counts, key=lambda code: (code == NOWHERE, counts[code] > MANY, -counts[code]))
    return {str(code): int(counts[code]) for code in order}
