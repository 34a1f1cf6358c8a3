"""Help and faults of the command line, in French."""

import contextlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import click

from geo.errors import AtlasError
from geo.french import NBSP

_SECTIONS: Final = {"Options": "Options", "Commands": "Commandes", "Arguments": "Arguments"}
_RANGE: Final = re.compile(r"\[(\d+)<=x<=(\d+)\]")
_EXAMPLE: Final = "Voyez « {path} --help »."


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        # Choices are one word to what cuts lines: a line may end after a bar.
        super().write_usage(prog, args.replace("|", f"{NBSP}| "), prefix or "Utilisation : ")

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        french = [(term.replace("INTEGER RANGE", "N"), _in_french(text)) for term, text in rows]
        super().write_dl(french, *args, **kwargs)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading} :\n")

    @contextlib.contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_SECTIONS.get(name, name)):
            yield


def _in_french(text: str) -> str:
    return _RANGE.sub(r"[de \1 à \2]", text.replace("[required]", "[obligatoire]"))


class _Context(click.Context):
    formatter_class = _Formatter


class FrenchCommand(click.Command):
    """A command whose help is in French."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what ``click.Command`` takes."""
        super().__init__(*args, **{"options_metavar": "[OPTIONS]", **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its French text."""
        return _french(super().get_help_option(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence whole: a list of commands has lines enough for it."""
        del limit
        first = " ".join((self.help or "").partition("\n\n")[0].split())
        return self.short_help or first


class FrenchGroup(click.Group):
    """A group of commands whose help is in French."""

    context_class = _Context
    command_class = FrenchCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what ``click.Group`` takes."""
        super().__init__(*args, **{"subcommand_metavar": "COMMANDE [ARGUMENTS]…", **kwargs})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its French text."""
        return _french(super().get_help_option(ctx))


def _french(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Affiche cette aide."
    return option


def fault_sentence(fault: click.ClickException) -> str:
    """Say a fault of usage in one French sentence, and where to look."""
    where = (
        fault.ctx.command_path if isinstance(fault, click.UsageError) and fault.ctx else "catalyse"
    )
    return f"{_what(fault)} {_EXAMPLE.format(path=where)}"


def _what(fault: click.ClickException) -> str:  # noqa: PLR0911 - one answer per fault
    match fault:
        case click.MissingParameter():
            return f"Il manque {_name(fault)}."
        case click.NoSuchOption():
            return f"Option inconnue : {fault.option_name}."
        case click.BadOptionUsage():
            return f"L’option {fault.option_name} attend une valeur."
        case click.BadParameter() if isinstance(fault.__cause__, AtlasError) or not fault.param:
            return fault.message  # its own rule says it better
        case click.BadParameter():
            return f"Valeur refusée pour {_name(fault)}{_expected(fault)}."
        case click.FileError():
            return f"Fichier illisible ou impossible à écrire : {fault.ui_filename}."
        case click.UsageError() if "No such command" in fault.message:
            return f"Commande inconnue : {fault.message.split(chr(39))[1]}."
        case click.UsageError() if "unexpected extra" in fault.message:
            return "Argument en trop."
        case _:
            return fault.message


def _name(fault: click.BadParameter) -> str:
    if isinstance(fault.param, click.Option):
        return f"l’option {max(fault.param.opts, key=len)}"
    return f"l’argument {fault.param.human_readable_name}" if fault.param else "un argument"


def _expected(fault: click.BadParameter) -> str:
    kind = fault.param.type if fault.param else None
    match kind:
        case click.Choice():
            return f" ; valeurs possibles : {', '.join(kind.choices)}"
        case click.IntRange() | click.FloatRange():
            ends = [f"au moins {kind.min}" if kind.min is not None else ""]
            ends += [f"au plus {kind.max}" if kind.max is not None else ""]
            return f" ; attendu : un nombre, {' et '.join(end for end in ends if end)}"
        case _:
            return f" ; attendu : {_KINDS[kind.name]}" if kind and kind.name in _KINDS else ""


_KINDS: Final = {
    "integer": "un nombre entier",
    "float": "un nombre",
    "text": "un texte",
    "file": "un fichier lisible",
    "path": "un chemin existant",
}
