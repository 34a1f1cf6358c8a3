"""Options that several commands share, and how they become a Selection."""

from collections.abc import Callable
from typing import Any, Final

import click

from geo.errors import BadParameterError
from geo.query.doors import TERMINAL
from geo.query.parameter import Parameter
from geo.query.parameters import ALSO, TERRITORY
from geo.query.selection import FACETS, Selection
from geo.query.values import read_place
from geo.reference.place import Place

Command = Callable[..., None]
Option = Callable[[Command], Command]
MOST_WORKERS: Final = 64
LARGEST: Final = (1 << 31) - 1
"""What any whole number may be: a larger one is beyond what databases and draws take."""
COUNTED: Final = click.IntRange(1, LARGEST)


class Value(click.ParamType[Any]):
    """A value read as an address is: by the rule of its parameter."""

    name = "valeur"

    def __init__(self, parameter: Parameter[Any]) -> None:
        self.parameter = parameter

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a text; what is no text was read already."""
        if not isinstance(value, str):
            return value
        try:
            return self.parameter.read([value], self.parameter.option, offered=False)
        except BadParameterError as fault:
            raise click.BadParameter(str(fault), ctx, param) from fault


def valued(parameter: Parameter[Any], dest: str = "", **more: Any) -> Option:
    """Make the option of a parameter, with its own help unless the command says otherwise."""
    arguments = {"help": parameter.help, **more}
    if parameter.default is not None:
        arguments.setdefault("default", parameter.default)
    return click.option(
        parameter.option, dest or parameter.english, type=Value(parameter), **arguments
    )


def workers(usual: int) -> Option:
    """Add ``--workers``: how many processes answer."""
    return click.option(
        "--workers",
        type=click.IntRange(1, MOST_WORKERS),
        default=usual,
        metavar="N",
        help=f"Nombre de processus ({usual}).",
    )


def filters(command: Command) -> Command:
    """Add the filters on catalysts, one option for each list of a Selection."""
    command = click.option(ALSO.option, "also", multiple=True, metavar="ID", help=ALSO.help)(
        command
    )
    for field, facet in reversed(FACETS.items()):
        command = click.option(facet.option, field, multiple=True, metavar="ID", help=facet.help)(
            command
        )
    return command


def output_format(*choices: str) -> Option:
    """Add ``--format``; the first choice is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(choices),
        default=choices[0],
        help=f"Forme de la réponse ({choices[0]} par défaut).",
    )


def read_selection(values: dict[str, Any]) -> Selection:
    """Build the selection the filters ask for.

    Raises
    ------
    BadParameterError
        A value is in no vocabulary.
    """
    raw_values = {facet.english: values[field] for field, facet in FACETS.items()}
    raw_values[ALSO.english] = values["also"]
    return TERMINAL.ask(raw_values).selection


def territory_code(text: str) -> Place:
    """Read « crte:crte-84-01-1 ».

    Raises
    ------
    BadParameterError
        A part is missing.
    """
    try:
        return read_place(text, TERRITORY.option)
    except BadParameterError as fault:  # the help has in capitals what is to be replaced
        message = str(fault).replace("type:code", "TYPE:CODE")
        raise BadParameterError(message, fault.parameter) from None
