"""Territories side by side, as files."""

from dataclasses import replace
from typing import Final

import pandas as pd

from geo.analysis.coverage import Coverage
from geo.analysis.indicators import Figures
from geo.directory.schema import REAL, TEXTS, WHOLE
from geo.output.caption import Caption
from geo.output.datasets.table import NAMED_TERRITORY, Column, Dataset, shapes_of
from geo.output.exports.model import Export
from geo.reference import france
from geo.reference.place import Place
from geo.reference.territory import COMMUNE
from geo.vocabulary import plural

_FIELDS: Final = [
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
_COLUMNS: Final = (
    *NAMED_TERRITORY,
    Column("population", "Population", WHOLE),
    Column("commune_count", "Communes", WHOLE),
    Column("catalyst_count", "Catalyseurs", WHOLE),
    Column("practices", "Pratiques présentes", TEXTS, "practice"),
    Column("missing_practices", "Pratiques sans catalyseur connu", TEXTS, "practice"),
    Column("per_100k", "Catalyseurs pour 100 000 habitants", REAL),
    Column("distance_km", "Distance moyenne au plus proche (km)", REAL),
)
_BESIDE: Final = Column("beside_count", "À part, non catalyseurs", WHOLE)
_TOLERANCE_M = 500
_PRECISION = 4
_DIGITS = {"per_100k": 4, "distance_km": 3}
_INDICATOR_COLUMNS: Final = (
    Column("indicator_code", "Indicateur"),
    Column("indicator_value", "Valeur", REAL),
    Column("indicator_unit", "Unité"),
    Column("indicator_year", "Année"),
    Column("indicator_source", "Source de l’indicateur"),
)


def _rows(answer: Coverage, figures: Figures | None) -> pd.DataFrame:
    rows = answer.frame[_FIELDS].round(_DIGITS)
    if figures is None:
        return rows
    indicator, source = figures.indicator, figures.source
    value = pd.Series([figures.by_code.get(str(code)) for code in rows.index], rows.index, float)
    origin = f"{source.publisher}, {source.title} ({source.licence}), {figures.how}"
    return rows.assign(
        indicator_code=indicator.code,
        indicator_value=value.round(max(indicator.decimals, _PRECISION)),
        indicator_unit=indicator.unit,
        indicator_year=figures.year,
        indicator_source=origin,
    )


def outlines(kind: str) -> pd.Series:
    """Read the outlines of a kind for files, by code: communes whole, others at 500 m."""
    if kind != COMMUNE:
        return france.outlines(kind, _TOLERANCE_M)
    return pd.Series(france.commune_geometries(), france.communes().index)


def coverage_export(
    answer: Coverage,
    caption: Caption,
    figures: Figures | None = None,
    beside: "pd.Series[int] | None" = None,
) -> Export:
    """Return every territory of the kind with its figures and its outline simplified at 500 m.

    ``beside``: how many of what is shown beside the catalysts touch each territory, by code.
    """
    rows = _rows(answer, figures)
    columns = (*_COLUMNS, *(_INDICATOR_COLUMNS if figures else ()))
    if beside is not None:
        rows = rows.assign(beside_count=beside.reindex(rows.index).fillna(0).astype(int))
        columns = (*columns, _BESIDE)
    rows = rows.assign(
        territory_kind=answer.kind,
        territory_id=[str(Place(answer.kind, code)) for code in rows.index],
    )
    frame = rows[[column.name for column in columns]].set_index("territory_id", drop=False)
    kinds = plural(answer.kind)
    shapes = shapes_of(outlines(answer.kind).loc[rows.index])
    dataset = Dataset(
        "territories", kinds[0].upper() + kinds[1:], columns, frame, shapes, "MultiPolygon"
    )
    about = replace(caption, subject="territories")
    return Export((dataset,), about, f"territoires-{answer.kind}")
