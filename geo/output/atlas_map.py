"""What the map of all catalysts draws, and says: territories as outlines or shaded, under marks."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from geo.french import count, number
from geo.output import maps
from geo.output.cards import TERRITORY_PAGE
from geo.output.shades import shade as shade_of
from geo.vocabulary import plural

Values = Mapping[str, float | None]
_UNPLACED: Final = "sans lieu connu"
_KNOWN: Final = {
    "departement": "au département près",
    "region": "à la région près",
    "national": "de portée nationale",
}
"""What is known of where a catalyst is, when it has no point."""


def scale(shade: str, shaded: Values) -> maps.Scale:
    """Return the classes of what shades the territories."""
    one = shade_of(shade)
    return maps.scale_for(shaded, one.unit, decimals=one.decimals)


def layers(
    rows: pd.DataFrame, records: str, kind: str, shade: str = "", shaded: Values | None = None
) -> list[dict[str, Any]]:
    """Draw the territories under the catalysts."""
    points = maps.catalyst_layer(rows, records)
    if not kind:
        return [points]
    link = f"{TERRITORY_PAGE}{kind}:"
    if not shade:
        return [maps.outline_layer(kind, link), points]
    values = shaded or {}
    return [maps.choropleth_layer(kind, values, scale(shade, values), link=link), points]


def title(rows: pd.DataFrame, kind: str, shade: str = "") -> str:
    """Say in words what the map shows."""
    placed = count(int(rows["longitude"].notna().sum()), "catalyseur")
    over = f" sur les {plural(kind)}" if kind else ""
    return f"Carte de France : {placed}{over}{', ' + shade_of(shade).label if shade else ''}"


def what_is_not_on_the_map(rows: pd.DataFrame) -> str:
    """Count the catalysts that have no point, by how precisely they are known; nobody: nothing."""
    counts = rows["location_precision"][rows["longitude"].isna().to_numpy()].value_counts()
    if counts.empty:
        return "Tous ont un point sur la carte." if len(rows) else ""
    parts = [f"{number(n)} {_KNOWN.get(str(code), _UNPLACED)}" for code, n in counts.items()]
    return (
        f"{number(len(rows) - int(counts.sum()))} sur la carte\u00a0; "
        f"{number(int(counts.sum()))} sans point\u00a0: {', '.join(parts)}."
    )
