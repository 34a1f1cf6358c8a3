"""How much a record says of what somebody who looks for help needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

USEFUL: Final = {
    "ce qu’ils font": ("summary", "description"),
    "ce qu’ils peuvent faire pour vous": ("offers",),
    "les pratiques": ("practices",),
    "les activités": ("activities",),
    "le profil": ("profile",),
    "le site": ("website",),
    "un courriel ou un téléphone": ("email", "phone"),
    "la commune": ("commune_code",),
    "le territoire d’intervention": ("scope",),
    "les horaires": ("opening_hours",),
}
"""What is useful, in French, and the fields of which any one tells it."""


@dataclass(frozen=True)
class Completeness:
    """What a record tells of ``USEFUL``; ``missing`` in French, in that order."""

    filled: int
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """Return the share of what is useful that is told, from 0 to 1."""
        return self.filled / len(USEFUL)


def completeness(record: Mapping[Any, Any]) -> Completeness:
    """Tell what a record says and what it leaves out; a field that it has not is empty."""
    missing = tuple(
        label
        for label, names in USEFUL.items()
        if not any(bool(record.get(name)) for name in names)
    )
    return Completeness(len(USEFUL) - len(missing), missing)


def filled(frame: pd.DataFrame) -> pd.Series:
    """Count what each record of a table tells of what is useful, as ``completeness`` does."""
    counts = np.zeros(len(frame), "int64")
    for names in USEFUL.values():
        present = [_tells(frame[name]) for name in names if name in frame]
        counts += np.logical_or.reduce(present, axis=0) if present else 0
    return pd.Series(counts, index=frame.index)


def _tells(column: pd.Series) -> np.ndarray:
    if column.dtype == object:
        return np.fromiter(map(bool, column), bool, len(column))
    return (column != "").to_numpy(bool)
