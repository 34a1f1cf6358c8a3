"""Give memory back to the system after work that took much of it for a moment."""

import ctypes
import mmap
import sys
from pathlib import Path
from typing import Final
from weakref import WeakSet

import pyarrow as pa

_MMAP_THRESHOLD: Final = -3  # its name in malloc.h
_LARGE: Final = 1 << 20  # bytes
_FILES: Final[WeakSet[mmap.mmap]] = WeakSet()


def map_file(path: Path) -> pa.Buffer:
    """Return what a file holds, brought into memory where it is looked at.

    Raises
    ------
    OSError, ValueError
        There is no such file, or it is empty.
    """
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    _FILES.add(content)
    return pa.py_buffer(content)


def give_back() -> None:
    """Return to the system what is free in this process, where its C library can.

    Elsewhere nothing is done: the memory is used again by what comes next. What was looked at of
    files goes too: it is found again where the system keeps it. From then on, large arrays are
    taken from the system and go back to it one by one: left to itself, the C library soon holds
    those of up to 32 MB, free or not, among all others.
    """
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        for content in [*_FILES]:
            content.madvise(mmap.MADV_DONTNEED)
        library = ctypes.CDLL(None)
        if hasattr(library, "malloc_trim"):  # glibc alone has it
            library.mallopt(_MMAP_THRESHOLD, _LARGE)
            library.malloc_trim(0)
