"""Whether the files of a folder are those that were written, before any of them is mapped.

Arrow trusts the offsets that it finds: one bit turned by a disk ends the process that looks at it,
or makes public what was withheld. To sum a gigabyte takes a third of a second.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from zlib import crc32

_SUMS: Final = "sums.json"
_PIECE: Final = 1 << 20
_OPENING: Final = "opening-"


def note_sums(folder: Path) -> None:
    """Write beside the files of a folder what ``are_whole`` compares them with.

    Raises
    ------
    OSError
        They cannot be read, or nothing can be written there.
    """
    with (folder / _SUMS).open("w", encoding="ascii") as file:
        json.dump(_sums(folder), file)
        file.flush()
        os.fsync(file.fileno())


def are_whole(folder: Path) -> bool:
    """Return whether a folder holds the files whose sums were noted, as they were, and no other.

    One that a process died of as it opened them holds none that another one should open.
    """
    with suppress(OSError, ValueError):
        noted = json.loads((folder / _SUMS).read_text(encoding="ascii"))
        return not _died_opening(folder) and noted == _sums(folder)
    return False


@contextmanager
def opening(folder: Path) -> Iterator[None]:
    """Leave a trace in a folder for as long as its files are being opened, where one can."""
    mark = folder / f"{_OPENING}{os.getpid()}"
    with suppress(OSError):
        mark.touch()
    try:
        yield
    finally:
        with suppress(OSError):
            mark.unlink()


def _sums(folder: Path) -> dict[str, list[int]]:
    return {file.name: _sum(file) for file in sorted(folder.glob("*.arrow"))}


def _sum(path: Path) -> list[int]:
    """Read, not map: what is cut meanwhile is then a shorter file, not the end of the process."""
    size = found = 0
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            size, found = size + len(piece), crc32(piece, found)
    return [size, found]


def _died_opening(folder: Path) -> bool:
    pids = (int(mark.name.removeprefix(_OPENING)) for mark in folder.glob(f"{_OPENING}*"))
    return not all(map(_is_alive, pids))


def _is_alive(pid: int) -> bool:
    if pid == os.getpid():  # in a container, each start has the number of the one before
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is another user's, and is there
        return True
    return True
