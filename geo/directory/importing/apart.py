"""Have a file read by a process of its own: what a stranger's file does to its reader ends there.

A sheet that says one cell at its far corner, a view of a GeoPackage that never ends, a geometry
nested a hundred thousand times: each stops whoever reads it, and a reader in this process would
stop everybody with it. So it reads with so much memory and time, knows no secret of the operator,
and gives back the table or the sentence that refuses it.
"""

import logging
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from geo.directory.fair_turn import FairTurn
from geo.directory.importing.errors import bad_file, content
from geo.directory.importing.limits import Limits
from geo.directory.importing.table import Table
from geo.errors import BadFileError
from geo.settings import ROOT

READER: Final = "geo.directory.importing.reader"
LONGEST_S: Final = 300.0
"""Seconds that one file may wait for its turn, then be read for."""
_TEMPORARY: Final = ("TMPDIR", "TEMP", "TMP")
_KNOWN: Final = frozenset(("PATH", "PYTHONPATH", "SYSTEMROOT", "LANG"))
_OURS: Final = "CATALYSE_DATA"
_AGAIN: Final = "gardez les seules lignes et colonnes utiles, ou enregistrez-le à nouveau en CSV"
_one: Final = FairTurn()
"""One file at a time: what one may take of memory is no more when several come."""


def read_apart(
    source: Path | str | bytes,
    name: str = "",
    *,
    limits: Limits,
    sheet: str = "",
    client: str = "",
) -> Table:
    """Read a file as ``read_table`` does, in another process.

    ``client``: who brings it; one who brings many lets the others come between.

    Raises
    ------
    BadFileError
        What ``read_table`` refuses; besides, what takes more memory or time than one may.
    """
    source = Path(source) if isinstance(source, str) else source
    name = name or (source.name if isinstance(source, Path) else "fichier")
    request = pickle.dumps((content(source, name, limits), name, limits, sheet))
    with _one.turn(client, LONGEST_S) as came:
        if not came:
            raise bad_file(name, "un autre fichier est en cours de lecture", "attendez un peu")
        return _answer(request, name)


def _answer(request: bytes, name: str) -> Table:
    slow = bad_file(name, "sa lecture demande trop de temps", _AGAIN)
    try:
        # What it writes on its way is taken away here: one that is stopped takes nothing away.
        with tempfile.TemporaryDirectory(prefix="catalyse-", ignore_cleanup_errors=True) as folder:
            done = subprocess.run(  # noqa: S603 - our own program, and nothing that a file says
                [sys.executable, "-m", READER],
                input=request,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a native library repeats there what it reads
                cwd=ROOT,
                env=environment_of(os.environ) | dict.fromkeys(_TEMPORARY, folder),
                timeout=LONGEST_S,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise slow from None
    if done.returncode:
        logging.getLogger(__name__).warning("A reader of files stopped: %s.", done.returncode)
        raise slow if done.returncode == -_cpu() else _too_heavy(name)
    response = pickle.loads(done.stdout)  # noqa: S301 - written by our own program
    if isinstance(response, Table):
        return response
    if isinstance(response, BadFileError):
        raise response
    logging.getLogger(__name__).error("A file's reader failed.\n%s", response)
    raise _too_heavy(name)


def _too_heavy(name: str) -> BadFileError:
    return bad_file(name, "sa lecture demande trop de mémoire, ou il est abîmé", _AGAIN)


def _cpu() -> int:
    import signal  # noqa: PLC0415 - one name of it, that Windows has not

    return int(getattr(signal, "SIGXCPU", 0))


def environment_of(own: Mapping[str, str]) -> dict[str, str]:
    """Leave out what the reader needs not know: passwords, keys, addresses."""
    return {name: value for name, value in own.items() if name in _KNOWN or name == _OURS}
