"""``catalyse ecosystem``: an ecosystem at a date, and what changed between two."""

import click

from geo.analysis.past.ecosystem import ecosystem_past
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader
from geo.cli.french import FrenchCommand
from geo.cli.options import output_format, valued
from geo.cli.show import show_json, show_table, tell
from geo.directory.reading import readable_book
from geo.directory.schema import KINDS
from geo.directory.store.open import open_store
from geo.output.past import (
    HEADER,
    LEVEL_HEADER,
    change_rows,
    change_sentence,
    change_title,
    level_rows,
    limits,
    meaning,
)
from geo.output.past_record import past_record, records_then
from geo.query.parameters import COMPARED_DATE, DATE, READING


@click.command(cls=FrenchCommand)
@click.argument("ecosystem_id", metavar="ÉCOSYSTÈME")
@valued(DATE, default=None)
@valued(COMPARED_DATE, default=None)
@valued(READING)
@output_format("table", "json")
def ecosystem(
    ecosystem_id: str, date: str | None, compared_date: str | None, reading: str, form: str
) -> None:
    """Décrit un écosystème à une date, et ce qui a changé entre deux.

    ÉCOSYSTÈME : son identifiant. Seules les fiches publiées aujourd’hui sont nommées.
    """
    store = open_store()
    reader = Reader(store, readable_book(store, fictitious=True))
    question = PastQuestion(date or "", compared_date or "", reading)
    past = ecosystem_past(reader, ecosystem_id, question)
    if form == "json":
        show_json(past_record(past))
        return
    for sentence in [meaning(question), *limits(past.state)] if question.date else []:
        tell(sentence)
    if past.state.ecosystem.fictive:
        tell("Données fictives.")
    rows = [
        [KINDS[one["kind"]].label, one["name"], one["since"], one["until"]]
        for one in records_then(past)
    ]
    show_table(["fiche", "nom", "depuis", "jusqu’à"], rows)
    if past.changes:
        click.echo(f"\n{change_title(past.changes)}\n{change_sentence(past.changes)}")
        show_table([*HEADER], [[*row] for row in change_rows(past.changes)])
    if past.levels:
        click.echo("\nLa maturité dans le temps")
        show_table([*LEVEL_HEADER], [[*row] for row in level_rows(past.levels)])
