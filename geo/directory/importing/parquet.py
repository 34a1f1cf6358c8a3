"""Read GeoParquet and plain Parquet: columns as texts, the points of its main geometry."""

import io
import json
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.directory.importing.coordinate_systems import geometries_of, in_wgs84
from geo.directory.importing.errors import bad_file, bomb, check_size
from geo.directory.importing.json_records import frame, text_of
from geo.directory.importing.limits import MEGABYTE, Limits
from geo.directory.importing.table import Table
from geo.french import count, typeset

_AT_ONCE: Final = 1_000
_FAULTS: Final = (
    *(pa.ArrowException, OSError, ValueError, KeyError, TypeError, AttributeError),
    *(RecursionError, shapely.GEOSException),
)
"""What a damaged file, or one that lies of itself, makes of its reading."""
_REMEDY: Final = "exportez-le à nouveau, ou en CSV ou GeoJSON"


def read_parquet(data: bytes, name: str, limits: Limits) -> Table:
    """Read a Parquet file whole.

    Raises
    ------
    BadFileError
        Damaged, without a row, too large once read, or in a system that nobody knows.
    """
    try:
        return _read(pq.ParquetFile(io.BytesIO(data)), name, limits)
    except _FAULTS:
        raise bad_file(name, "le Parquet est illisible", _REMEDY) from None


def _read(file: pq.ParquetFile, name: str, limits: Limits) -> Table:
    check_size(name, file.metadata.num_rows, file.metadata.num_columns, limits)
    if not file.metadata.num_rows:
        raise bad_file(name, "il ne contient aucune ligne", "vérifiez les filtres de l’export")
    about = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
    place = str(about.get("primary_column", ""))
    rows = _rows(file, name, limits)
    shapes, sentences = None, [f"Parquet, {count(len(rows), 'ligne')}."]
    if place:
        shapes, bad = geometries_of([row.pop(place) for row in rows], shapely.from_wkb)
        shapes, moved = in_wgs84(shapes, _system(about["columns"][place]), name)
        sentences.extend((*bad, *moved))
    texts = [{key: text_of(value) for key, value in row.items()} for row in rows]
    numbers = np.arange(1, len(texts) + 1, dtype=np.int64)
    cells = frame(texts, name, limits)
    notices = tuple(typeset(text) for text in sentences)
    return Table(name, "parquet", cells, numbers, shapes, header_row=0, notices=notices)


def _rows(file: pq.ParquetFile, name: str, limits: Limits) -> list[dict[str, Any]]:
    """Return the rows, some at a time, so that what they weigh is known before it is too much."""
    room = limits.unzipped_megabytes * MEGABYTE
    groups = (file.metadata.row_group(at) for at in range(file.metadata.num_row_groups))
    if sum(group.total_byte_size for group in groups) > room:
        raise bomb(name, limits)
    rows = []
    for some in file.iter_batches(_AT_ONCE, use_threads=False):
        room -= some.nbytes
        if room < 0:
            raise bomb(name, limits)
        rows.extend(some.to_pylist())
    return rows


def _system(column: dict[str, Any]) -> str:
    """Name the system of a geometry, « OGC:CRS84 » by default, as PROJ reads it."""
    system = column.get("crs")
    return json.dumps(system) if system else ""
