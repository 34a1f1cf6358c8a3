"""How the process of a command ends: with its code, whatever native threads still run."""

import atexit
import os
import sys
from contextlib import suppress
from typing import NoReturn

from geo.cli.main import main


def run() -> NoReturn:
    """Run the command line, then end without the destructors of native libraries.

    On a catalogue of PostgreSQL, a thread of DuckDB's that still ran at that moment aborted one
    backup of sixty, after it was written: its code said that there was none.
    """
    code = 1
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001 - told as Python tells it
        sys.excepthook(*sys.exc_info())
    # What Python itself does at the end, but for what comes after.
    atexit._run_exitfuncs()  # noqa: SLF001 - public nowhere
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
