"""Options that several commands share, and how they become a Selection."""

from collections.abc import Callable
from typing import Any, Final

import click

from geo.errors import AtlasError
from geo.query.selection import Selection, checked

_FILTERS: Final = (
    ("--practice", "practices", "Pratique exercée (répétable) : dialogue_territorial, …"),
    ("--profile", "profiles", "Profil (répétable) : association, collectivite, …"),
    ("--evidence", "evidence", "Preuve publique (répétable) : named, pioneer, …"),
)

Command = Callable[..., None]


def filters(command: Command) -> Command:
    """Add the filters on catalysts, one option for each list of a Selection."""
    for flag, name, text in reversed(_FILTERS):
        command = click.option(flag, name, multiple=True, metavar="ID", help=text)(command)
    return command


def output_format(*choices: str) -> Callable[[Command], Command]:
    """Add ``--format``; the first choice is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(choices),
        default=choices[0],
        help=f"Forme de la réponse ({choices[0]} par défaut).",
    )


def selection(values: dict[str, Any]) -> Selection:
    """Build the selection the filters ask for.

    Raises
    ------
    UnknownItemError
        A value is in no vocabulary.
    """
    return checked(Selection(values["practices"], values["profiles"], values["evidence"]))


def territory_code(text: str) -> tuple[str, str]:
    """Split « crte:crte-84-01-1 » into kind and code.

    Raises
    ------
    AtlasError
        There is no colon.
    """
    kind, colon, code = text.partition(":")
    if not colon or not code:
        raise AtlasError(
            f"Territoire illisible : « {text[:60]} ». "
            "Écrivez TYPE:CODE, par exemple epci:244400404."
        )
    return kind, code
