"""How large a file may be before it is refused unread, in the sentences of ``errors``."""

from dataclasses import dataclass
from typing import Final

from geo.settings import settings

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Bounds of one import; an operator may set each.

    ``unzipped_megabytes`` bounds what an XLSX or ODS file becomes once inflated, ``vertices``
    the corners of all the perimeters of a file.
    """

    megabytes: int = 50
    unzipped_megabytes: int = 300
    rows: int = 100_000
    columns: int = 250
    vertices: int = 500_000


def limits_in_force() -> Limits:
    """Return the bounds that the operator set."""
    now = settings()
    return Limits(
        now.import_megabytes,
        now.import_unzipped_megabytes,
        now.import_rows,
        now.import_columns,
        now.import_vertices,
    )
