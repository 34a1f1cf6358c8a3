"""From what a page shows to the file that holds the same rows, and says by which filters."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from geo.analysis import programmes
from geo.analysis.asked_alliances import asked_alliances
from geo.analysis.bridging.query import bridging_of_query
from geo.analysis.coverage import OWN_FIGURES, coverage
from geo.analysis.ecosystem import Ecosystem, ecosystem
from geo.analysis.indicators import Figures, figures
from geo.analysis.nearest import Search, nearest
from geo.analysis.network import members_of
from geo.analysis.origin import parse_origin
from geo.analysis.past.ecosystem import ecosystem_past
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader, book_at
from geo.analysis.resources import ResourceChoice
from geo.analysis.territory import Sheet, sheet
from geo.directory.directory import Directory, directory
from geo.directory.ecosystems import Book, visible_rows
from geo.directory.ecosystems.rows import where
from geo.directory.finding import find_actors
from geo.directory.reading import readable_book
from geo.directory.resources import catalogue
from geo.directory.store.open import open_store
from geo.directory.store.worlds import world
from geo.errors import AtlasError
from geo.output import past as past_words
from geo.output.bridging import ON_WHAT
from geo.output.caption import Caption, caption
from geo.output.coverage import coverage_export
from geo.output.datasets import areas
from geo.output.datasets import records as tables
from geo.output.datasets.changes import changes as changes_table
from geo.output.datasets.network import network as network_table
from geo.output.datasets.table import Column, Dataset, shapes_of
from geo.output.exports import beside, proximity
from geo.output.exports.model import Export
from geo.query import parameters as p
from geo.query.doors import EXPORTS
from geo.query.query import Query, RawValues
from geo.query.selection import Selection
from geo.settings import settings
from geo.vocabulary import label, plural

_PERIMETER: Final = (
    Column("ecosystem_id", "Identifiant"),
    Column("ecosystem_name", "Nom"),
    Column("place", "Lieu"),
)


def export_of(subject: str, raw_values: RawValues, *, drafts: bool = False) -> Export:
    """Return the export of a view: the rows that its page shows for the same parameters.

    Parameters
    ----------
    drafts
        Also what is not published, for a page of somebody whose changes are received; never for
        an address.

    Raises
    ------
    AtlasError
        A filter that is unknown, unreadable or names what does not exist.
    """
    query = EXPORTS[subject].ask(raw_values)
    if subject == "catalysts":
        return _catalysts(query)
    if subject == "territories":
        return _territories(query)
    if subject in proximity.SUBJECTS:
        return proximity.export(subject, query)
    if subject in beside.NATURES:
        return beside.export(subject, query)
    every = readable_book(open_store(), drafts=drafts, fictitious=True)
    book: Book = world(every, query[p.ECOSYSTEM], query[p.ACTOR])
    if subject != "ecosystem":  # which compares two dates itself
        book = book_at(Reader(open_store(), book, drafts), PastQuestion.of(query)).book
    return _FROM_STORE[subject](query, book, drafts)


def state() -> str:
    """Name what every export is drawn from: it changes with the data, and only then."""
    path = settings().catalysts
    stamp = path.stat().st_mtime_ns if path and path.is_file() else 0
    return f"{open_store().snapshot()}-{stamp}"


# --- catalysts and territories --------------------------------------------------------------


def _catalysts(query: Query) -> Export:
    book, selection = directory(), query.selection
    if query[p.PLACE]:
        return _nearest(query, book, selection)
    if place := query[p.TERRITORY]:
        return _around(query, sheet(book, *place, selection, query[p.NEAR]))
    about = caption(book, selection, "Catalyseurs territoriaux")
    found = (
        tables.catalysts(book.select(selection)),
        *beside.layers(programmes.selected(selection)),
    )
    return Export(found, about, "catalyseurs", query[p.UNPLACED])


def _nearest(query: Query, book: Directory, selection: Selection) -> Export:
    search = Search.of(query)
    answer = nearest(book, parse_origin(query[p.PLACE]), selection, search)
    about = caption(book, selection, f"Catalyseurs les plus proches : {answer.origin.label}")
    places = programmes.nearest_places(answer.origin, selection, search)
    found = (tables.catalysts(answer.all_rows), *beside.layers(places))
    return Export(found, about, "catalyseurs-proches", query[p.UNPLACED])


def _around(query: Query, answer: Sheet) -> Export:
    found = answer.territory
    title = f"Catalyseurs, {found.label}"
    about = caption(answer.directory, answer.selection, title, _rules(answer))
    inside = programmes.inside(programmes.selected(answer.selection), found.kind, found.code)
    layers = (
        tables.catalysts(answer.all_rows),
        areas.one_territory(found.kind, found.code),
        *beside.layers(inside),
    )
    return Export(layers, about, f"catalyseurs-{found.kind}-{found.code}", query[p.UNPLACED])


def _rules(answer: Sheet) -> str:
    return f"{answer.composition} : voir la colonne « Lien avec le territoire » (relation)"


def _territories(query: Query) -> Export:
    book, selection = directory(), query.selection
    if place := query[p.TERRITORY]:
        found = areas.one_territory(*place)
        about = _plain(f"Périmètre, {found.frame['territory_name'].iloc[0]}", book)
        return Export((found,), about, str(found.id and found.frame.index[0]).replace(":", "-"))
    kind = query[p.OUTLINES]
    if not kind:
        raise AtlasError(
            "Dites quels territoires : contours=crte pour tous ceux d’un type, "
            "territoire=crte:crte-84-63-1 pour un seul."
        )
    if query[p.DETAIL]:
        about = _plain(f"Territoires : {plural(kind)}", book)
        return Export((areas.territories(kind),), about, f"territoires-{kind}")
    about = caption(book, selection, f"Territoires : {plural(kind)}")
    places = programmes.counts(programmes.selected(selection), kind) if selection.also else None
    return coverage_export(coverage(book, kind, selection), about, _shading(query, kind), places)


def _shading(query: Query, kind: str) -> Figures | None:
    """Read the indicator that shades the page; its figures on catalysts are there already."""
    code = query[p.SHADE]
    return figures(code, kind) if code and code not in OWN_FIGURES else None


def _plain(title: str, book: Directory) -> Caption:
    return Caption(title, "sans filtre", False, book.name, subject="territories")  # noqa: FBT003


# --- what the store alone holds -------------------------------------------------------------


def _actors(query: Query, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    rows, place = book["actor"], ""
    if query[p.ECOSYSTEM]:
        found = ecosystem(query[p.ECOSYSTEM], book, drafts=drafts)
        rows, place = found.linked, found.record["ecosystem_name"]
    selection = query.selection
    if selection.profiles:
        rows = where(rows, rows["profile"].isin(selection.profiles))
    rows = find_actors(rows, selection.text)
    order = rows["actor_name"].str.casefold().sort_values(kind="stable").index
    layers = (tables.actors(rows.loc[order]),)
    return _with_caption(query, layers, selection.in_words(), place, "acteurs")


def _alliances(
    query: Query,
    book: Book,
    drafts: bool,  # noqa: FBT001
    *,
    pairs_only: bool = False,
) -> Export:
    selected = asked_alliances(query, book, drafts=drafts)
    found = selected.rows
    members = book["actor"]
    alliances = () if pairs_only else (tables.alliances(found, members),)
    layers = (*alliances, tables.links(found, members), tables.actors(members_of(found, members)))
    name = "liens" if pairs_only else "alliances"
    filters = selected.choice.in_words(members["actor_name"])
    return _with_caption(query, layers, filters, selected.place, name)


def _network(query: Query, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    selected, found = bridging_of_query(query, book, drafts=drafts)
    names = found.actors["actor_name"]
    layers = (network_table(found), tables.links(selected.rows, found.actors))
    export = _with_caption(query, layers, selected.choice.in_words(names), selected.place, "reseau")
    return replace(export, caption=replace(export.caption, about=ON_WHAT))


def _projects(query: Query, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    rows, place = visible_rows(book["project"], drafts=drafts), ""
    if query[p.ECOSYSTEM]:
        found = ecosystem(query[p.ECOSYSTEM], book, drafts=drafts)
        rows, place = found.projects, found.record["ecosystem_name"]
    odd = query[p.ODD]
    if odd:
        rows = where(rows, (odd in codes for codes in rows["odd"]))
    filters = f"ODD : {odd}. {label('odd', odd)}" if odd else "sans filtre"
    return _with_caption(query, (tables.projects(rows, book["actor"]),), filters, place, "projets")


def _ecosystem(query: Query, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    if not query[p.ECOSYSTEM]:
        raise AtlasError("Dites de quel écosystème : ecosysteme=son identifiant.")
    reader = Reader(open_store(), book, drafts)
    past = ecosystem_past(reader, query[p.ECOSYSTEM], PastQuestion.of(query))
    found = past.state.ecosystem
    layers = (
        tables.actors(found.linked),
        tables.alliances(found.alliances, found.everyone),
        tables.links(found.alliances, found.everyone),
        tables.projects(found.projects, found.everyone),
        _perimeter(found),
        *((changes_table(past.changes),) if past.changes else ()),
    )
    name = found.record["ecosystem_name"]
    export = _with_caption(query, layers, "sans filtre", name, "ecosysteme")
    fictive = export.caption.fictive or found.fictive
    limits = " ".join(past_words.limits(past.state))
    about = replace(export.caption, title=f"Écosystème {name}", fictive=fictive, about=limits)
    return replace(export, caption=about, whole=True)


def _perimeter(found: Ecosystem) -> Dataset:
    record = found.record
    row = {name: record[name] for name in ("ecosystem_id", "ecosystem_name")}
    frame = pd.DataFrame([row | {"place": found.place}])
    frame = frame.set_index("ecosystem_id", drop=False)
    shape = shapes_of([None if found.area.is_empty else found.area])
    return Dataset("perimeter", "Périmètre", _PERIMETER, frame, shape, "MultiPolygon")


def _with_caption(
    query: Query, layers: tuple[Dataset, ...], filters: str, place: str, name: str
) -> Export:
    main = layers[0]
    moment = past_words.question_words(PastQuestion.of(query))
    about = Caption(
        title=f"{main.title}, {place}" if place else main.title,
        filters=" ; ".join(part for part in (filters, moment) if part),
        fictive=any(layer.fictive for layer in layers),
        catalysts_from=open_store().origin,
        subject=main.subject,
    )
    return Export(layers, about, name, query[p.UNPLACED])


def _resources(query: Query, _: Book, drafts: bool) -> Export:  # noqa: FBT001
    choice = ResourceChoice.of(query)
    found = tables.resources(choice.keep(catalogue(open_store(), drafts=drafts)))
    return _with_caption(query, (found,), choice.in_words(), "", "ressources")


_FROM_STORE: Final[dict[str, Callable[[Query, Book, bool], Export]]] = {
    "actors": _actors,
    "alliances": _alliances,
    "links": partial(_alliances, pairs_only=True),
    "network": _network,
    "projects": _projects,
    "ecosystem": _ecosystem,
    "resources": _resources,
}
