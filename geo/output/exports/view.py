"""From what a page shows to the file that holds the same rows, and says by which filters."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pandas as pd

from geo.analysis.coverage import OWN_FIGURES, coverage
from geo.analysis.ecosystem import Ecosystem, ecosystem
from geo.analysis.indicators import Figures, figures
from geo.analysis.nearest import nearest
from geo.analysis.network import Choice, choose, members_of
from geo.analysis.origin import parse_origin
from geo.analysis.territory import Sheet, sheet
from geo.directory.directory import Directory, directory
from geo.directory.ecosystems import Book, shown
from geo.directory.ecosystems.rows import where
from geo.directory.finding import find_actors
from geo.directory.reading import readable_book
from geo.directory.store.opening import open_store
from geo.errors import AtlasError
from geo.output import datasets as tables
from geo.output.caption import Caption, caption
from geo.output.coverage import coverage_export
from geo.output.datasets import Column, Dataset
from geo.output.datasets.table import shapes_of
from geo.output.exports.asking import Asked, Query, asked
from geo.output.exports.export import Export
from geo.output.maps.outlines import DRAWN_KINDS
from geo.query.selection import Selection
from geo.reference.territory import COMMUNE
from geo.settings import settings
from geo.vocabulary import label, plural

_PERIMETER: Final = (
    Column("ecosystem_id", "Identifiant"),
    Column("ecosystem_name", "Nom"),
    Column("place", "Lieu"),
)


def export_of(subject: str, query: Query, *, drafts: bool = False) -> Export:
    """Give the export of a view: the rows that its page shows for the same parameters.

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
    wanted = asked(subject, query)
    if subject == "catalysts":
        return _catalysts(wanted)
    if subject == "territories":
        return _territories(wanted)
    return _FROM_STORE[subject](wanted, readable_book(open_store(), drafts=drafts), drafts)


def state() -> str:
    """Name what every export is drawn from: it changes with the data, and only then."""
    path = settings().catalysts
    stamp = path.stat().st_mtime_ns if path and path.is_file() else 0
    return f"{open_store().snapshot()}-{stamp}"


# --- catalysts and territories --------------------------------------------------------------


def _catalysts(wanted: Asked) -> Export:
    book, kept = directory(), wanted.selection()
    if wanted.one("lieu"):
        return _nearest(wanted, book, kept)
    if wanted.one("territoire"):
        return _around(wanted, book, kept)
    about = caption(book, kept, "Catalyseurs territoriaux")
    found = tables.catalysts(book.select(kept))
    return Export((found,), about, "catalyseurs", wanted.with_unplaced)


def _nearest(wanted: Asked, book: Directory, kept: Selection) -> Export:
    answer = nearest(book, parse_origin(wanted.one("lieu")), kept, wanted.search())
    about = caption(book, kept, f"Catalyseurs les plus proches : {answer.origin.label}")
    found = tables.catalysts(answer.all_rows)
    return Export((found,), about, "catalyseurs-proches", wanted.with_unplaced)


def _around(wanted: Asked, book: Directory, kept: Selection) -> Export:
    kind, code = wanted.place()
    answer = sheet(book, kind, code, kept, wanted.near_km())
    about = caption(book, kept, f"Catalyseurs, {answer.territory.label}", _rules(answer))
    found = answer.territory
    layers = (tables.catalysts(answer.all_rows), tables.one_territory(found.kind, found.code))
    return Export(layers, about, f"catalyseurs-{kind}-{code}", wanted.with_unplaced)


def _rules(answer: Sheet) -> str:
    return f"{answer.composition} : voir la colonne « Lien avec le territoire » (relation)"


def _territories(wanted: Asked) -> Export:
    book, kept = directory(), wanted.selection()
    if wanted.one("territoire"):
        found = tables.one_territory(*wanted.place())
        about = _plain(f"Périmètre, {found.frame['territory_name'].iloc[0]}", book)
        return Export((found,), about, str(found.id and found.frame.index[0]).replace(":", "-"))
    kind = wanted.among("contours", (*DRAWN_KINDS, COMMUNE))
    if not kind:
        raise AtlasError(
            "Dites quels territoires : contours=crte pour tous ceux d’un type, "
            "territoire=crte:crte-84-63-1 pour un seul."
        )
    if wanted.among("detail", ("complet", "simplifie")) == "complet":
        about = _plain(f"Territoires : {plural(kind)}", book)
        return Export((tables.territories(kind),), about, f"territoires-{kind}")
    about = caption(book, kept, f"Territoires : {plural(kind)}")
    return coverage_export(coverage(book, kind, kept), about, _shading(wanted, kind))


def _shading(wanted: Asked, kind: str) -> Figures | None:
    """Read the indicator that shades the page; its figures on catalysts are there already."""
    code = wanted.one("indicateur")
    return figures(code, kind) if code and code not in OWN_FIGURES else None


def _plain(title: str, book: Directory) -> Caption:
    return Caption(title, "sans filtre", False, book.name, subject="territories")  # noqa: FBT003


# --- what the store alone holds -------------------------------------------------------------


def _actors(wanted: Asked, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    rows, place = book["actor"], ""
    if wanted.one("ecosysteme"):
        found = ecosystem(wanted.one("ecosysteme"), book, drafts=drafts)
        rows, place = found.linked, found.record["ecosystem_name"]
    kept = wanted.selection()
    if kept.profiles:
        rows = where(rows, rows["profile"].isin(kept.profiles))
    rows = find_actors(rows, kept.text)
    order = rows["actor_name"].str.casefold().sort_values(kind="stable").index
    layers = (tables.actors(rows.loc[order]),)
    return _told(wanted, layers, kept.in_words(), place, "acteurs")


def _alliances(wanted: Asked, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    every, place = _from(wanted, book, drafts)
    choice = Choice(
        kind=wanted.item("type", "any_partnership"),
        odd=wanted.item("odd", "odd"),
        actor=_known(wanted.one("acteur"), book),
        current=wanted.among("periode", ("en_cours",)) == "en_cours",
    )
    found = choose(every, choice, datetime.now(UTC).date())
    members = book["actor"]
    layers = [tables.links(found, members), tables.actors(members_of(found, members))]
    if wanted.subject == "alliances":
        layers.insert(0, tables.alliances(found, members))
    name = "alliances" if wanted.subject == "alliances" else "liens"
    return _told(wanted, tuple(layers), choice.in_words(members["actor_name"]), place, name)


def _from(wanted: Asked, book: Book, drafts: bool) -> tuple[pd.DataFrame, str]:  # noqa: FBT001
    if not wanted.one("ecosysteme"):
        return shown(book["alliance"], drafts=drafts), ""
    found = ecosystem(wanted.one("ecosysteme"), book, drafts=drafts)
    return found.alliances, found.record["ecosystem_name"]


def _known(actor_id: str, book: Book) -> str:
    if actor_id and actor_id not in book["actor"].index:
        raise AtlasError(f"Acteur inconnu : « {actor_id[:80]} ». Il a pu être retiré ou fusionné.")
    return actor_id


def _projects(wanted: Asked, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    rows, place = shown(book["project"], drafts=drafts), ""
    if wanted.one("ecosysteme"):
        found = ecosystem(wanted.one("ecosysteme"), book, drafts=drafts)
        rows, place = found.projects, found.record["ecosystem_name"]
    odd = wanted.item("odd", "odd")
    if odd:
        rows = where(rows, (odd in codes for codes in rows["odd"]))
    filters = f"ODD : {odd}. {label('odd', odd)}" if odd else "sans filtre"
    return _told(wanted, (tables.projects(rows, book["actor"]),), filters, place, "projets")


def _ecosystem(wanted: Asked, book: Book, drafts: bool) -> Export:  # noqa: FBT001
    if not wanted.one("ecosysteme"):
        raise AtlasError("Dites de quel écosystème : ecosysteme=son identifiant.")
    found = ecosystem(wanted.one("ecosysteme"), book, drafts=drafts)
    layers = (
        tables.actors(found.linked),
        tables.alliances(found.alliances, found.everyone),
        tables.links(found.alliances, found.everyone),
        tables.projects(found.projects, found.everyone),
        _perimeter(found),
    )
    name = found.record["ecosystem_name"]
    told = _told(wanted, layers, "sans filtre", name, "ecosysteme")
    fictive = told.caption.fictive or found.fictive
    about = replace(told.caption, title=f"Écosystème {name}", fictive=fictive)
    return replace(told, caption=about, whole=True)


def _perimeter(found: Ecosystem) -> Dataset:
    record = found.record
    row = {name: record[name] for name in ("ecosystem_id", "ecosystem_name")}
    frame = pd.DataFrame([row | {"place": found.place}])
    frame = frame.set_index("ecosystem_id", drop=False)
    shape = shapes_of([found.area])
    return Dataset("perimeter", "Périmètre", _PERIMETER, frame, shape, "MultiPolygon")


def _told(
    wanted: Asked, layers: tuple[Dataset, ...], filters: str, place: str, name: str
) -> Export:
    main = layers[0]
    about = Caption(
        title=f"{main.title}, {place}" if place else main.title,
        filters=filters,
        fictive=any(one.fictive for one in layers),
        catalysts_from=f"base, état n° {open_store().snapshot()}",
        subject=main.subject,
    )
    return Export(layers, about, name, wanted.with_unplaced)


_FROM_STORE: Final[dict[str, Callable[[Asked, Book, bool], Export]]] = {
    "actors": _actors,
    "alliances": _alliances,
    "links": _alliances,
    "projects": _projects,
    "ecosystem": _ecosystem,
}
