"""GeoJSON, RFC 7946: WGS 84, right-hand rings, stable ids; written piece by piece."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import orjson
import shapely

from geo.output.datasets.table import Dataset, Shapes
from geo.output.exports.model import Export, file_names, steps, values

_DECIMALS: Final = 6


def geojson(export: Export) -> Iterator[bytes]:
    """Write the subject of an export, with foreign members that say what it is.

    Rows without a shape are counted; ``with_unplaced`` writes them too, with a null geometry.
    Points and lines have 6 decimals; perimeters keep the 7 of the reference, since rounding could
    make their edges cross.
    """
    dataset = export.main
    head = {"type": "FeatureCollection"} | _box(dataset)
    head |= export.caption.members(len(dataset.frame), dataset.placed_count)
    yield orjson.dumps(head)[:-1] + b',"features":['
    comma = b""
    for part in steps(dataset):
        written = b",".join(_features(dataset, part, with_unplaced=export.with_unplaced))
        if written:
            yield comma + written
            comma = b","
    yield b"]}"


def _box(dataset: Dataset) -> dict[str, Any]:
    if not dataset.placed_count:
        return {}
    return {"bbox": np.round(shapely.total_bounds(dataset.geometry), _DECIMALS).tolist()}


def _features(dataset: Dataset, part: slice, *, with_unplaced: bool) -> Iterator[bytes]:
    names = file_names(dataset.columns)
    rows = zip(*(values(dataset, column, part) for column in dataset.columns), strict=True)
    for shape, row in zip(shapes(dataset, part), rows, strict=True):
        if shape is not None or with_unplaced:
            properties = dict(zip(names, row, strict=True))
            yield orjson.dumps(
                {"type": "Feature", "id": row[0], "geometry": shape, "properties": properties}
            )


def shapes(dataset: Dataset, part: slice) -> list[Any]:
    """Return the shapes of some rows as ``orjson`` writes them, None where there is none."""
    geometries = dataset.geometry[part]
    return _points(geometries) if dataset.shape == "Point" else _others(geometries)


def _points(geometries: Shapes) -> list[Any]:
    pairs = (
        np.column_stack([shapely.get_x(geometries), shapely.get_y(geometries)])
        .round(_DECIMALS)
        .tolist()
    )
    return [
        None if shape is None else {"type": "Point", "coordinates": pair}
        for shape, pair in zip(geometries, pairs, strict=True)
    ]


def _others(geometries: Shapes) -> list[Any]:
    areas = shapely.get_dimensions(geometries) == shapely.get_dimensions(shapely.Polygon())
    oriented = np.where(areas, shapely.orient_polygons(geometries), geometries)
    oriented[~areas] = shapely.transform(oriented[~areas], lambda pairs: pairs.round(_DECIMALS))
    return [
        None if text is None else orjson.Fragment(text) for text in shapely.to_geojson(oriented)
    ]
