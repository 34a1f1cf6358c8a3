"""The program that reads one file for ``apart``: a question on its input, an answer on its output.

Run as ``python -m geo.directory.importing.reader``. It bounds itself before it reads.
"""

import os
import pickle
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Final

from geo.directory.importing.errors import bomb
from geo.directory.importing.layers import forget_other_formats
from geo.directory.importing.limits import MEGABYTE, Limits
from geo.directory.importing.read import read_table
from geo.directory.importing.table import Table
from geo.errors import AtlasError, BadFileError

ROOM: Final = 2_000 * MEGABYTE
"""Bytes that reading may take, over what the program itself takes."""
CPU_S: Final = 120
"""Seconds of a processor that the largest file may be read for; a small one has fewer."""
_LEAST_S: Final = 20
_BY_MEGABYTE_S: Final = 2
"""Five times what real files took, of each format: 100,000 rows of CSV (25 MB), 14 s."""
_STACK: Final = 2 * 1024 * 1024
"""Less than a thread of the server has: what nests deeper than it can undo stops here."""
_BEGINS: Final = Path("/proc/self/statm")

Answer = Table | BadFileError | str


def cpu_of(size: int) -> int:
    """Return the seconds that a file of so many bytes may be read for: others wait for the end."""
    return min(CPU_S, _LEAST_S + _BY_MEGABYTE_S * size // MEGABYTE)


def bound_itself(cpu_s: int = CPU_S) -> None:
    """Bound the memory and the time of this process, where the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has none

    current_bytes = (
        int(_BEGINS.read_text().split()[0]) * resource.getpagesize() if _BEGINS.exists() else 0
    )
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold what was read
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    if current_bytes:  # elsewhere than on Linux, what is asked is not what is held
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (current_bytes + ROOM, current_bytes + ROOM))


def answer(data: bytes, name: str, limits: Limits, sheet: str) -> Answer:
    """Read a file: its table, the fault that refuses it, or where an unforeseen one came from."""
    try:
        return read_table(data, name, limits=limits, sheet=sheet)
    except AtlasError as fault:
        return BadFileError(str(fault))
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - where from, and its kind: its words may quote a record
        return "".join([*traceback.format_tb(fault.__traceback__), type(fault).__name__])


def main() -> None:
    """Answer one question, and leave at once: nothing is worth undoing."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    data, name, limits, sheet = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - our own
    responses: list[bytes] = []

    def read() -> None:
        found = answer(data, name, limits, sheet)
        written = pickle.dumps(found)
        if len(written) > limits.unzipped_megabytes * MEGABYTE:
            written = pickle.dumps(BadFileError(str(bomb(name, limits))))
        responses.append(written)

    forget_other_formats()
    threading.stack_size(_STACK)
    bound_itself(cpu_of(len(data)))
    reader = threading.Thread(target=read)
    reader.start()
    reader.join()
    if responses:
        out.write(responses[0])
        out.flush()
    os._exit(0 if responses else 1)


if __name__ == "__main__":
    main()
