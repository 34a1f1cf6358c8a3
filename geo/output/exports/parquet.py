"""GeoParquet 1.1: typed columns, lists as lists, WKB in WGS 84; the caption beside the schema.

Source: GeoParquet specification 1.1.0; without « crs », coordinates are OGC:CRS84.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.directory.schema import FLAG, REAL, TEXT, TEXTS, WHOLE
from geo.output.datasets.table import Dataset
from geo.output.exports.files import pieces
from geo.output.exports.model import Export

_TYPES: Final = {
    TEXT: pa.string(),
    TEXTS: pa.list_(pa.string()),
    REAL: pa.float64(),
    WHOLE: pa.int64(),
    FLAG: pa.bool_(),
}
_GROUP: Final = 20_000


def parquet(export: Export) -> Iterator[bytes]:
    """Write the subject of an export; rows without a place have a null geometry."""
    dataset = export.main
    schema = _schema(export)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.parquet"
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for start in range(0, max(len(dataset.frame), 1), _GROUP):
                writer.write_table(_table(dataset, slice(start, start + _GROUP), schema))
        yield from pieces(path)


def _schema(export: Export) -> pa.Schema:
    dataset = export.main
    fields = [pa.field(column.name, _TYPES[column.type]) for column in dataset.columns]
    caption_members = export.caption.members(len(dataset.frame), dataset.placed_count)
    labels = {column.name: column.label for column in dataset.columns}
    described = {
        "geo": json.dumps(_geo(dataset)),
        "catalyse": json.dumps(caption_members | {"labels": labels}, ensure_ascii=False),
    }
    return pa.schema([*fields, pa.field("geometry", pa.binary())], described)


def _geo(dataset: Dataset) -> dict[str, Any]:
    kinds = sorted({one.geom_type for one in dataset.geometry if one is not None})
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": kinds}
    if kinds:
        column["bbox"] = shapely.total_bounds(dataset.geometry).tolist()
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def _table(dataset: Dataset, part: slice, schema: pa.Schema) -> pa.Table:
    columns = [_column(dataset.frame[one.name].iloc[part], one.type) for one in dataset.columns]
    shapes = np.asarray(shapely.to_wkb(dataset.geometry[part]), dtype=object)
    return pa.table([*columns, pa.array(shapes, pa.binary())], schema=schema)


def _column(found: pd.Series, kind: str) -> pa.Array | pa.ChunkedArray:
    if kind == TEXTS:
        return pa.array([list(one) for one in found], _TYPES[kind])
    return pa.Array.from_pandas(found, type=_TYPES[kind])  # as it is held; what is missing is null
