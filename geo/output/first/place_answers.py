"""What the pages of places answer before they are live: Trouver, Carte, Territoire.

Light: whoever opens the page as the server starts waits for it.
"""

from functools import partial

import pandas as pd
from markupsafe import Markup

from geo.analysis.nearest import Nearest, Search, nearest
from geo.analysis.origin import parse_origin
from geo.analysis.territory import sheet
from geo.directory.directory import Directory
from geo.french import number, typeset
from geo.output.cards import LISTED, catalyst_list
from geo.output.first.document import Later, PageAnswer
from geo.output.first.live_map import live_map
from geo.output.first.machine_data import place
from geo.output.html import figures
from geo.output.maps import map_records
from geo.output.maps.groups import MANY
from geo.output.nearest_map import nearest_bounds, nearest_map, nearest_title, places_beside
from geo.output.nearest_outside import outside_html
from geo.output.svg_maps.first_map import draw
from geo.output.territory_answer import (
    sheet_bounds,
    sheet_detail,
    sheet_figures,
    sheet_title,
    titled_groups,
)
from geo.query import parameters as p
from geo.query.query import Query
from geo.query.selection import Selection
from geo.reference.sources import vintage
from geo.templates import render
from geo.vocabulary import label


def listed(rows: pd.DataFrame, at: str = "") -> Markup:
    """List the first catalysts of some rows, and say how many are left."""
    written = catalyst_list(rows.head(LISTED), at)
    if len(rows) <= LISTED:
        return written
    more = f"Les {LISTED} premiers sur {number(len(rows))} ; cherchez un lieu pour lire les autres."
    return written + Markup('<p class="muet">{}</p>').format(typeset(more))


def sections(*parts: tuple[str, Markup]) -> Markup:
    """Write titles and what stands under each, without those of nothing."""
    return render("first/sections.html", parts=[part for part in parts if part[1]])


def nearest_answer(query: Query, book: Directory, _: str) -> PageAnswer:
    """Answer with the nearest to a place; without one, with the map of all."""
    if not query[p.PLACE]:
        rows = book.select(query.selection)
        sentence = query.selection.sentence(len(rows))
        return PageAnswer(
            sections((sentence, Markup(""))),
            Later(partial(draw, nearest_title(rows, None), rows)),
            live=_nearest_live(rows, None, query, book),
            records=_records(book),
        )
    origin = parse_origin(query[p.PLACE])
    found = nearest(book, origin, query.selection, Search.of(query))
    return PageAnswer(
        _nearest_body(found, query.selection),
        Later(partial(_nearest_drawing, found)),
        live=_nearest_live(found.all_rows, found, query, book),
        typed=found.origin.label,
        records=_records(book),
    )


def _records(book: Directory) -> str:
    """Say where the marks of the live map are, when they are few enough to be sent at once."""
    return map_records(book) if len(book.frame) <= MANY else ""


def _nearest_body(found: Nearest, selection: Selection) -> Markup:
    here, far = found.origin.to_url(), found.overseas
    sentence = f"Cherchés parmi {selection.sentence(found.selected_count)}"
    return render(
        "first/nearest.html",
        title=f"{found.origin.label} : les plus proches",
        said=sentence,
        notices=found.notices(),
        parts=[
            ("", listed(found.ranked[~far], here) if not far.all() else ""),
            (
                "Sans lieu précis, mais ils interviennent sur ce lieu",
                listed(found.covering, here) if len(found.covering) else "",
            ),
            (
                "De l’autre côté d’un océan",
                listed(found.ranked[far], here) if far.any() else "",
            ),
        ],
    )


def _nearest_drawing(found: Nearest) -> Markup:
    title, area = nearest_title(found.all_rows, found), found.origin.area
    return draw(title, found.ranked, nearest_bounds(found), area=area, ranked=True)


def _nearest_live(
    rows: pd.DataFrame, found: Nearest | None, query: Query, book: Directory
) -> Markup:
    return live_map(**nearest_map(rows, found, book, places_beside(query.selection, found)))


def map_answer(query: Query, book: Directory, _: str) -> PageAnswer:
    """Answer with the map of all and the first of its list."""
    rows = book.select(query.selection)
    sentence = query.selection.sentence(len(rows))
    drawing = draw(nearest_title(rows, None), rows)
    return PageAnswer(sections((sentence, listed(rows))), drawing, records=_records(book))


def territory_answer(query: Query, book: Directory, origin: str) -> PageAnswer:
    """Answer with the sheet of a territory; without one, with the map of all."""
    where = query[p.TERRITORY]
    rows = book.select(query.selection)
    if where is None:
        return PageAnswer(drawing=draw(nearest_title(rows, None), rows))
    found = sheet(book, *where, query.selection, float(query[p.NEAR]))
    body = render(
        "first/territory.html",
        title=found.territory.label,
        detail=sheet_detail(found),
        figures=figures(sheet_figures(found)),
        said=f"Catalyseurs : {found.selection.in_words()}. {vintage()}",
        outside=outside_html(found),
        missing=[label("practice", code) for code in found.missing_practices],
        parts=[
            (title, listed(group, str(found.territory.place)) if len(group) else "")
            for title, group in titled_groups(found).items()
        ],
    )
    drawing = draw(sheet_title(found), found.shown, sheet_bounds(found), area=where)
    data = place(found.territory, origin)
    return PageAnswer(body, drawing, data=data, typed=found.territory.label)
