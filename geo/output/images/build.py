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
from geo.analysis.past.then import Sight, ecosystem_then
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
from geo.output.territory_answer import sheet_bounds, shown_rows
from geo.query import parameters as p
from geo.query.doors import IMAGES
from geo.query.query import Query, RawValues
from geo.vocabulary import label, plural


def image_of(page: str, given: RawValues) -> tuple[MapImage, str]:
    """Return the map of a page, and the size asked for.

    Raises
    ------
    AtlasError
        A parameter that is unknown, unreadable or names what does not exist.
    """
    wanted = IMAGES[page].ask(given)
    return _PAGES[page](wanted, directory()), wanted[p.SIZE]


def _nearest(wanted: Query, book: Directory) -> MapImage:
    kept = wanted.selection
    if not wanted[p.PLACE]:
        about = caption(book, kept, "Catalyseurs territoriaux")
        return MapImage(about, book.select(kept), HEXAGONE, "catalyseurs")
    answer = nearest(book, parse_origin(wanted[p.PLACE]), kept, Search.of(wanted))
    about = caption(book, kept, f"Catalyseurs les plus proches : {answer.origin.label}")
    bounds, area = nearest_bounds(answer), answer.origin.area
    return MapImage(about, answer.ranked, bounds, "catalyseurs-proches", area, ranked=True)


def _territory(wanted: Query, book: Directory) -> MapImage:
    place = wanted[p.TERRITORY]
    if place is None:
        raise AtlasError("Dites de quel territoire : territoire=epci:200054781, par exemple.")
    answer = sheet(book, *place, wanted.selection, wanted[p.NEAR])
    found = answer.territory
    about = caption(book, answer.selection, f"Catalyseurs, {found.label}", answer.composition)
    name = f"catalyseurs-{found.kind}-{found.code}"
    return MapImage(about, shown_rows(answer), sheet_bounds(answer), name, place)


def _map(wanted: Query, book: Directory) -> MapImage:
    kept, kind = wanted.selection, wanted[p.OUTLINES]
    title = f"Catalyseurs territoriaux{f', par {plural(kind)}' if kind else ''}"
    about = caption(book, kept, title)
    under = _shaded(wanted, book) if kind else None
    return MapImage(about, book.select(kept), HEXAGONE, "carte", shaded=under)


def _shaded(wanted: Query, book: Directory) -> Shaded:
    kind, code = wanted[p.OUTLINES], wanted[p.SHADE]
    shade = shades.shade(code)
    if code and shade == shades.NOTHING:
        raise AtlasError(f"Indicateur inconnu : « {code[:40]} ».")
    if not code:
        return Shaded(kind)
    figures = shades.figures_of(code, kind)
    if figures:
        values = dict(figures.by_code)
    else:
        column = coverage(book, kind, wanted.selection).frame[shade.column]
        values = {str(one): float(v) if pd.notna(v) else None for one, v in column.items()}
    scale = scale_for(values, shade.unit, decimals=shade.decimals)
    return Shaded(kind, shades.title_of(code, figures), values, scale)


def _alliances(wanted: Query, _: Directory) -> MapImage:
    book = _book(wanted)
    asked = asked_alliances(wanted, book)
    joined = members_of(asked.rows, book["actor"])
    title = f"Alliances{f', {asked.place}' if asked.place else ''}"
    about = _told(title, asked.choice.in_words(book["actor"]["actor_name"]), joined, asked.rows)
    return MapImage(about, joined, network_bounds(joined), "alliances", alliances=asked.rows)


def _ecosystem(wanted: Query, _: Directory) -> MapImage:
    if not wanted[p.ECOSYSTEM]:
        raise AtlasError("Dites de quel écosystème : ecosysteme=son identifiant.")
    asked, odd = PastQuestion.of(wanted), wanted[p.ODD]
    then = ecosystem_then(Sight(open_store(), _book(wanted)), wanted[p.ECOSYSTEM], asked)
    found = then.found
    actors, rows = choose_linked(found.linked, found.alliances, found.projects, odd=odd)
    filters = f"ODD : {odd}. {label('odd', odd)}" if odd else "sans filtre"
    filters = " ; ".join(part for part in (filters, question_words(asked)) if part)
    about = _told(f"Écosystème {found.record['ecosystem_name']}", filters, actors, rows)
    about = replace(about, fictive=about.fictive or found.fictive)
    if found.area.is_empty:
        return MapImage(about, actors, network_bounds(actors), "ecosysteme", alliances=rows)
    bounds, shape = area_bounds(found.area), found.area
    return MapImage(about, actors, bounds, "ecosysteme", alliances=rows, shape=shape)


def _book(wanted: Query) -> Book:
    every = readable_book(open_store(), fictitious=True)
    return world(every, wanted[p.ECOSYSTEM], wanted[p.ACTOR])


def _told(title: str, filters: str, actors: pd.DataFrame, alliances: pd.DataFrame) -> Caption:
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
