"""Territories side by side, as files."""

import pandas as pd

from geo.analysis.coverage import Coverage
from geo.output.caption import Caption
from geo.output.geojson import territories_geojson
from geo.output.table import write_csv
from geo.reference import france
from geo.reference.territory import COMMUNE

_FIELDS = [
    "territory_code",
    "territory_name",
    "population",
    "commune_count",
    "catalyst_count",
    "practices",
    "missing_practices",
    "per_100k",
    "distance_km",
]
_TOLERANCE_M = 500


def coverage_csv(seen: Coverage, caption: Caption) -> bytes:
    """Write one row per territory; a missing figure is an empty cell, never 0."""
    rows = seen.frame[_FIELDS].round({"per_100k": 4, "distance_km": 3})
    cells = [[seen.kind, *row] for row in rows.astype(object).to_numpy().tolist()]
    said = caption.line(seen.selected_count)
    return write_csv(["territory_kind", *_FIELDS], cells, said, caption)


def _outlines(kind: str) -> pd.Series:
    if kind != COMMUNE:
        return france.outlines(kind, _TOLERANCE_M)
    return pd.Series(france.commune_geometries(), france.communes().index)


def coverage_geojson(seen: Coverage, caption: Caption) -> str:
    """Write every territory of the kind with its figures and its outline simplified at 500 m."""
    rows = seen.frame[_FIELDS].round({"per_100k": 4, "distance_km": 3}).astype(object)
    rows = rows.where(rows.map(lambda value: isinstance(value, list) or value == value), None)  # noqa: PLR0124
    geometries = list(_outlines(seen.kind).loc[rows.index])
    return territories_geojson(rows.assign(territory_kind=seen.kind), geometries, caption)
