"""What Carte and Territoire answer before they are live."""

from functools import partial
from urllib.parse import urlencode

from geo.analysis.programmes import inside, selected
from geo.analysis.territory import Sheet, sheet
from geo.directory.directory import Directory
from geo.directory.ecosystems import visible_rows, with_example
from geo.directory.store.open import open_store
from geo.output import atlas_map, maps
from geo.output.first.document import Later, PageAnswer
from geo.output.first.live_map import live_map
from geo.output.first.machine_data import place
from geo.output.first.place_answers import listed, records_ahead
from geo.output.html import figures
from geo.output.maps import HEXAGONE, map_records
from geo.output.nearest_map import nearest_title
from geo.output.nearest_outside import outside_html
from geo.output.place_pages import PLACE_PAGES
from geo.output.request_link import ask_address
from geo.output.svg_maps.first_map import draw, in_frame
from geo.output.territory_answer import (
    france_map,
    sheet_bounds,
    sheet_detail,
    sheet_figures,
    sheet_layers,
    sheet_title,
    titled_groups,
)
from geo.query import parameters as p
from geo.query.query import Query
from geo.reference.place import Place
from geo.reference.sources import vintage
from geo.templates import render
from geo.vocabulary import label


def map_answer(query: Query, book: Directory, _: str) -> PageAnswer:
    """Answer with the map of all and the first of its list.

    What shades territories takes its time: such a map comes with the live page.
    """
    rows, kind = book.select(query.selection), query[p.OUTLINES]
    live = ""
    if not (kind and query[p.SHADE]):
        marks = atlas_map.layers(rows, map_records(book), kind)
        places = maps.programme_layers(selected(query.selection))
        title = atlas_map.title(rows, kind)
        live = live_map([*marks, *places], title=title, bounds=HEXAGONE)
    return PageAnswer(
        render(
            "first/map.html",
            said=query.selection.sentence(len(rows)),
            missing=atlas_map.what_is_not_on_the_map(rows),
            cards=listed(rows) if len(rows) else "",
        ),
        Later(partial(draw, nearest_title(rows, None), rows)),
        records=records_ahead(book),
        live=live,
        legend=maps.catalyst_legend(in_frame(rows)),
    )


def territory_answer(query: Query, book: Directory, origin: str) -> PageAnswer:
    """Answer with the sheet of a territory; without one, with the map of all."""
    where = query[p.TERRITORY]
    rows = book.select(query.selection)
    if where is None:
        return PageAnswer(
            drawing=Later(partial(draw, nearest_title(rows, None), rows)),
            records=records_ahead(book),
            live=live_map(**france_map(rows, map_records(book))),
            legend=maps.catalyst_legend(in_frame(rows)),
        )
    found = sheet(book, *where, query.selection, float(query[p.NEAR]))
    body = render(
        "first/territory.html",
        doors=_doors(found.territory.place),
        title=found.territory.label,
        detail=sheet_detail(found),
        ask=ask_address(place=str(found.territory.place)),
        figures=figures(sheet_figures(found)),
        said=f"Catalyseurs : {found.selection.in_words()}. {vintage()}",
        outside=outside_html(found),
        missing=[label("practice", code) for code in found.missing_practices],
        parts=[
            (title, listed(group, str(found.territory.place)) if len(group) else "")
            for title, group in titled_groups(found).items()
        ],
    )
    bounds, title = sheet_bounds(found), sheet_title(found)
    return PageAnswer(
        body,
        Later(partial(draw, title, found.shown, bounds, area=where)),
        data=place(found.territory, origin),
        typed=found.territory.label,
        records=records_ahead(book),
        live=_sheet_live(query, found, book, title),
        legend=maps.catalyst_legend(in_frame(found.shown, bounds)),
    )


def _doors(place: Place) -> list[tuple[str, str]]:
    """Lead to the pages of a place, the first being its own; the others by its ecosystem."""
    known = visible_rows(with_example(open_store().read("ecosystem")))
    here = known.index[(known["territory_kind"] + ":" + known["territory_code"]) == str(place)]
    home = {p.ECOSYSTEM.name: str(here[0])} if len(here) else {}
    queries = dict.fromkeys(PLACE_PAGES, home) | {"territoire": {p.TERRITORY.name: str(place)}}
    return [
        (f"/{page}?{urlencode(queries[page], safe=':')}", name)
        for page, name in PLACE_PAGES.items()
    ]


def _sheet_live(query: Query, found: Sheet, book: Directory, title: str) -> str:
    """Make the map of a territory live, but where more is asked beside its catalysts."""
    if query[p.CONTRACTS] or query[p.COMMUNE_SHADE]:
        return ""
    places = maps.programme_layers(inside(selected(found.selection), *found.territory.place))
    layers = [*sheet_layers(found, map_records(book)), *places]
    return live_map(layers, title=title, bounds=sheet_bounds(found))
