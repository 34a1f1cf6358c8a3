"""What Trouver answers before it is live.

Light: whoever opens the page as the server starts waits for it.
"""

from functools import partial

import pandas as pd
from markupsafe import Markup

from geo.analysis.nearest import Nearest, Search, nearest
from geo.analysis.origin import parse_origin
from geo.directory.directory import Directory
from geo.french import number, typeset
from geo.output import maps
from geo.output.cards import LISTED, catalyst_list
from geo.output.first.document import Later, PageAnswer
from geo.output.first.live_map import live_map
from geo.output.maps.groups import MANY
from geo.output.nearest_map import nearest_bounds, nearest_map, nearest_title, places_beside
from geo.output.svg_maps.first_map import draw, in_frame
from geo.query import parameters as p
from geo.query.query import Query
from geo.query.selection import Selection
from geo.templates import render


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
            records=records_ahead(book),
            legend=maps.catalyst_legend(in_frame(rows)),
        )
    origin = parse_origin(query[p.PLACE])
    found = nearest(book, origin, query.selection, Search.of(query))
    return PageAnswer(
        _nearest_body(found, query.selection),
        Later(partial(_nearest_drawing, found)),
        live=_nearest_live(found.all_rows, found, query, book),
        typed=found.origin.label,
        records=records_ahead(book),
        legend=maps.catalyst_legend(in_frame(found.ranked, nearest_bounds(found))),
    )


def records_ahead(book: Directory) -> str:
    """Say where the marks of the live map are, when they are few enough to be sent at once."""
    return maps.map_records(book) if len(book.frame) <= MANY else ""


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
