"""Give memory back to the system after work that took much of it for a moment."""

import ctypes
import sys

import pyarrow as pa


def give_back() -> None:
    """Return to the system what is free in this process, where its C library can.

    Elsewhere nothing is done: the memory is used again by what comes next.
    """
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc alone has it
        if trim:
            trim(0)
