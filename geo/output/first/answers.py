"""The answer of a page, from the same queries as the live one: lists, figures, a drawing.

Heavy: it is imported once the server answers, and until then pages are painted without it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from geo.analysis.nearest import Nearest, Search, nearest
from geo.analysis.origin import parse_origin
from geo.analysis.proximity.proximity import proximity
from geo.analysis.resources import ResourceChoice
from geo.analysis.territory import sheet
from geo.directory.directory import Directory, directory
from geo.directory.resources import catalogue
from geo.directory.store.open import open_store
from geo.errors import AtlasError
from geo.french import number, typeset
from geo.output.caption import FICTIVE_NOTICE
from geo.output.cards import LISTED, catalyst_list, place_of, practice_tags, source_html
from geo.output.first import network_answers, told_answers
from geo.output.first.document import NOTHING, SEARCHED, PageAnswer
from geo.output.first.machine_data import organisation, place
from geo.output.html import facts, figures, table
from geo.output.maps import map_records
from geo.output.maps.groups import MANY
from geo.output.nearest_map import nearest_bounds, nearest_title
from geo.output.nearest_outside import outside_html
from geo.output.proximity import (
    confidence,
    country_figures,
    least_header,
    least_rows,
    sentences,
)
from geo.output.reach import published_record, ways_to_reach
from geo.output.records import records
from geo.output.resources import resource_list
from geo.output.svg_maps.first_map import bounds_around, draw
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
from geo.reference import gazetteer, place_remarks
from geo.reference.gazetteer import FoundPlace
from geo.reference.sources import vintage
from geo.templates import render
from geo.vocabulary import label, plural

_FOUND: Final = 6
_CLOSE: Final = 3
_LEAST: Final = 10


def answer(page: str, query: Query, origin: str) -> PageAnswer:
    """Return what a page answers; nothing where its address names what is not there.

    ``origin``: the public address of the app, for what machines read; "" without one.
    """
    make = _ANSWERS.get(page)
    try:
        book = directory()
        found = make(query, book, origin) if make else NOTHING
    except AtlasError as fault:
        return PageAnswer(body=Markup("<p>{}</p>").format(str(fault)))
    if not (make and book.fictive):
        return found
    notice = Markup('<p><span class="marque-fictif">{}</span></p>').format(typeset(FICTIVE_NOTICE))
    return replace(found, body=notice + found.body)


def found_places(typed: str) -> list[tuple[str, str]]:
    """Find the territories that a text may mean, best first: each as an address names it."""
    return [(str(one.place), one.label) for one in place_remarks.search(typed, _FOUND)[0]]


def with_places(found: PageAnswer, page: str, typed: str) -> PageAnswer:
    """Add the places that a search found and its remarks, or what was perhaps meant."""
    places, remarks = place_remarks.search(typed, _FOUND)
    remarks_html = Markup().join(map(Markup('<p class="muet">{}</p>').format, remarks))
    found = replace(found, body=remarks_html + found.body)
    if places or remarks_html:
        return replace(found, places=_links(page, places))
    close = _links(page, gazetteer.suggest(typed, _CLOSE))
    nothing = f"Aucun lieu ne répond à « {typed[:80]} »."
    hint = " Vouliez-vous dire :" if close else ""
    body = Markup("<p>{}</p>{}").format(typeset(nothing + hint), found.body)
    return replace(found, body=body, places=close)


def _links(page: str, places: list[FoundPlace]) -> list[tuple[str, str]]:
    name = SEARCHED[page]
    return [(f"/{page}?{urlencode({name: str(one.place)})}", one.label) for one in places]


def _list(rows: pd.DataFrame, place: str = "") -> Markup:
    """List the first catalysts of some rows, and say how many are left."""
    written = catalyst_list(rows.head(LISTED), place)
    if len(rows) <= LISTED:
        return written
    more = f"Les {LISTED} premiers sur {number(len(rows))} ; cherchez un lieu pour lire les autres."
    return written + Markup('<p class="muet">{}</p>').format(typeset(more))


def _sections(*parts: tuple[str, Markup]) -> Markup:
    return render("first/sections.html", parts=[part for part in parts if part[1]])


def _nearest(query: Query, book: Directory, _: str) -> PageAnswer:
    if not query[p.PLACE]:
        rows = book.select(query.selection)
        sentence = query.selection.sentence(len(rows))
        drawing = draw(nearest_title(rows, None), rows)
        return PageAnswer(_sections((sentence, Markup(""))), drawing, records=_records(book))
    origin = parse_origin(query[p.PLACE])
    found = nearest(book, origin, query.selection, Search.of(query))
    body, drawing = _nearest_body(found, query.selection), _nearest_drawing(found)
    return PageAnswer(body, drawing, typed=found.origin.label, records=_records(book))


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
            ("", _list(found.ranked[~far], here) if not far.all() else ""),
            (
                "Sans lieu précis, mais ils interviennent sur ce lieu",
                _list(found.covering, here) if len(found.covering) else "",
            ),
            (
                "De l’autre côté d’un océan",
                _list(found.ranked[far], here) if far.any() else "",
            ),
        ],
    )


def _nearest_drawing(found: Nearest) -> Markup:
    title, area = nearest_title(found.all_rows, found), found.origin.area
    return draw(title, found.ranked, nearest_bounds(found), area=area, ranked=True)


def _map(query: Query, book: Directory, _: str) -> PageAnswer:
    rows = book.select(query.selection)
    sentence = query.selection.sentence(len(rows))
    drawing = draw(nearest_title(rows, None), rows)
    return PageAnswer(_sections((sentence, _list(rows))), drawing, records=_records(book))


def _territory(query: Query, book: Directory, origin: str) -> PageAnswer:
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
            (title, _list(group, str(found.territory.place)) if len(group) else "")
            for title, group in titled_groups(found).items()
        ],
    )
    drawing = draw(sheet_title(found), found.shown, sheet_bounds(found), area=where)
    data = place(found.territory, origin)
    return PageAnswer(body, drawing, data=data, typed=found.territory.label)


def _catalysts(query: Query, book: Directory, origin: str) -> PageAnswer:
    if query[p.RECORD] in book.frame.index:
        return _catalyst(book.frame.loc[[query[p.RECORD]]], origin)
    rows = book.select(query.selection)
    return PageAnswer(_sections((query.selection.sentence(len(rows)), _list(rows))))


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


def _resources(query: Query, _book: Directory, _: str) -> PageAnswer:
    choice = ResourceChoice.of(query)
    rows = choice.keep(catalogue(open_store()))
    listed = resource_list(rows) if len(rows) else Markup("")
    return PageAnswer(_sections((choice.sentence(len(rows)), listed)))


def _coverage(query: Query, book: Directory, _: str) -> PageAnswer:
    kind = query[p.OUTLINES] or "departement"
    seen = proximity(book, kind, query.selection, query[p.WITHIN])
    paragraphs = Markup().join(
        map(Markup("<p>{}</p>").format, [confidence(seen), *sentences(seen)])
    )
    least = table(
        f"Les {plural(kind)} les moins desservis",
        least_header(seen),
        least_rows(seen, 10),
        folds=True,
    )
    return PageAnswer(figures(country_figures(seen)) + paragraphs + least)


_ANSWERS: Final[dict[str, Callable[[Query, Directory, str], PageAnswer]]] = {
    "": _nearest,
    "carte": _map,
    "couverture": _coverage,
    "territoire": _territory,
    "catalyseurs": _catalysts,
    "ressources": _resources,
    "ecosysteme": network_answers.ecosystem_answer,
    "alliances": network_answers.alliances_answer,
    "acteurs": network_answers.actors_answer,
    "projets": network_answers.projects_answer,
    "methode": told_answers.method_answer,
    "reperes": told_answers.landmarks_answer,
}
READY: Final = True
"""Last of all: a module half imported answers nothing."""
