"""Run ``catalyse``: within this process, or in one of its own, as its user does."""

import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from geo.cli.main import main
from geo.settings import ROOT

Done = subprocess.CompletedProcess[str]


def catalyse(*words: object, folder: Path = ROOT, **environment: str) -> Done:
    """Run the command here: its own entry, streams, folder and environment, no new process.

    A process of its own costs two seconds, its imports, to say the same.
    """
    told = ["catalyse", *map(str, words)]
    with (
        chdir(folder),
        patch.object(sys, "argv", told),
        CliRunner().isolation(env=environment) as (out, err, _),
        pytest.raises(SystemExit) as stop,
    ):
        main()
    return Done(told, int(str(stop.value.code)), _text(out.getvalue()), _text(err.getvalue()))


def _text(written: bytes) -> str:
    return written.decode().replace("\r\n", "\n")  # as a process's output is read


def process(*words: object, folder: Path = ROOT, **environment: str) -> Done:
    """Run the command in a process of its own: what only the real thing shows."""
    return subprocess.run(
        [sys.executable, "-c", "from geo.cli import run; run()", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
