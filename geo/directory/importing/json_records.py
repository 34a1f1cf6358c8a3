"""Read JSON: GeoJSON, uMap exports, GoGoCarto exports and plain lists of records."""

import json
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.directory.importing.coordinate_systems import geometries_of, in_wgs84
from geo.directory.importing.delimited import decoded
from geo.directory.importing.errors import bad_file, check_size
from geo.directory.importing.header_row import unique
from geo.directory.importing.json_wrapping import unwrapped
from geo.directory.importing.limits import Limits
from geo.directory.importing.table import Table
from geo.french import count, typeset

Record = dict[str, Any]
_FORMATS: Final = {"geojson": "GeoJSON", "umap": "export uMap", "gogocarto": "export GoGoCarto",
                   "json": "liste JSON"}  # fmt: skip
_LAYER: Final = "calque"
_DRAWN: Final = ("_umap_options", "_storage")
_DEEPEST: Final = 3


def read_json(data: bytes, name: str, limits: Limits) -> Table:
    """Read a JSON file of records or features.

    Raises
    ------
    BadFileError
        Broken JSON, none of the known shapes, no record, or too many.
    """
    encoding, text = decoded(data, name)
    whole = _parsed(text.removeprefix("\ufeff"), name)
    form, features = _features(unwrapped(whole))
    if isinstance(whole, dict) and whole.get("type") == "Topology":
        raise bad_file(name, "c’est du TopoJSON", "exportez-le en GeoJSON, par exemple depuis QGIS")
    if not form:
        why = "ce JSON n’est ni un GeoJSON, ni un export uMap ou GoGoCarto"
        raise bad_file(name, why, "exportez-le dans un de ces formats")
    if not features:
        raise bad_file(name, "il ne contient aucun élément", "vérifiez les filtres de l’export")
    sentences: tuple[str, ...] = (f"{_FORMATS[form]}, {count(len(features), 'élément')}.",)
    drawings = [json.dumps(one["geometry"]) if one.get("geometry") else None for one in features]
    geometry = None
    if any(drawings):
        geometry, bad = geometries_of(drawings, shapely.from_geojson)
        geometry, moved = in_wgs84(geometry, _system(whole), name)
        sentences += (*bad, *moved)
    cells = frame([_flat(_object(feature.get("properties"))) for feature in features], name, limits)
    rows = np.arange(1, len(cells) + 1, dtype=np.int64)
    table = Table(name, form, cells, rows, geometry, encoding=encoding, header_row=0)
    return replace(table, notices=tuple(typeset(text) for text in sentences))


def _parsed(text: str, name: str) -> Any:
    """Parse one document, or a sequence of them, one a line, as a list."""
    try:
        lines = [line for line in text.replace("\x1e", "\n").split("\n") if line.strip()]
        try:
            whole = json.loads(text)
        except ValueError:
            whole = [json.loads(line) for line in lines]
        if "\\ud" in text.lower():  # half a character, escaped, that no file can be written with
            whole = json.loads(json.dumps(whole, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError):
        why = "le JSON est incomplet ou mal formé"
        raise bad_file(name, why, "exportez-le à nouveau") from None
    return whole


def frame(records: list[dict[str, str]], name: str, limits: Limits) -> pd.DataFrame:
    """Lay records of texts in columns, in the order in which they first come."""
    columns = dict.fromkeys(key for record in records for key in record)
    check_size(name, len(records), len(columns), limits)
    cells = pd.DataFrame(
        [[record.get(key, "") for key in columns] for record in records],
        columns=unique([*columns]),
        dtype=object,
    )
    filled = [column for column in cells if (cells[column] != "").any()]
    return cells[filled] if filled else cells


def _features(whole: Any) -> tuple[str, list[Record]]:
    """Tell the shape of a document, and give its features."""
    match whole:
        case {"type": "FeatureCollection", "features": list(features)}:
            return "geojson", _records(features)
        case {"type": "Feature"}:
            return "geojson", [whole]
        case {"type": "umap", "layers": list(layers)}:
            return "umap", [one for layer in _records(layers) for one in _of_layer(layer)]
        case {"data": list(records)} if "ontology" in whole or "licence" in whole:
            return "gogocarto", [{"properties": record} for record in _records(records)]
        case [dict(), *_]:
            return "json", [{"properties": record} for record in _records(whole)]
        case _:
            return "", []


def _records(values: Any) -> list[Record]:
    """Return the objects of a list; what is none keeps its row, blank, to be told as such."""
    return [_object(value) for value in values] if isinstance(values, list) else []


def _object(value: Any) -> Record:
    return value if isinstance(value, dict) else {}


def _of_layer(layer: Record) -> list[Record]:
    options = _object(layer.get("_umap_options") or layer.get("_storage"))
    label = str(options.get("name", ""))
    return [
        {**feature, "properties": {**_object(feature.get("properties")), _LAYER: label}}
        for feature in _records(layer.get("features"))
    ]


def _flat(record: Record, prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Write a record as texts: « address.postalCode » for what is inside another."""
    found: dict[str, str] = {}
    for key, value in record.items():
        if key in _DRAWN:  # how a map draws it
            continue
        if isinstance(value, dict) and depth < _DEEPEST:
            found |= _flat(value, f"{prefix}{key}.", depth + 1)
        else:
            found[f"{prefix}{key}"] = text_of(value)
    return found


def text_of(value: Any) -> str:
    """Write a value as a person would type it: lists joined, « oui » and « non »."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case list() if all(not isinstance(item, dict | list) for item in value):
            return "; ".join(text_of(item) for item in value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()


def _system(whole: Any) -> str:
    """Name the system that an old GeoJSON states; the standard has one only."""
    match whole:
        case {"crs": {"properties": {"name": str(system)}}}:
            return system
        case _:
            return ""
