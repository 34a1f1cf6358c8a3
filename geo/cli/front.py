"""The ``nginx`` command: what stands before several processes, written for Debian's nginx."""

import re
from typing import Final

import click

from geo.cli.french import FrenchCommand
from geo.cli.options import workers
from geo.settings import settings
from geo.templates import render

PORT: Final = 8501
LAST_PORT: Final = 65_535
_NAME: Final = re.compile(r"_|[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?", re.IGNORECASE)


def ports_of(count: int, first: int) -> list[int]:
    """List the ports of so many processes, one after the other.

    Raises
    ------
    click.BadParameter
        The last one would be past 65,535.
    """
    if first + count - 1 > LAST_PORT:
        raise click.BadParameter(f"{count} ports à partir de {first} dépassent {LAST_PORT}.")
    return [*range(first, first + count)]


def nginx_configuration(
    ports: list[int],
    name: str,
    listen: str = "80",
    a_minute: int | None = None,
    logs: str = "/var/log/nginx",
) -> str:
    """Write the configuration of nginx before processes on these ports of this machine.

    A browser keeps its process by a cookie; when that process stops, another one takes its session.
    ``a_minute``: requests to the API from one address, the setting's when it is not given.
    ``logs``: the folder of its logs, Debian's.
    """
    return str(
        render(
            "front/nginx.conf",
            ports=ports,
            site=name,
            listen=listen,
            megabytes=settings().import_megabytes + 1,
            a_minute=a_minute or settings().api_rate,
            sessions=settings().sessions,
            logs=logs,
        )
    )


@click.command(cls=FrenchCommand)
@workers(3)
@click.option("--port", type=click.IntRange(1, LAST_PORT), default=PORT, help="Premier port.")
@click.option("--name", "name", required=True, metavar="NOM", help="Nom public du site.")
def nginx(workers: int, port: int, name: str) -> None:
    """Écrit la configuration de nginx, devant plusieurs processus."""
    if not _NAME.fullmatch(name):
        raise click.BadParameter("Donnez un nom de site, par exemple cartes.maville.fr.")
    click.echo(nginx_configuration(ports_of(workers, port), name))
