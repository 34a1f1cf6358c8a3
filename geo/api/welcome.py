"""What the server says on its terminal: where it answers, and the address that serves once."""

import os
import sys
import webbrowser
from threading import Thread

import click

from geo.directory.entrance import ENTRANCE, address


def welcome(server: str, *, invited: bool, browse: bool) -> None:
    """Say that the server answers, and open a browser where there is a screen."""
    page = _invitation(server) if invited else server
    said = "ouvrez cette adresse, qui sert une fois" if invited else "consultez-la à cette adresse"
    _tell(f"Catalyse est prête (Ctrl+C pour l’arrêter) ; {said} : {page}")
    if browse and _has_screen():
        Thread(target=webbrowser.open, args=[page], daemon=True).start()


def invite_again(server: str) -> None:
    """Say the next address: the one before has served."""
    _tell(f"Pour ouvrir un autre navigateur, une nouvelle adresse : {_invitation(server)}")


def _tell(message: str) -> None:
    click.echo(message, err=True)


def _invitation(server: str) -> str:
    return address(server, ENTRANCE.invite())


def _has_screen() -> bool:
    # Without one, Python would open a browser inside this terminal.
    drawn = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in {"darwin", "win32"} or any(os.environ.get(name) for name in drawn)
