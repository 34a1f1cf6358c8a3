"""The ``serve`` command: the same server as ``streamlit run app.py``."""

import os
import sys
from pathlib import Path
from typing import Final

import click

from geo.cli.french import FrenchCommand
from geo.cli.front import LAST_PORT, PORT, ports_of
from geo.cli.options import workers
from geo.cli.show import tell
from geo.cli.workers import serve_all
from geo.settings import ROOT

_PATHS: Final = (
    *("CATALYSE_CATALYSTS", "CATALYSE_DATA", "CATALYSE_INDICATORS", "CATALYSE_STORE"),
    *("CATALYSE_WEB", "CATALYSE_BACKUPS"),
)


@click.command(cls=FrenchCommand)
@click.option("--port", type=click.IntRange(1, LAST_PORT), default=PORT, help="Port (8501).")
@click.option("--open/--no-open", "browse", default=True, help="Ouvre le navigateur, ou non.")
@workers(1)
def serve(port: int, workers: int, *, browse: bool) -> None:
    """Ouvre l’application dans le navigateur, sur cette machine seulement.

    Avec --workers N, N processus répondent sur des ports qui se suivent, derrière le nginx que
    « catalyse nginx » écrit ; ils n’ouvrent de droits qu’à qui se connecte.
    """
    for name in _PATHS:  # said from here, read from there
        if os.environ.get(name):
            os.environ[name] = str(Path(os.environ[name]).absolute())
    os.chdir(ROOT)  # where the server finds its own settings
    if workers > 1:
        ports = ports_of(workers, port)
        tell(f"Catalyse répond sur les ports {ports[0]} à {ports[-1]} (Ctrl+C pour l’arrêter).")
        serve_all(_command, ports)
        return
    command = [*_command(port), "--", "--open" if browse else "--no-open"]
    os.execv(sys.executable, command)  # noqa: S606 - signals reach the server itself


def _command(port: int) -> list[str]:
    options = {
        "--server.address": "127.0.0.1",
        "--server.port": str(port),
        "--server.headless": "true",  # the server opens the address that lets its user in
    }
    words = [word for pair in options.items() for word in pair]
    return [sys.executable, "-m", "streamlit", "run", "app.py", *words]
