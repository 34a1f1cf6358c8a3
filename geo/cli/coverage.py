"""``catalyse coverage`` and ``catalyse siting``: who is far from what, where next."""

from typing import Any

import click

from geo.analysis.proximity.proximity import proximity
from geo.analysis.siting.question import SitingQuestion
from geo.analysis.siting.siting import siting as best_places
from geo.cli.french import FrenchCommand
from geo.cli.options import filters, output_format, read_selection, territory_code, valued
from geo.cli.show import show_json, show_table, tell
from geo.directory.directory import directory
from geo.errors import AtlasError
from geo.output.caption import FICTIVE_NOTICE, caption
from geo.output.exports import FORMATS
from geo.output.proximity import (
    LIMITS,
    METHOD,
    confidence,
    country_figures,
    country_totals,
    least_header,
    least_rows,
    proximity_export,
    sentences,
    territory_records,
    vintage,
)
from geo.output.siting import (
    HEADER,
    before_after,
    gap_sentence,
    goal_sentence,
    place_rows,
    siting_export,
    siting_record,
    trust_sentences,
)
from geo.query.parameters import CANDIDATES, GOAL, PLACES, WEIGHT, WITHIN
from geo.reference.kinds import kind_codes

_LEAST = 15


@click.command(cls=FrenchCommand)
@click.option("--kind", metavar="TYPE", default="departement", help="Territoires (departement).")
@valued(WITHIN)
@filters
@output_format("table", "json", "csv")
def coverage(kind: str, within_km: float, form: str, **values: Any) -> None:
    """Mesure la distance des habitants au catalyseur le plus proche, par territoire.

    En tableau : le pays entier, puis les territoires les moins desservis ; en json et csv : tous.
    """
    if kind not in (known := kind_codes()):
        raise AtlasError(f"Type de territoire inconnu : « {kind[:40]} ». {', '.join(known)}.")
    book, selection = directory(), read_selection(values)
    seen = proximity(book, kind, selection, within_km)
    for sentence in [confidence(seen), METHOD, LIMITS, vintage()]:
        tell(sentence)
    if book.fictive:
        tell(FICTIVE_NOTICE)
    if form == "json":
        show_json({**country_totals(seen), "results": territory_records(seen)})
    elif form == "csv":
        about = caption(book, selection, "Distance des habitants au catalyseur le plus proche")
        click.echo(FORMATS[form].content(proximity_export(seen, about)), nl=False)
    else:
        show_table(["France entière", ""], [list(pair) for pair in country_figures(seen)])
        for sentence in sentences(seen):
            click.echo(sentence)
        show_table(least_header(seen), least_rows(seen, _LEAST))


@click.command(cls=FrenchCommand)
@valued(PLACES)
@valued(GOAL)
@valued(WITHIN)
@valued(CANDIDATES)
@valued(WEIGHT)
@click.option(
    "--territory", metavar="TYPE:CODE", help="Dans ce territoire ; sinon l’Hexagone et la Corse."
)
@filters
@output_format("table", "json", "csv", "geojson")
def siting(places: float, territory: str | None, form: str, **values: Any) -> None:
    """Propose les prochains lieux qui aideraient le plus d’habitants, et dit à quel point.

    Les catalyseurs de la sélection sont les présents : --practice propose des lieux pour une
    pratique. L’outre-mer se demande à part : --territory region:04.
    """
    book = directory()
    question = SitingQuestion(
        read_selection(values).alone,
        values["goal"],
        int(places),
        values["within_km"],
        values["candidates"],
        values["weight"],
        territory_code(territory) if territory else None,
    )
    answer = best_places(book, question)
    for sentence in [goal_sentence(answer), *trust_sentences(answer), METHOD, vintage()]:
        tell(sentence)
    if book.fictive:
        tell(FICTIVE_NOTICE)
    if form == "json":
        show_json(siting_record(answer))
    elif form == "table":
        click.echo(before_after(answer))
        click.echo(gap_sentence(answer))
        if len(answer.places):
            show_table([*HEADER], place_rows(answer))
    else:
        click.echo(FORMATS[form].content(siting_export(book, answer)), nl=False)
