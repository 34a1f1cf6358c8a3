"""What the map of the nearest looks at, draws, and says."""

from typing import Any, Final

import pandas as pd

from geo.analysis import programmes
from geo.analysis.nearest import Nearest
from geo.directory.directory import Directory
from geo.french import count
from geo.output import maps
from geo.output.maps.places import HEXAGONE, Bounds
from geo.query.selection import Selection

_SEEN_TOGETHER_M: Final = 1_500_000.0  # the hexagone and Corsica, not an ocean
_MARGIN: Final = 0.05  # degrees
_FEW: Final = 5
_M: Final = 1000.0


def nearest_bounds(answer: Nearest | None) -> Bounds:
    """Return bounds around the place and the nearest few, or those of France without a place.

    A territory is seen whole: where nobody is near, its middle alone may be a forest.
    """
    if answer is None:
        return HEXAGONE
    origin, ranked = answer.origin, answer.ranked
    together = ranked["distance_m"].to_numpy() <= _SEEN_TOGETHER_M
    lons = [origin.longitude, *ranked["longitude"].to_numpy()[together][:_FEW].tolist()]
    lats = [origin.latitude, *ranked["latitude"].to_numpy()[together][:_FEW].tolist()]
    if origin.area:
        west, south, east, north = maps.territory_bounds(*origin.area)
        lons += [west, east]
        lats += [south, north]
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


def nearest_map(
    rows: pd.DataFrame, answer: Nearest | None, book: Directory, places: pd.DataFrame
) -> dict[str, Any]:
    """Say what the map shows: see ``overlay_spec``. A click says where to start from.

    Parameters
    ----------
    rows
        The catalysts shown.
    places
        What is shown beside them, from ``places_beside``.
    """
    return {
        "layers": _layers(rows, answer, book, places),
        "title": nearest_title(rows, answer),
        "bounds": nearest_bounds(answer),
        "clicks": ("place",),
    }


def _layers(
    rows: pd.DataFrame, answer: Nearest | None, book: Directory, places: pd.DataFrame
) -> list[dict[str, Any]]:
    """Draw the catalysts, ranked, around where the search starts, over what is beside."""
    below, records = maps.programme_layers(places), maps.map_records(book)
    if answer is None:
        return [*below, maps.catalyst_layer(rows, records)]
    ranked = answer.ranked
    ranks = {str(code): int(rank) for code, rank in zip(ranked.index, ranked["rank"], strict=True)}
    origin = answer.origin
    ranked_layers = [maps.catalyst_layer(ranked, records, ranks=ranks)]
    if origin.area:
        ranked_layers.insert(0, maps.territory_layer(*origin.area, origin.label))
    reach = (answer.search.radius_km or 0) * _M
    return [
        *below,
        *ranked_layers,
        maps.place_layer(origin.longitude, origin.latitude, origin.label, reach),
    ]


def places_beside(selection: Selection, answer: Nearest | None) -> pd.DataFrame:
    """Return what is shown beside the catalysts: the nearest to the place, all without one."""
    if answer is None:
        return programmes.selected(selection)
    return programmes.nearest_places(answer.origin, selection, answer.search)
