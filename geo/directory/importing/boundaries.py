"""Areas that a file draws: perimeters, valid, in WGS 84, named."""

import json
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo.directory.importing.dry_run import ERROR, INFO, WARNING, DryRun, Problem
from geo.directory.importing.errors import bad_file
from geo.directory.importing.limits import Limits
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.record_ids import slug
from geo.directory.importing.row_batch import RowBatch
from geo.directory.importing.table import Table
from geo.directory.importing.text_cleaning import words
from geo.directory.schema import ACTOR, PERIMETER
from geo.french import count, number, quoted, typeset

_AREAS = (int(shapely.GeometryType.POLYGON), int(shapely.GeometryType.MULTIPOLYGON))
_DIGITS = 7  # a centimetre
_LONGEST = 40


def draws_areas(table: Table) -> bool:
    """Return whether most of what a file draws are areas."""
    if table.geometry is None:
        return False
    geometries = table.geometry[~shapely.is_missing(table.geometry)]
    kinds = shapely.get_type_id(geometries)
    return bool(geometries.size) and int(np.isin(kinds, _AREAS).sum()) * 2 > geometries.size


def perimeters(table: Table, mapping: Mapping, title: str, date: str, limits: Limits) -> DryRun:
    """Make a perimeter of each area; what is no area is left out and told.

    Raises
    ------
    BadFileError
        The areas have too many corners.
    """
    shapes = table.geometry if table.geometry is not None else np.array([], dtype=object)
    corners = _corners(table.name, shapes, limits)
    batch = RowBatch(table, mapping)
    names = words(batch, "actor_name")
    notes = words(batch, "note")
    records: dict[str, dict[str, Any]] = {}
    for at, shape in enumerate(shapes):
        area, sentence, severity = _valid(shape)
        row = int(table.rows[at])
        if sentence:
            batch.problems.append(Problem(row, "", "geojson", typeset(sentence), severity=severity))
        if area is None:
            continue
        label = str(names[at]) or f"Périmètre {row}"
        # Two files may well have a « Zone 1 » each.
        key = _free(slug(f"{mapping.dataset[:_LONGEST]} {label}"), records)
        records[key] = PERIMETER.blank() | {
            "perimeter_id": key,
            "perimeter_name": label,
            "geojson": _geojson(area),
            "note": str(notes[at]),
            "source_title": title,
            "source_date": date,
            "status": "publiee",
        }
    unmapped = mapping.unmapped(table)
    left = [
        Problem(0, name, "", typeset(f"Colonne non reprise : {quoted(name)}."), severity=INFO)
        for name in unmapped
    ]
    sentence = f"{count(len(records), 'périmètre')}, {number(corners)} sommets."
    return DryRun(
        name=table.name,
        dataset=mapping.dataset,
        actors=pd.DataFrame(columns=[field.name for field in ACTOR.fields], dtype=object),
        perimeters=[*records.values()],
        problems=[*left, *batch.problems],
        unmapped=unmapped,
        notices=(*table.notices, typeset(sentence)),
        rows_read=len(table),
    )


def _corners(name: str, shapes: Any, limits: Limits) -> int:
    corners = int(shapely.get_num_coordinates(shapes).sum())
    if corners > limits.vertices:
        why = f"{number(corners)} sommets, la limite est de {number(limits.vertices)}"
        raise bad_file(name, why, "simplifiez les contours dans QGIS")
    return corners


def _valid(shape: Any) -> tuple[Any, str, str]:
    """Return an area without self-crossing, and what was done to it."""
    if shape is None or shape.is_empty:
        return None, "Aucun tracé : laissé de côté.", ERROR
    if int(shapely.get_type_id(shape)) == shapely.GeometryType.GEOMETRYCOLLECTION:
        parts = [part for part in shape.geoms if int(shapely.get_type_id(part)) in _AREAS]
        area, sentence, severity = _valid(shapely.union_all(parts) if parts else None)
        return area, sentence or "Lignes et points du tracé laissés de côté.", severity
    if int(shapely.get_type_id(shape)) not in _AREAS:
        return None, "Ce tracé n’est pas une surface : laissé de côté.", ERROR
    if shapely.is_valid(shape):
        return shape, "", INFO
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if mended.is_empty:
        return None, "Tracé sans surface : laissé de côté.", ERROR
    return mended, "Tracé qui se recoupe : réparé.", WARNING


def _geojson(area: Any) -> str:
    whole = json.loads(shapely.to_geojson(shapely.orient_polygons(area)))
    return json.dumps(_rounded(whole), separators=(",", ":"))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return {k: _rounded(v) for k, v in value.items()} if isinstance(value, dict) else value


def _free(key: str, existing: dict[str, Any]) -> str:
    turn, found = 1, key
    while found in existing:
        turn += 1
        found = f"{key}-{turn}"
    return found
