"""``catalyse``: entry point, exit codes (0 answered, 2 bad input) and the list of commands."""

import io
import os
import sys
from collections import UserDict
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TextIO

import click

from geo.cli.french import FrenchGroup, fault_sentence
from geo.cli.show import tell
from geo.errors import AtlasError

_BAD_INPUT = 2
_COMMANDS: Final = {
    "backup": "base.backup",
    "check": "check.check",
    "communes": "places.communes",
    "coverage": "coverage.coverage",
    "demo": "export.demo",
    "ecosystem": "ecosystem.ecosystem",
    "export": "export.export",
    "export-complete": "base.export_complete",
    "history": "base.history",
    "image": "image.image",
    "import": "imports.import_file",
    "indicators": "indicators.indicators",
    "locate": "places.locate",
    "nearest": "questions.nearest",
    "network": "network.network",
    "nginx": "front.nginx",
    "report": "report.report",
    "resources": "resources.resources",
    "restore": "base.restore",
    "revert": "base.revert",
    "serve": "serve.serve",
    "siting": "coverage.siting",
    "territory": "questions.territory",
}


class _Commands(UserDict[str, Any]):
    """The commands by name, each imported when asked for: with all, a terminal waits a second."""

    def __getitem__(self, name: str) -> click.Command:
        module, _, own = self.data[name].rpartition(".")
        command: click.Command = getattr(import_module(f"geo.cli.{module}"), own)
        return command


@click.group(cls=FrenchGroup, commands=_Commands(_COMMANDS))
def cli() -> None:
    """Catalyseurs et territoires de France, depuis un terminal.

    Les réponses vont sur la sortie standard, les remarques et les erreurs sur la sortie d’erreur.
    """


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
