"""Take the places that a table writes in one column of its own, as WKT."""

import re
from dataclasses import replace
from typing import Final

import numpy as np
import shapely

from geo.directory.importing.coordinate_systems import drawn, in_wgs84
from geo.directory.importing.table import Table
from geo.french import quoted, typeset

_WKT: Final = re.compile(
    r"(?:SRID=(\d{4,6});\s{0,9})?((?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s{0,9}(?:Z|M|ZM)?\s{0,9}\(.*)",
    re.IGNORECASE | re.DOTALL,
)


def with_drawings(table: Table) -> Table:
    """Return the same table with the shapes that a column of WKT draws.

    One that cannot be read is left out and told.
    """
    for column in table.columns:
        found = [_WKT.fullmatch(text.strip()) if text else None for text in table.cells[column]]
        filled = int((table.cells[column] != "").sum())
        if filled and sum(map(bool, found)) * 2 > filled and len(table.columns) > 1:
            shapes, bad = drawn([one[2] if one else None for one in found], shapely.from_wkt)
            system = next((f"EPSG:{one[1]}" for one in found if one and one[1]), "")
            shapes, moved = in_wgs84(np.asarray(shapes), system, table.name)
            said = f"Lieux lus dans la colonne {quoted(column)} (WKT)."
            cells = table.cells.drop(columns=column)
            more = tuple(typeset(text) for text in (said, *bad, *moved))
            return replace(table, cells=cells, geometry=shapes, notices=(*table.notices, *more))
    return table
