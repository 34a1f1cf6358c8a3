"""Write the files in a folder beside, then put it in the place of the old one in one go.

The same tables give the same bytes: fixed order, fixed options, no date of today.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.crs import WGS84
from geo.reference.build.clean import Shapes

_LEVEL: Final = 19


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """Yield an empty folder; it replaces ``folder`` on success, else it is removed.

    Files of ``folder`` that the build does not write are kept.
    """
    fresh, previous = (folder.with_name(f".{folder.name}.{end}") for end in ("new", "old"))
    for path in (fresh, previous):
        shutil.rmtree(path, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        _keep_others(folder, fresh)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _swap(folder, fresh, previous)


def _keep_others(folder: Path, fresh: Path) -> None:
    for path in folder.glob("*") if folder.is_dir() else ():
        if not (fresh / path.name).exists():
            (shutil.copytree if path.is_dir() else shutil.copy2)(path, fresh / path.name)


def _swap(folder: Path, fresh: Path, previous: Path) -> None:
    if folder.exists():
        folder.rename(previous)
    try:
        fresh.rename(folder)
    except OSError:
        previous.rename(folder)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def shapes(path: Path, frame: pd.DataFrame, geometry: Shapes, group: int) -> None:
    """Write a table and its WGS 84 shapes as GeoParquet, by groups of rows read on their own."""
    gpd.GeoDataFrame(frame, geometry=list(geometry), crs=WGS84).to_parquet(
        path, index=False, compression="zstd", compression_level=_LEVEL, row_group_size=group
    )


def table(path: Path, frame: pd.DataFrame, metadata: dict[str, Any] | None = None) -> None:
    """Write a plain table as Parquet, with facts about it in its schema."""
    arrow = pa.Table.from_pandas(frame, preserve_index=False)
    encoded = {key: json.dumps(value, sort_keys=True) for key, value in (metadata or {}).items()}
    arrow = arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **encoded})
    pq.write_table(arrow, path, compression="zstd", compression_level=_LEVEL)


def report(path: Path, content: dict[str, Any]) -> None:
    """Write the build report as JSON that differs only where facts differ."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
