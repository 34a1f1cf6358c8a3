"""Where a map may look: the parts of France, each with its box in degrees."""

from typing import Final

Bounds = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

PLACES: Final[dict[str, Bounds]] = {
    "Hexagone": (-5.2, 41.3, 9.6, 51.1),
    "Guadeloupe": (-61.85, 15.8, -60.95, 16.55),
    "Martinique": (-61.3, 14.35, -60.75, 14.93),
    "Guyane": (-54.7, 2.05, -51.5, 5.85),
    "La Réunion": (55.15, -21.45, 55.9, -20.82),
    "Mayotte": (44.95, -13.05, 45.35, -12.58),
}
HEXAGONE: Final = PLACES["Hexagone"]
