"""What the server says on its terminal: where it answers, and the address that serves once."""

import atexit
import os
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path
from tempfile import mkstemp
from threading import Event, Thread
from typing import Final

import click

from geo.directory.local_access import ENTRANCE, HOURS, address
from geo.settings import ROOT

_PATIENCE_S: Final = 60.0
_CAME_IN: Final = Event()
_LEADS: Final = """<!doctype html>
<html lang="fr">
<meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url={page}">
<title>Catalyse</title>
<p><a href="{page}">Ouvrir Catalyse</a></p>
</html>
"""


def welcome(server: str, *, invited: bool, browse: bool) -> None:
    """Say that the server answers, and open a browser where there is a screen."""
    page = _invitation(server) if invited else server
    instruction = (
        f"ouvrez cette adresse, qui sert une fois, dans les {HOURS} heures"
        if invited
        else "consultez-la à cette adresse"
    )
    _tell(f"Catalyse est prête (Ctrl+C pour l’arrêter) ; {instruction} : {page}")
    if browse and _has_screen():
        # Windows shows what a program is started with to its own user alone.
        private = invited and sys.platform != "win32"
        opened = _open_privately if private else webbrowser.open
        Thread(target=opened, args=[page], daemon=True).start()


def invite_again(server: str) -> None:
    """Say the next address: the one before has served, or is too old."""
    _CAME_IN.set()
    page = _invitation(server)
    _tell(f"Pour ouvrir un autre navigateur, une nouvelle adresse ({HOURS} heures) : {page}")


def _tell(message: str) -> None:
    with suppress(OSError, ValueError):  # a terminal closed since takes nothing from who comes in
        click.echo(message, err=True)


def _open_privately(page: str) -> None:
    """Open an address that serves once, out of sight of the other users of the machine.

    ``ps`` shows them what a browser is started with: a file that they cannot read leads there.
    Without such a file nothing is opened: the terminal says the address.
    """
    with suppress(OSError), _leading_to(page) as file:
        webbrowser.open(file.as_uri())
        _CAME_IN.wait(_PATIENCE_S)


@contextmanager
def _leading_to(page: str) -> Iterator[Path]:
    """Write for a while a file of its owner alone (0600) that leads to an address."""
    # Browsers in a sandbox see no temporary folder of the system, as a rule: this one first.
    here = ROOT if os.access(ROOT, os.W_OK) else None
    descriptor, name = mkstemp(".html", "entrer-", here)
    file = Path(name)
    atexit.register(file.unlink, missing_ok=True)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as html:
            html.write(_LEADS.format(page=escape(page)))
        yield file
    finally:
        file.unlink(missing_ok=True)


def _invitation(server: str) -> str:
    return address(server, ENTRANCE.invite())


def _has_screen() -> bool:
    # Without one, Python would open a browser inside this terminal.
    variables = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in {"darwin", "win32"} or any(os.environ.get(name) for name in variables)
