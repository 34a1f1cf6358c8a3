"""What the map in one file draws and lists: plain values of every row, shapes made light."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

import numpy as np
import shapely

from geo.output.datasets.table import Dataset
from geo.output.exports.model import Export, cell_text, title_column, values
from geo.output.maps import actors, symbols
from geo.output.maps.arcs import LineStyle, line_of
from geo.output.maps.names import seats
from geo.output.maps.places import PLACES
from geo.reference import france, surroundings
from geo.reference.sources import attribution
from geo.vocabulary import UNSTATED, Mark, name_of

_ALL: Final = slice(None)
_COARSE: Final = 0.015  # degrees: the outline of France, some 30 kB
_AROUND_COARSE: Final = 0.03  # degrees: what is around, some 45 kB
_BESIDE: Final = 6.0  # degrees: how far from France the neighbours' land is drawn
_SHARE: Final = 1_500  # a shape keeps what shows at this many points across
_LEAST: Final = 0.00005
_FINE: Final = 20_000
"""Corners of a file's shapes up to which they stay whole: true when one zooms in."""
_PLACES: Final = {"Hexagone": "France métropolitaine"}
_PROFILES: Final = "any_profile"
_LINES: Final = "any_partnership"


@dataclass(frozen=True)
class HtmlEntry:
    """One row of the list, by the number that the script knows it under."""

    number: int
    name: str
    placed: bool
    details: list[tuple[str, str]]


@dataclass
class HtmlData:
    """The list, the legend, the filters that make sense, and the data of the script."""

    entries: list[list[HtmlEntry]] = field(default_factory=list)
    profiles: list[str] = field(default_factory=list)
    practices: list[str] = field(default_factory=list)
    legend_marks: list[tuple[str, str]] = field(default_factory=list)
    legend_lines: list[tuple[LineStyle, str]] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


def html_data(export: Export) -> HtmlData:
    """Build everything that the file shows of an export."""
    shown = HtmlData()
    records: list[dict[str, Any]] = []
    for dataset in export.datasets:
        rows = list(_rows(dataset))
        shown.entries.append([_entry(len(records) + at, row) for at, row in enumerate(rows)])
        records += [row["record"] for row in rows]
    _say_legend(shown, records)
    marks = {record["mark"] for record in records if record.get("mark")}
    shown.data = {
        "records": records,
        "marks": {name: symbols.strokes(_mark(name)) for name in sorted(marks)},
        "ground": _ground(),
        "around": _around(),
        "towns": seats(),
        "attribution": escape(attribution()),
        "places": {_PLACES.get(name, name): box for name, box in PLACES.items()},
        "main": {"title": export.main.title, "count": len(export.main.frame)},
    }
    return shown


def _rows(dataset: Dataset) -> Iterator[dict[str, Any]]:
    named, columns = title_column(dataset), dataset.columns
    corners = int(shapely.get_num_coordinates(np.asarray(dataset.geometry, dtype=object)).sum())
    shapes = [_light(one, whole=corners <= _FINE) for one in dataset.geometry]
    values_by_column = [values(dataset, column, _ALL) for column in columns]
    for shape, cells in zip(shapes, zip(*values_by_column, strict=True), strict=True):
        row = dict(zip(dataset.names, cells, strict=True))
        details = [
            (column.label, cell_text(column, row[column.name]))
            for column in columns
            if column.name != named
        ]
        record = _record(dataset, row, shape)
        name = _name(dataset, row)
        record["name"] = name
        record["words"] = " ".join([name, *(text for _, text in details)])
        yield {
            "record": record,
            "name": name,
            "details": [detail for detail in details if detail[1]],
        }


def _name(dataset: Dataset, row: dict[str, Any]) -> str:
    name = str(row[title_column(dataset)]) or str(row[dataset.id])
    if dataset.subject == "links":  # an alliance has as many as it has pairs
        return f"{row['source_name']} – {row['target_name']} ({name})"
    return name


def _entry(number: int, row: dict[str, Any]) -> HtmlEntry:
    return HtmlEntry(number, row["name"], row["record"]["shape"] is not None, row["details"])


def _record(dataset: Dataset, row: dict[str, Any], shape: Any) -> dict[str, Any]:
    record: dict[str, Any] = {"id": str(row[dataset.id]), "shape": shape}
    if "profile" in row:
        record |= {"profile": row["profile"], "practices": row["practices"]}
        catalyst = dataset.subject == "catalysts"
        record["mark"] = (
            f"pratique {symbols.mark_of(row['practices'])}"
            if catalyst
            else f"profil {actors.mark_of(row['profile'])}"
        )
    elif "practices" in row:
        record["practices"] = row["practices"]
    if "partnership_kind" in row:
        line = line_of(row["partnership_kind"])
        record |= {"kind": row["partnership_kind"], "colour": line.colour, "dashes": line.pattern}
    members = row.get("member_ids") or row.get("actor_ids")
    members = members or [row[one] for one in ("source_id", "target_id") if one in row]
    return record | ({"members": members} if members else {})


def _light(shape: Any, *, whole: bool) -> Any:
    """Return the coordinates of a shape, whole or as a screen shows it; None without one."""
    if shape is None:
        return None
    if shape.geom_type.endswith("Polygon") and not whole:
        west, south, east, north = shape.bounds
        shape = shapely.simplify(shape, max(max(east - west, north - south) / _SHARE, _LEAST))
    return _coordinates(shape, 5)


def _coordinates(shape: Any, decimals: int) -> dict[str, Any]:
    rounded = shapely.transform(shape, lambda pairs: np.round(pairs, decimals))
    found = shapely.geometry.mapping(rounded)
    return {"type": found["type"], "coordinates": found["coordinates"]}


def _ground() -> list[dict[str, Any]]:
    outlines = france.outlines("region", 1000).to_numpy()
    return [_coordinates(one, 3) for one in shapely.coverage_simplify(outlines, _COARSE)]


def _around() -> dict[str, list[dict[str, Any]]]:
    """Return the neighbours' land beside each part of France, the rivers and the lakes."""
    found = {}
    for role, shape in surroundings.shapes().items():
        light = shapely.simplify(shape, _AROUND_COARSE)
        geometries = [light] if role != surroundings.ABROAD else _beside_france(light)
        found[role] = [
            _coordinates(geometry, 2) for geometry in geometries if not geometry.is_empty
        ]
    return found


def _beside_france(shape: Any) -> list[Any]:
    boxes = [shapely.box(*box).buffer(_BESIDE, join_style="mitre") for box in PLACES.values()]
    near = [shapely.box(*part.bounds) for part in shapely.get_parts(shapely.union_all(boxes))]
    # Clipped, which asks nothing of shapes that simplifying may have made touch.
    return [shapely.clip_by_rect(shape, *one.bounds) for one in near]


def _mark(name: str) -> Mark:
    kind, _, code = name.partition(" ")
    return symbols.marks()[code] if kind == "pratique" else actors.marks()[code]


def _say_legend(shown: HtmlData, records: list[dict[str, Any]]) -> None:
    """List the filters and the signs of what is there, in the order of first appearance."""
    found = dict.fromkeys(record["mark"] for record in records if record.get("mark"))
    shown.legend_marks = [(symbols.mark_svg(_mark(name), 20), _mark_label(name)) for name in found]
    kinds = dict.fromkeys(record["kind"] for record in records if "kind" in record)
    shown.legend_lines = [(line_of(kind), name_of(_LINES, kind)) for kind in kinds]
    shown.profiles = sorted({record["profile"] for record in records if record.get("profile")})
    present_codes = (code for record in records for code in record.get("practices", ()))
    shown.practices = sorted({*present_codes})


def _mark_label(name: str) -> str:
    kind, _, code = name.partition(" ")
    if kind == "profil":
        return name_of(_PROFILES, "" if code == UNSTATED else code)
    return symbols.mark_labels().get(code) or name_of("practice", code)
