"""What the map of the nearest looks at, and says."""

from typing import Final

import pandas as pd

from geo.analysis.nearest import Nearest
from geo.french import count
from geo.output.maps.places import HEXAGONE, Bounds

_SEEN_TOGETHER_M: Final = 1_500_000.0  # the hexagone and Corsica, not an ocean
_MARGIN: Final = 0.05  # degrees
_FEW: Final = 5


def nearest_bounds(answer: Nearest | None) -> Bounds:
    """Return bounds around the place and the nearest few, or those of France without a place."""
    if answer is None:
        return HEXAGONE
    origin, ranked = answer.origin, answer.ranked
    together = ranked["distance_m"].to_numpy() <= _SEEN_TOGETHER_M
    lons = [origin.longitude, *ranked["longitude"].to_numpy()[together][:_FEW].tolist()]
    lats = [origin.latitude, *ranked["latitude"].to_numpy()[together][:_FEW].tolist()]
    return (
        min(lons) - _MARGIN,
        min(lats) - _MARGIN,
        max(lons) + _MARGIN,
        max(lats) + _MARGIN,
    )


def nearest_title(rows: pd.DataFrame, answer: Nearest | None) -> str:
    """Describe in words what the map shows."""
    if answer is None:
        return f"Carte de France, {count(int(rows['longitude'].notna().sum()), 'catalyseur')}"
    found = count(len(answer.ranked), "catalyseur")
    return f"Carte, {found} au plus près\u00a0: {answer.origin.label}"
