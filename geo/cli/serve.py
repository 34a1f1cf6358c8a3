"""The ``serve`` command: the same server as ``streamlit run app.py``."""

import os
import sys
from pathlib import Path
from typing import Final

import click

from geo.cli.french import FrenchCommand
from geo.settings import ROOT

_PATHS: Final = (
    *("CATALYSE_CATALYSTS", "CATALYSE_DATA", "CATALYSE_INDICATORS", "CATALYSE_STORE"),
    *("CATALYSE_WEB", "CATALYSE_BACKUPS"),
)


@click.command(cls=FrenchCommand)
@click.option("--port", type=click.IntRange(1, 65_535), default=8501, help="Port (8501).")
@click.option("--open/--no-open", "browse", default=True, help="Ouvre le navigateur, ou non.")
def serve(port: int, *, browse: bool) -> None:
    """Ouvre l’application dans le navigateur, sur cette machine seulement."""
    for name in _PATHS:  # said from here, read from there
        if os.environ.get(name):
            os.environ[name] = str(Path(os.environ[name]).absolute())
    os.chdir(ROOT)  # where the server finds its own settings
    options = {
        "--server.address": "127.0.0.1",
        "--server.port": str(port),
        "--server.headless": "true",  # the server opens the address that lets its user in
    }
    words = [word for pair in options.items() for word in pair]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *words]
    command += ["--", "--open" if browse else "--no-open"]
    os.execv(sys.executable, command)  # noqa: S606 - signals reach the server itself
