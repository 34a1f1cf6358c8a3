"""KML 2.2: one folder a dataset, one style a profile or a type, every text escaped."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely

from geo.output.datasets.table import Column, Dataset
from geo.output.exports.model import (
    Export,
    cell_text,
    steps,
    title_column,
    values,
    xml_text,
)
from geo.output.maps.actors import mark_of, marks
from geo.output.maps.arcs import line_of
from geo.vocabulary import vocabularies

_DECIMALS: Final = 6
_TAG: Final = re.compile("<(?=[a-zA-Z/!?])")
# Left out, the placemark's own text would be read in its stead.
_SHADOWED: Final = frozenset(("description",))
_AREA: Final = (
    '<Style id="perimetre"><LineStyle><color>ff2d2b1c</color><width>2</width></LineStyle>'
    "<PolyStyle><color>22a06000</color></PolyStyle></Style>"
)


def kml(export: Export) -> Iterator[bytes]:
    """Write every dataset of an export; rows without a place only ``with_unplaced``."""
    description = "\n".join(f"{term} : {text}" for term, text in export.facts)
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><name>{_shown(export.caption.title)}</name>"
        f"<description>{_shown(description)}</description>{''.join(_styles())}"
    ).encode()
    for dataset in export.datasets:
        yield f"<Folder><name>{_text(dataset.title)}</name>".encode()
        for part in steps(dataset):
            marks = _placemarks(dataset, part, with_unplaced=export.with_unplaced)
            yield "".join(marks).encode()
        yield b"</Folder>"
    yield b"</Document></kml>\n"


def _text(text: str) -> str:
    return escape(xml_text(text))


def _shown(text: str) -> str:
    """Write a text that Google Earth shows as HTML: parted from its letter, « < » begins no tag."""
    return _text(_TAG.sub("<\u200b", text))


def _colour(hexadecimal: str) -> str:
    """Turn « #rrggbb » into KML's « aabbggrr », opaque."""
    red, green, blue = hexadecimal[1:3], hexadecimal[3:5], hexadecimal[5:7]
    return f"ff{blue}{green}{red}"


def _styles() -> Iterator[str]:
    yield _AREA
    for code, mark in marks().items():
        yield (
            f'<Style id="profil-{code}"><IconStyle><color>{_colour(mark.fill)}</color>'
            "<scale>0.9</scale></IconStyle><LabelStyle><scale>0.8</scale></LabelStyle></Style>"
        )
    for code in (*vocabularies()["any_partnership"].ids(), ""):
        line = line_of(code)
        yield (
            f'<Style id="alliance-{code}"><LineStyle><color>{_colour(line.colour)}</color>'
            f"<width>{line.width}</width></LineStyle></Style>"
        )


def _style_of(row: dict[str, Any]) -> str:
    if "profile" in row:
        return f"profil-{mark_of(row['profile'])}"
    if "partnership_kind" in row:
        kind = row["partnership_kind"]
        known = vocabularies()["any_partnership"].ids()
        return f"alliance-{kind if kind in known else ''}"
    return "perimetre" if "territory_kind" in row else ""


def _placemarks(dataset: Dataset, part: slice, *, with_unplaced: bool) -> Iterator[str]:
    named, columns = title_column(dataset), dataset.columns
    values_by_column = [values(dataset, column, part) for column in columns]
    for shape, cells in zip(
        dataset.geometry[part], zip(*values_by_column, strict=True), strict=True
    ):
        if shape is None and not with_unplaced:
            continue
        row = dict(zip(dataset.names, cells, strict=True))
        style = _style_of(row)
        yield (
            f"<Placemark><name>{_shown(row[named])}</name>"
            f"<description>{_shown(_described(columns, row))}</description>"
            f"{f'<styleUrl>#{style}</styleUrl>' if style else ''}"
            f"<ExtendedData>{''.join(_data(columns, row))}</ExtendedData>"
            f"{_geometry(shape)}</Placemark>"
        )


def _described(columns: Iterable[Column], row: dict[str, Any]) -> str:
    pairs = [(column.label, cell_text(column, row[column.name])) for column in columns]
    return "\n".join(f"{label} : {text}" for label, text in pairs if text)


def _data(columns: Iterable[Column], row: dict[str, Any]) -> Iterator[str]:
    for column in columns:
        value = row[column.name]
        if (value is None or value in ("", [])) and column.name not in _SHADOWED:
            continue
        name = "fictif" if column.name == "fictive" else column.name
        text = ";".join(value) if isinstance(value, list) else str(value)
        yield (
            f"<Data name={quoteattr(name)}><displayName>{_text(column.label)}</displayName>"
            f"<value>{_text(text)}</value></Data>"
        )


def _geometry(shape: Any) -> str:
    if shape is None:
        return ""
    if shape.geom_type == "Polygon":
        inner = "".join(
            f"<innerBoundaryIs>{_ring(interior)}</innerBoundaryIs>" for interior in shape.interiors
        )
        outer = f"<outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>"
        return f"<Polygon>{outer}{inner}</Polygon>"
    if shape.geom_type in {"Point", "LineString"}:
        return f"<{shape.geom_type}>{_coordinates(shape)}</{shape.geom_type}>"
    return f"<MultiGeometry>{''.join(map(_geometry, shape.geoms))}</MultiGeometry>"


def _ring(ring: Any) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(shape: Any) -> str:
    pairs = np.round(shapely.get_coordinates(shape), _DECIMALS).tolist()
    return f"<coordinates>{' '.join(f'{lon},{lat}' for lon, lat in pairs)}</coordinates>"
