"""A file that a library could only write on disk, given piece by piece."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

_PIECE: Final = 1 << 20


def pieces(path: Path) -> Iterator[bytes]:
    """Return the bytes of a file, a megabyte at a time."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
