"""What the pages of lists answer before they are live: Catalyseurs, Ressources, Couverture."""

from functools import partial
from typing import Final

import pandas as pd
from markupsafe import Markup

from geo.analysis.proximity.proximity import proximity
from geo.analysis.resources import ResourceChoice
from geo.directory.directory import Directory
from geo.directory.resources import catalogue
from geo.directory.store.lookup import row_at
from geo.directory.store.open import open_store
from geo.output.cards import place_of, practice_tags, source_html
from geo.output.first.document import Later, PageAnswer
from geo.output.first.machine_data import organisation
from geo.output.first.place_answers import listed, sections
from geo.output.html import facts, figures
from geo.output.maps import catalyst_legend, choropleth_legend
from geo.output.proximity import FAR_SCALE, confidence, country_figures, sentences
from geo.output.reach import published_record, ways_to_reach
from geo.output.records import records
from geo.output.resources import resource_list
from geo.output.svg_maps.first_map import bounds_around, draw, in_frame
from geo.output.svg_maps.shades import fills, known
from geo.query import parameters as p
from geo.query.query import Query
from geo.templates import render
from geo.vocabulary import label, one_by_one

_OFFERED: Final = 500
"""Names to choose from: those of a page of the live table."""


def catalysts_answer(query: Query, book: Directory, origin: str) -> PageAnswer:
    """Answer with a catalyst's record, or with the first of the list."""
    at = row_at(book.frame, query[p.RECORD])
    if at is not None:
        return _catalyst(book.frame.iloc[[at]], origin)
    rows = book.select(query.selection)
    body = render(
        "first/catalysts.html",
        said=query.selection.sentence(len(rows)),
        parameter=p.RECORD.name,
        offered=rows["catalyst_name"].head(_OFFERED).to_dict(),
        cards=listed(rows) if len(rows) else "",
    )
    return PageAnswer(body)


def _catalyst(rows: pd.DataFrame, origin: str) -> PageAnswer:
    record = records(rows)[0]
    reach = ways_to_reach(published_record(open_store(), record["catalyst_id"]))
    body = render(
        "first/catalyst.html",
        record=record,
        profile=label("any_profile", record["profile"]) if record["profile"] else "",
        practices=practice_tags(record),
        where=place_of(record),
        reach=facts(reach) if reach else "",
        source=source_html(record),
    )
    drawing = Markup("")
    if pd.notna(rows["longitude"].iloc[0]):
        box = bounds_around([*rows["longitude"]], [*rows["latitude"]], 0.15)
        drawing = draw(f"Carte : {record['catalyst_name']}", rows, box)
    return PageAnswer(body, drawing, record["catalyst_name"], data=organisation(record, origin))


def resources_answer(query: Query, _book: Directory, _: str) -> PageAnswer:
    """Answer with the resources that are asked for."""
    choice = ResourceChoice.of(query)
    rows = choice.keep(catalogue(open_store()))
    shown = resource_list(rows) if len(rows) else Markup("")
    return PageAnswer(sections((choice.sentence(len(rows)), shown)))


def coverage_answer(query: Query, book: Directory, _: str) -> PageAnswer:
    """Answer with who is near, how sure that is, and the map of it."""
    kind = query[p.OUTLINES] or "departement"
    seen = proximity(book, kind, query.selection, query[p.WITHIN])
    rows = book.select(query.selection)
    paragraphs = Markup().join(
        map(Markup("<p>{}</p>").format, [confidence(seen), *sentences(seen)])
    )
    title = f"Carte : distance moyenne d’un habitant au plus proche, {one_by_one(kind)}"
    values = known(seen.frame["mean_km"].to_dict())
    colours = fills(kind, values, FAR_SCALE)
    far = "Distance moyenne d’un habitant au plus proche"
    legend = choropleth_legend(far, kind, values, FAR_SCALE) + catalyst_legend(
        in_frame(rows), folded=True
    )
    return PageAnswer(
        sections(
            (query.selection.sentence(len(rows)), figures(country_figures(seen)) + paragraphs)
        ),
        Later(partial(draw, title, rows, shaded=(kind, colours))),
        legend=legend,
    )
