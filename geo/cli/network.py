"""``catalyse network``: who bridges whom, among the alliances of an ecosystem or of all."""

from typing import Any, Final

import click

from geo.analysis.bridging import Bridging
from geo.analysis.bridging.query import bridging_of_query
from geo.cli.french import FrenchCommand
from geo.cli.options import Command, output_format
from geo.cli.show import show_json, show_table, tell
from geo.directory.reading import readable_book
from geo.directory.store.open import open_store
from geo.directory.store.worlds import world
from geo.output.bridging import LIMITS, in_lines, sentences
from geo.output.bridging_tables import measures, role_records, role_rows
from geo.output.caption import SOME_FICTIVE
from geo.output.exports import FORMATS, NETWORK
from geo.output.exports.build import export_of
from geo.query import parameters as p
from geo.query.doors import BRIDGES

_FIRST: Final = 15
_HEADER: Final = ("acteur", "partenaires", "alliances", "chemins (%)", "coupe", "groupe")


def _filters(command: Command) -> Command:
    for one in reversed(BRIDGES.parameters):
        command = click.option(
            one.option, one.english, default="", metavar="VALEUR", help=one.help
        )(command)
    return command


@click.command(cls=FrenchCommand)
@_filters
@output_format("table", "json", "csv", "graphml", "gexf")
def network(form: str, **values: str) -> None:
    """Dit qui relie qui parmi les alliances : passages, seuls, groupes, profils, années.

    En tableau : une phrase par mesure, puis les acteurs qui relient le plus ; en json, csv,
    graphml et gexf : tous.
    """
    raw_values = {name: [text] for name, text in values.items() if text}
    wanted = BRIDGES.ask(raw_values)
    tell(LIMITS)
    if form in FORMATS:
        export_values = {
            one.name: raw_values[one.english]
            for one in BRIDGES.parameters
            if one.english in raw_values
        }
        click.echo(FORMATS[form].content(export_of(NETWORK, export_values)), nl=False)
        return
    every = readable_book(open_store(), fictitious=True)
    book = world(every, wanted[p.ECOSYSTEM], wanted[p.ACTOR])
    _show(form, bridging_of_query(wanted, book)[1])


def _show(form: str, found: Bridging) -> None:
    names = found.actors["actor_name"]
    if found.fictive:
        tell(SOME_FICTIVE)
    if form == "json":
        show_json({**measures(found), "results": role_records(found, names)})
        return
    for line in in_lines(sentences(found, names)):
        click.echo(line)
    rows = role_rows(found, names).head(_FIRST)
    if len(rows):
        cells: list[list[Any]] = rows.astype(object).where(rows.notna(), "").to_numpy().tolist()
        show_table([*_HEADER], [[str(cell) for cell in row] for row in cells])
