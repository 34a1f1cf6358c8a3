"""How large a file may be before it is refused unread."""

from dataclasses import dataclass
from typing import Final

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
