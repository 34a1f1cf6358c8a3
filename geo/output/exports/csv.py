"""CSV of any subject: codes as the import reads them, their labels beside, where it comes from."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from geo.output.datasets.table import Dataset
from geo.output.exports.model import (
    Export,
    coded,
    file_names,
    in_words,
    label_name,
    steps,
    values,
)
from geo.output.table import csv_lines


def table_csv(export: Export) -> Iterator[bytes]:
    """Write the subject of an export, those without a place included.

    The columns of catalysts are those of the file of catalysts, so it can be loaded again; a
    shape that is no point is its WKT.
    """
    dataset = export.main
    header = [*file_names(dataset.columns), *(label_name(one) for one in coded(dataset))]
    header += ["longitude", "latitude"] if dataset.shape == "Point" else _wkt_name(dataset)
    origin = export.caption.line(len(dataset.frame))
    yield from csv_lines(header, _rows(dataset), origin, export.caption)


def _wkt_name(dataset: Dataset) -> list[str]:
    return [] if dataset.shape in {"", "MultiPolygon"} else ["geometry_wkt"]


def _rows(dataset: Dataset) -> Iterator[list[Any]]:
    for part in steps(dataset):
        values_by_column = {
            column.name: values(dataset, column, part) for column in dataset.columns
        }
        labels = [
            [in_words(one, value) for value in values_by_column[one.name]] for one in coded(dataset)
        ]
        for row in zip(*values_by_column.values(), *labels, *_places(dataset, part), strict=True):
            yield list(row)


def _places(dataset: Dataset, part: slice) -> list[list[Any]]:
    geometries = dataset.geometry[part]
    if dataset.shape == "Point":
        return [shapely.get_x(geometries).tolist(), shapely.get_y(geometries).tolist()]
    if not _wkt_name(dataset):
        return []
    return [np.where(shapely.is_missing(geometries), "", shapely.to_wkt(geometries)).tolist()]
