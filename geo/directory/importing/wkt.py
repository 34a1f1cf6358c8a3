"""Take the places that a table writes in one column of its own, as WKT, WKB or GeoJSON."""

import re
from dataclasses import replace
from typing import Final

import shapely

from geo.crs import Shapes
from geo.directory.importing.coordinate_systems import geometries_of, in_wgs84
from geo.directory.importing.table import Table
from geo.french import quoted, typeset

_WKT: Final = re.compile(
    r"(?:SRID=(\d{4,6});\s{0,9})?((?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s{0,9}(?:Z|M|ZM)?\s{0,9}\(.*)",
    re.IGNORECASE | re.DOTALL,
)
# Points alone: beside them, the areas of a list of places are those of others.
_POINT: Final = re.compile(r'()(\{(?=.{0,200}"type"\s{0,9}:\s{0,9}"Point").{1,400}\})', re.DOTALL)
# What a database writes of a shape: its bytes in hexadecimal, a point's are 42 digits at least.
_WKB: Final = re.compile(r"()((?:0[01])(?:[0-9A-F]{2}){20,})", re.IGNORECASE)
# A sign that each form always holds: a column without it is not gone through.
_FORMS: Final = (
    ("WKT", "(", _WKT, shapely.from_wkt),
    ("GeoJSON", "{", _POINT, shapely.from_geojson),
    ("WKB", "0", _WKB, shapely.from_wkb),
)


def with_drawings(table: Table) -> Table:
    """Return the same table with the shapes that a column of WKT, WKB or GeoJSON draws.

    One that cannot be read is left out and told.
    """
    if len(table.columns) > 1:
        for column in table.columns:
            whole = "".join(table.cells[column])
            for form, sign, pattern, read in _FORMS:
                if sign not in whole:
                    continue
                found = [pattern.fullmatch(text.strip()) for text in table.cells[column]]
                filled = int((table.cells[column] != "").sum())
                if sum(map(bool, found)) * 2 > filled:
                    return _drawing(
                        table, column, form, geometries_of(_sources(found), read), found
                    )
    return table


def _sources(found: list[re.Match[str] | None]) -> list[str | None]:
    return [one[2] if one else None for one in found]


def _own_system(shapes: Shapes) -> str:
    """Name the system that shapes carry in themselves, as those of PostGIS do."""
    code = next((code for code in shapely.get_srid(shapes).tolist() if code > 0), 0)
    return f"EPSG:{code}" if code else ""


def _drawing(
    table: Table,
    column: str,
    form: str,
    read: tuple[Shapes, tuple[str, ...]],
    found: list[re.Match[str] | None],
) -> Table:
    shapes, bad = read
    system = next((f"EPSG:{one[1]}" for one in found if one and one[1]), _own_system(shapes))
    shapes, moved = in_wgs84(shapes, system, table.name)
    sentence = f"Lieux lus dans la colonne {quoted(column)} ({form})."
    cells = table.cells.drop(columns=column)
    more = tuple(typeset(text) for text in (sentence, *bad, *moved))
    return replace(table, cells=cells, geometry=shapes, notices=(*table.notices, *more))
