"""From what a page shows to the file that holds the same rows, and says by which filters."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from geo.analysis import programmes
from geo.analysis.asked_alliances import asked_alliances
from geo.analysis.bridging.asked import asked_bridging
from geo.analysis.coverage import OWN_FIGURES, coverage
from geo.analysis.ecosystem import Ecosystem, ecosystem
from geo.analysis.indicators import Figures, figures
from geo.analysis.nearest import Search, nearest
from geo.analysis.network import members_of
from geo.analysis.origin import parse_origin
from geo.analysis.past.asked import ecosystem_past
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.then import Sight, book_then
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
from geo.output import datasets as tables
from geo.output import past as past_words
from geo.output.bridging import ON_WHAT
from geo.output.caption import Caption, caption
from geo.output.coverage import coverage_export
from geo.output.datasets import Column, Dataset
from geo.output.datasets.table import shapes_of
from geo.output.exports import beside, farness
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


def export_of(subject: str, given: RawValues, *, drafts: bool = False) -> Export:
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
    wanted = EXPORTS[subject].ask(given)
    if subject == "catalysts":
        return _catalysts(wanted)
    if subject == "territories":
        return _territories(wanted)
    if subject in farness.SUBJECTS:
        return farness.export(subject, wanted)
    if subject in beside.NATURES:
        return beside.export(subject, wanted)
    every = readable_book(open_store(), drafts=drafts, fictitious=True)
    book: Book = world(every, wanted[p.ECOSYSTEM], wanted[p.ACTOR])
    if subject != "ecosystem":  # which compares two dates itself
        book = book_then(Sight(open_store(), book, drafts), PastQuestion.of(wanted)).book
    return _FROM_STORE[subject](wanted, book, drafts)


def state() -> str:
    """Name what every export is drawn from: it changes with the data, and only then."""
    path = settings().catalysts
    stamp = path.stat().st_mtime_ns if path and path.is_file() else 0
    return f"{open_store().snapshot()}-{stamp}"


# --- catalysts and territories --------------------------------------------------------------


def _catalysts(wanted: Query) -> Export:
    book, kept = directory(), wanted.selection
    if wanted[p.PLACE]:
        return _nearest(wanted, book, kept)
    if place := wanted[p.TERRITORY]:
        return _around(wanted, sheet(book, *place, kept, wanted[p.NEAR]))
    about = caption(book, kept, "Catalyseurs territoriaux")
    found = (tables.catalysts(book.select(kept)), *beside.layers(programmes.selected(kept)))
    return Export(found, about, "catalyseurs", wanted[p.UNPLACED])


def _nearest(wanted: Query, book: Directory, kept: Selection) -> Export:
    asked = Search.of(wanted)
    answer = nearest(book, parse_origin(wanted[p.PLACE]), kept, asked)
    about = caption(book, kept, f"Catalyseurs les plus proches : {answer.origin.label}")
    places = programmes.nearest_places(answer.origin, kept, asked)
    found = (tables.catalysts(answer.all_rows), *beside.layers(places))
    return Export(found, about, "catalyseurs-proches", wanted[p.UNPLACED])


def _around(wanted: Query, answer: Sheet) -> Export:
    found = answer.territory
    title = f"Catalyseurs, {found.label}"
    about = caption(answer.directory, answer.selection, title, _rules(answer))
    own = programmes.inside(programmes.selected(answer.selection), found.kind, found.code)
    layers = (
        tables.catalysts(answer.all_rows),
        tables.one_territory(found.kind, found.code),
        *beside.layers(own),
    )
    return Export(layers, about, f"catalyseurs-{found.kind}-{found.code}", wanted[p.UNPLACED])


def _rules(answer: Sheet) -> str:
    return f"{answer.composition} : voir la colonne « Lien avec le territoire » (relation)"


def _territories(wanted: Query) -> Export:
    book, kept = directory(), wanted.selection
    if place := wanted[p.TERRITORY]:
        found = tables.one_territory(*place)
        about = _plain(f"Périmètre, {found.frame['territory_name'].iloc[0]}", book)
        return Export((found,), about, str(found.id and found.frame.index[0]).replace(":", "-"))
    kind = wanted[p.OUTLINES]
    if not kind:
        raise AtlasError(
            "Dites quels territoires : contours=crte pour tous ceux d’un type, "
            "territoire=crte:crte-84-63-1 pour un seul."
        )
    if wanted[p.DETAIL]:
        about = _plain(f"Territoires : {plural(kind)}", book)
        return Export((tables.territories(kind),), about, f"territoires-{kind}")
    about = caption(book, kept, f"Territoires : {plural(kind)}")
    places = programmes.counts(programmes.selected(kept), kind) if kept.also else None
    return coverage_export(coverage(book, kind, kept), about, _shading(wanted, kind), places)


def _shading(wanted: Query, kind: str) -> Figures | None:
    """Read the indicator that shades the page; its figures on catalysts are there already."""
    code = wanted[p.SHADE]
    return figures(code, kind) if code and code not in OWN_FIGURES else None


def _plain(title: str, book: Directory) -> Caption:
    return Caption(title, "sans filtre", False, book.name, subject="territories")  # noqa: FBT003


# --- what the store alone holds -------------------------------------------------------------


def _actors(wanted: Query, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    rows, place = book["actor"], ""
    if wanted[p.ECOSYSTEM]:
        found = ecosystem(wanted[p.ECOSYSTEM], book, drafts=drafts)
        rows, place = found.linked, found.record["ecosystem_name"]
    kept = wanted.selection
    if kept.profiles:
        rows = where(rows, rows["profile"].isin(kept.profiles))
    rows = find_actors(rows, kept.text)
    order = rows["actor_name"].str.casefold().sort_values(kind="stable").index
    layers = (tables.actors(rows.loc[order]),)
    return _told(wanted, layers, kept.in_words(), place, "acteurs")


def _alliances(
    wanted: Query,
    book: Book,
    drafts: bool,  # noqa: FBT001
    *,
    pairs_only: bool = False,
) -> Export:
    asked = asked_alliances(wanted, book, drafts=drafts)
    found = asked.rows
    members = book["actor"]
    alliances = () if pairs_only else (tables.alliances(found, members),)
    layers = (*alliances, tables.links(found, members), tables.actors(members_of(found, members)))
    name = "liens" if pairs_only else "alliances"
    filters = asked.choice.in_words(members["actor_name"])
    return _told(wanted, layers, filters, asked.place, name)


def _network(wanted: Query, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    asked, found = asked_bridging(wanted, book, drafts=drafts)
    names = found.actors["actor_name"]
    layers = (tables.network(found), tables.links(asked.rows, found.actors))
    told = _told(wanted, layers, asked.choice.in_words(names), asked.place, "reseau")
    return replace(told, caption=replace(told.caption, about=ON_WHAT))


def _projects(wanted: Query, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    rows, place = visible_rows(book["project"], drafts=drafts), ""
    if wanted[p.ECOSYSTEM]:
        found = ecosystem(wanted[p.ECOSYSTEM], book, drafts=drafts)
        rows, place = found.projects, found.record["ecosystem_name"]
    odd = wanted[p.ODD]
    if odd:
        rows = where(rows, (odd in codes for codes in rows["odd"]))
    filters = f"ODD : {odd}. {label('odd', odd)}" if odd else "sans filtre"
    return _told(wanted, (tables.projects(rows, book["actor"]),), filters, place, "projets")


def _ecosystem(wanted: Query, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    if not wanted[p.ECOSYSTEM]:
        raise AtlasError("Dites de quel écosystème : ecosysteme=son identifiant.")
    sight = Sight(open_store(), book, drafts)
    past = ecosystem_past(sight, wanted[p.ECOSYSTEM], PastQuestion.of(wanted))
    found = past.then.found
    layers = (
        tables.actors(found.linked),
        tables.alliances(found.alliances, found.everyone),
        tables.links(found.alliances, found.everyone),
        tables.projects(found.projects, found.everyone),
        _perimeter(found),
        *((tables.changes(past.changes),) if past.changes else ()),
    )
    name = found.record["ecosystem_name"]
    told = _told(wanted, layers, "sans filtre", name, "ecosysteme")
    fictive = told.caption.fictive or found.fictive
    limits = " ".join(past_words.limits(past.then))
    about = replace(told.caption, title=f"Écosystème {name}", fictive=fictive, about=limits)
    return replace(told, caption=about, whole=True)


def _perimeter(found: Ecosystem) -> Dataset:
    record = found.record
    row = {name: record[name] for name in ("ecosystem_id", "ecosystem_name")}
    frame = pd.DataFrame([row | {"place": found.place}])
    frame = frame.set_index("ecosystem_id", drop=False)
    shape = shapes_of([None if found.area.is_empty else found.area])
    return Dataset("perimeter", "Périmètre", _PERIMETER, frame, shape, "MultiPolygon")


def _told(
    wanted: Query, layers: tuple[Dataset, ...], filters: str, place: str, name: str
) -> Export:
    main = layers[0]
    moment = past_words.question_words(PastQuestion.of(wanted))
    about = Caption(
        title=f"{main.title}, {place}" if place else main.title,
        filters=" ; ".join(part for part in (filters, moment) if part),
        fictive=any(one.fictive for one in layers),
        catalysts_from=open_store().origin,
        subject=main.subject,
    )
    return Export(layers, about, name, wanted[p.UNPLACED])


def _resources(wanted: Query, _: Book, drafts: bool) -> Export:  # noqa: FBT001
    asked = ResourceChoice.of(wanted)
    found = tables.resources(asked.keep(catalogue(open_store(), drafts=drafts)))
    return _told(wanted, (found,), asked.in_words(), "", "ressources")


_FROM_STORE: Final[dict[str, Callable[[Query, Book, bool], Export]]] = {
    "actors": _actors,
    "alliances": _alliances,
    "links": partial(_alliances, pairs_only=True),
    "network": _network,
    "projects": _projects,
    "ecosystem": _ecosystem,
    "resources": _resources,
}
