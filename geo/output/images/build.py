"""From the address of a page to the image of its map: the same parameters, the same rows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd

from geo.analysis.asked_alliances import asked_alliances
from geo.analysis.coverage import coverage
from geo.analysis.nearest import Search, nearest
from geo.analysis.network import choose_linked, members_of
from geo.analysis.origin import parse_origin
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader, ecosystem_at
from geo.analysis.territory import sheet
from geo.directory.directory import Directory, directory
from geo.directory.ecosystems import Book
from geo.directory.reading import readable_book
from geo.directory.store.open import open_store
from geo.directory.store.worlds import world
from geo.errors import AtlasError
from geo.output import shades
from geo.output.caption import Caption, caption
from geo.output.images.coverage import coverage_image
from geo.output.images.model import MapImage, Shaded
from geo.output.maps.actors import network_bounds
from geo.output.maps.areas import area_bounds
from geo.output.maps.places import HEXAGONE
from geo.output.maps.territories import scale_for
from geo.output.nearest_map import nearest_bounds
from geo.output.past import question_words
from geo.output.territory_answer import sheet_bounds
from geo.query import parameters as p
from geo.query.doors import IMAGES
from geo.query.query import Query, RawValues
from geo.vocabulary import label, one_by_one


def image_of(page: str, raw_values: RawValues) -> tuple[MapImage, str]:
    """Return the map of a page, and the size asked for.

    Raises
    ------
    AtlasError
        A parameter that is unknown, unreadable or names what does not exist.
    """
    query = IMAGES[page].ask(raw_values)
    return _PAGES[page](query, directory()), query[p.SIZE]


def _nearest(query: Query, book: Directory) -> MapImage:
    selection = query.selection
    if not query[p.PLACE]:
        about = caption(book, selection, "Catalyseurs territoriaux")
        return MapImage(about, book.select(selection), HEXAGONE, "catalyseurs")
    answer = nearest(book, parse_origin(query[p.PLACE]), selection, Search.of(query))
    about = caption(book, selection, f"Catalyseurs les plus proches : {answer.origin.label}")
    bounds, area = nearest_bounds(answer), answer.origin.area
    return MapImage(about, answer.ranked, bounds, "catalyseurs-proches", area, ranked=True)


def _territory(query: Query, book: Directory) -> MapImage:
    place = query[p.TERRITORY]
    if place is None:
        raise AtlasError("Dites de quel territoire : territoire=epci:200054781, par exemple.")
    answer = sheet(book, *place, query.selection, query[p.NEAR])
    found = answer.territory
    about = caption(book, answer.selection, f"Catalyseurs, {found.label}", answer.composition)
    name = f"catalyseurs-{found.kind}-{found.code}"
    return MapImage(about, answer.shown, sheet_bounds(answer), name, place)


def _map(query: Query, book: Directory) -> MapImage:
    selection, kind = query.selection, query[p.OUTLINES]
    title = f"Catalyseurs territoriaux{f', {one_by_one(kind)}' if kind else ''}"
    about = caption(book, selection, title)
    shaded = _shaded(query, book) if kind else None
    return MapImage(about, book.select(selection), HEXAGONE, "carte", shaded=shaded)


def _shaded(query: Query, book: Directory) -> Shaded:
    kind, code = query[p.OUTLINES], query[p.SHADE]
    shade = shades.shade(code)
    if code and shade == shades.NOTHING:
        raise AtlasError(f"Indicateur inconnu : « {code[:40]} ».")
    if not code:
        return Shaded(kind)
    figures = shades.figures_of(code, kind)
    if figures:
        values = dict(figures.by_code)
    else:
        column = coverage(book, kind, query.selection).frame[shade.column]
        values = {str(one): float(v) if pd.notna(v) else None for one, v in column.items()}
    scale = scale_for(values, shade.unit, decimals=shade.decimals)
    return Shaded(kind, shades.title_of(code, figures), values, scale)


def _alliances(query: Query, _: Directory) -> MapImage:
    book = _book(query)
    selected = asked_alliances(query, book)
    members = members_of(selected.rows, book["actor"])
    title = f"Alliances{f', {selected.place}' if selected.place else ''}"
    about = _network_caption(
        title, selected.choice.in_words(book["actor"]["actor_name"]), members, selected.rows
    )
    return MapImage(about, members, network_bounds(members), "alliances", alliances=selected.rows)


def _ecosystem(query: Query, _: Directory) -> MapImage:
    if not query[p.ECOSYSTEM]:
        raise AtlasError("Dites de quel écosystème : ecosysteme=son identifiant.")
    question, odd = PastQuestion.of(query), query[p.ODD]
    state = ecosystem_at(Reader(open_store(), _book(query)), query[p.ECOSYSTEM], question)
    found = state.ecosystem
    actors, rows = choose_linked(found.linked, found.alliances, found.projects, odd=odd)
    filters = f"ODD : {odd}. {label('odd', odd)}" if odd else "sans filtre"
    filters = " ; ".join(part for part in (filters, question_words(question)) if part)
    about = _network_caption(f"Écosystème {found.record['ecosystem_name']}", filters, actors, rows)
    about = replace(about, fictive=about.fictive or found.fictive)
    if found.area.is_empty:
        return MapImage(about, actors, network_bounds(actors), "ecosysteme", alliances=rows)
    bounds, shape = area_bounds(found.area), found.area
    return MapImage(about, actors, bounds, "ecosysteme", alliances=rows, shape=shape)


def _book(query: Query) -> Book:
    every = readable_book(open_store(), fictitious=True)
    return world(every, query[p.ECOSYSTEM], query[p.ACTOR])


def _network_caption(
    title: str, filters: str, actors: pd.DataFrame, alliances: pd.DataFrame
) -> Caption:
    fictive = any(bool(one["fictive"].any()) for one in (actors, alliances))
    return Caption(title, filters, fictive, open_store().origin, subject="alliances")


_PAGES: Final[dict[str, Callable[[Query, Directory], MapImage]]] = {
    "trouver": _nearest,
    "carte": _map,
    "couverture": coverage_image,
    "territoire": _territory,
    "alliances": _alliances,
    "ecosysteme": _ecosystem,
}
