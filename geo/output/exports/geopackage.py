"""GeoPackage for QGIS: one layer a dataset, each already drawn and labelled; a table says why.

QGIS reads a layer's default style in ``layer_styles``; sources: QGIS 3.22 and GDAL 3.12 manuals.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyogrio

from geo.directory.schema import FLAG, REAL, WHOLE
from geo.output.datasets.table import Column, Dataset
from geo.output.exports.files import pieces
from geo.output.exports.model import (
    Export,
    coded,
    file_names,
    in_words,
    label_name,
    values,
)
from geo.output.exports.qgis import style

_WHOLE_TABLE: Final = slice(None)
_DTYPES: Final = {WHOLE: "Int64", REAL: "float64", FLAG: "boolean"}
ABOUT: Final = "a_propos"
_STYLES: Final = "layer_styles"
_GEOMETRY: Final = "geom"
_VERSION: Final = "1.2"  # read without a warning by GDAL and QGIS of the last years


def geopackage(export: Export) -> Iterator[bytes]:
    """Write every dataset of an export; rows without a place have no geometry."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.gpkg"
        for dataset in export.datasets:
            _layer(path, dataset, export)
        _table(path, ABOUT, pd.DataFrame(export.facts, columns=["champ", "valeur"]))
        _table(path, _STYLES, _styles(export.datasets), FID="id")
        yield from pieces(path)


def _layer(path: Path, dataset: Dataset, export: Export) -> None:
    columns = {
        name: _series(values(dataset, column, _WHOLE_TABLE), column)
        for name, column in zip(file_names(dataset.columns), dataset.columns, strict=True)
    }
    for column in coded(dataset):
        found = values(dataset, column, _WHOLE_TABLE)
        columns[label_name(column)] = pd.Series([in_words(column, v) for v in found], dtype=object)
    frame = gpd.GeoDataFrame(columns, geometry=dataset.geometry, crs="EPSG:4326")
    pyogrio.write_dataframe(
        frame,
        path,
        layer=dataset.subject,
        driver="GPKG",
        append=path.exists(),
        geometry_type=dataset.shape,
        dataset_options={"VERSION": _VERSION},
        promote_to_multi=dataset.shape.startswith("Multi"),
        layer_options={
            "IDENTIFIER": dataset.title,
            "DESCRIPTION": export.caption.line(len(export.main.frame)),
            "GEOMETRY_NAME": _GEOMETRY,
        },
    )


def _series(found: list[Any], column: Column) -> pd.Series:
    texts = [";".join(one) if isinstance(one, list) else one for one in found]
    dtype = "object" if column.name == "fictive" else _DTYPES.get(column.type, "object")
    return pd.Series(texts, dtype=dtype)


def _table(path: Path, name: str, rows: pd.DataFrame, **options: str) -> None:
    pyogrio.write_dataframe(
        rows,
        path,
        layer=name,
        driver="GPKG",
        append=True,
        layer_options=options,
    )


def _styles(datasets: tuple[Dataset, ...]) -> pd.DataFrame:
    """Return the rows of ``layer_styles`` as QGIS writes them."""
    rows = [
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": dataset.subject,
            "f_geometry_column": _GEOMETRY,
            "styleName": "Catalyse",
            "styleQML": style(dataset),
            "styleSLD": "",
            "useAsDefault": True,
            "description": f"{dataset.title} : dessin par défaut",
            "owner": "",
            "ui": "",
            "update_time": pd.Timestamp.now("UTC").tz_localize(None).floor("s"),
        }
        for dataset in datasets
    ]
    return pd.DataFrame(rows)
