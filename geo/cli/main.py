"""``catalyse``: entry point, exit codes (0 answered, 2 bad input) and the list of commands."""

import io
import os
import sys
from pathlib import Path
from typing import TextIO

import click

from geo.cli.base import backup, export_complete, history, restore, revert
from geo.cli.check import check
from geo.cli.coverage import coverage, siting
from geo.cli.ecosystem import ecosystem
from geo.cli.export import demo, export
from geo.cli.french import FrenchGroup, fault_sentence
from geo.cli.front import nginx
from geo.cli.image import image
from geo.cli.imports import import_file
from geo.cli.indicators import indicators
from geo.cli.network import network
from geo.cli.places import communes, locate
from geo.cli.questions import nearest, territory
from geo.cli.report import report
from geo.cli.resources import resources
from geo.cli.serve import serve
from geo.cli.show import tell
from geo.errors import AtlasError

_BAD_INPUT = 2


@click.group(cls=FrenchGroup)
def cli() -> None:
    """Catalyseurs et territoires de France, depuis un terminal.

    Les réponses vont sur la sortie standard, les remarques et les erreurs sur la sortie d’erreur.
    """


for command in (
    *(communes, nearest, territory, indicators, locate, export, demo, serve),
    *(import_file, history, revert, backup, restore, export_complete, report),
    *(resources, image, nginx, coverage, siting, ecosystem, network, check),
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; a fault of input is one French sentence and exit code 2."""
    # A stream that was closed before is None: what goes there is said to nobody.
    sys.stdout, sys.stderr = sys.stdout or _nobody(), sys.stderr or _nobody()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a sign the terminal lacks becomes « ? »
            stream.reconfigure(errors="replace")
    output = sys.stdout  # click puts another in its place once its reader left
    try:
        code = cli.main(prog_name="catalyse", standalone_mode=False)
    except click.ClickException as fault:
        _stop(fault_sentence(fault))
    except AtlasError as fault:
        _stop(str(fault))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except SystemExit as end:  # the reader left, nothing more to say: click makes it a failure
        sys.exit(end.code if sys.stdout is output else 0)
    except (OSError, UnicodeEncodeError):  # the second: a name that no disk can write
        _stop(
            "Un fichier n’a pas pu être lu ou écrit : vérifiez son nom, ses droits et la place "
            "sur le disque."
        )
    sys.exit(code if isinstance(code, int) else 0)


def _nobody() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _stop(message: str) -> None:
    tell(message)
    sys.exit(_BAD_INPUT)
