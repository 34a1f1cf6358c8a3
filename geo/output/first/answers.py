"""The answer of a page, from the same queries as the live one: lists, figures, a drawing.

It is imported once the data are there, and until then pages are painted without it. What answers
each page is imported when it is first asked: the first one waits for no other.
"""

from dataclasses import replace
from importlib import import_module
from types import ModuleType
from typing import Final, cast
from urllib.parse import urlencode

from markupsafe import Markup

from geo.analysis.origin import typed_point
from geo.directory.directory import directory
from geo.directory.geocoding.visitor import communes_of
from geo.errors import AtlasError
from geo.french import typeset
from geo.output.caption import FICTIVE_NOTICE
from geo.output.first.document import NOTHING, SEARCHED, PageAnswer
from geo.query.parameters import PLACE
from geo.query.query import Query
from geo.reference import gazetteer, place_remarks
from geo.reference.gazetteer import FoundPlace

_FOUND: Final = 6
_CLOSE: Final = 3
_ANSWERS: Final = {
    "": ("place_answers", "nearest_answer"),
    "carte": ("map_answers", "map_answer"),
    "territoire": ("map_answers", "territory_answer"),
    "couverture": ("list_answers", "coverage_answer"),
    "catalyseurs": ("list_answers", "catalysts_answer"),
    "ressources": ("list_answers", "resources_answer"),
    "ecosysteme": ("network_answers", "ecosystem_answer"),
    "alliances": ("network_answers", "alliances_answer"),
    "acteurs": ("network_answers", "actors_answer"),
    "projets": ("network_answers", "projects_answer"),
    "methode": ("told_answers", "method_answer"),
    "reperes": ("told_answers", "landmarks_answer"),
}
"""What answers a page: a module of this folder, and its function."""


def answer(page: str, query: Query, origin: str) -> PageAnswer:
    """Return what a page answers; nothing where its address names what is not there.

    ``origin``: the public address of the app, for what machines read; "" without one.
    """
    module, name = _ANSWERS.get(page, ("", ""))
    try:
        book = directory()
        make = getattr(_imported(module), name) if module else None
        found = cast("PageAnswer", make(query, book, origin)) if make else NOTHING
    except AtlasError as fault:
        return PageAnswer(body=Markup("<p>{}</p>").format(str(fault)))
    if not (make and book.fictive):
        return found
    notice = Markup('<p><span class="marque-fictif">{}</span></p>').format(typeset(FICTIVE_NOTICE))
    return replace(found, body=notice + found.body)


def import_all() -> None:
    """Import what answers every page, so that nobody waits for it."""
    for module, _ in _ANSWERS.values():
        _imported(module)


def _imported(module: str) -> ModuleType:
    return import_module(f"geo.output.first.{module}")


def found_places(page: str, typed: str) -> list[tuple[str, str]]:
    """Find the places that a text may mean, best first: each as the page's address names it."""
    if point := typed_point(typed):
        where = point.to_url() if SEARCHED[page] == PLACE.name else str(point.territory or "")
        return [(where, point.label)] if where else []
    return [(str(one.place), one.label) for one in _search(typed)[0]]


def with_places(found: PageAnswer, page: str, typed: str) -> PageAnswer:
    """Add the places that a search found and its remarks, or what was perhaps meant."""
    if typed_point(typed):
        return found
    places, remarks = _search(typed)
    remarks_html = Markup().join(map(Markup('<p class="muet">{}</p>').format, remarks))
    found = replace(found, body=remarks_html + found.body)
    if places or remarks_html:
        return replace(found, places=_links(page, places))
    close = _links(page, gazetteer.suggest(typed, _CLOSE))
    nothing = f"Aucun lieu ne répond à « {typed[:80]} »."
    hint = " Vouliez-vous dire :" if close else ""
    body = Markup("<p>{}</p>{}").format(typeset(nothing + hint), found.body)
    return replace(found, body=body, places=close)


def _search(typed: str) -> tuple[list[FoundPlace], list[str]]:
    """Find what a text may mean, else the commune of the address that it is, and the remarks."""
    places, remarks = place_remarks.search(typed, _FOUND)
    return places or communes_of(typed, _FOUND), remarks


def _links(page: str, places: list[FoundPlace]) -> list[tuple[str, str]]:
    name = SEARCHED[page]
    return [(f"/{page}?{urlencode({name: str(one.place)})}", one.label) for one in places]


READY: Final = True
"""Last of all: a module half imported answers nothing."""
