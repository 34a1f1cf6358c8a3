"""The ways in, and what may be asked at each: pages, frames, files, API, terminal."""

from typing import Any, Final

from geo.query import parameters as p
from geo.query.parameter import Parameter
from geo.query.query import Door

Parameters = tuple[Parameter[Any], ...]

_FACETS: Final[Parameters] = (p.PRACTICE, p.PROFILE, p.EVIDENCE)
FILTERS: Final[Parameters] = (*_FACETS, p.TEXT, p.ALSO)
"""Filters on catalysts, and what is shown beside them, from page to page."""
VIEW: Final[Parameters] = (p.CENTRE, p.ZOOM, p.GROUND, p.CARD)
"""Where the map looks, which the browser writes itself: see ``web/scripts/page.js``."""
NAMING: Final[Parameters] = (p.TERRITORY, p.PLACE, p.RECORD, p.ECOSYSTEM)
"""What a page is about: shown with its link where it is pasted."""
PAST: Final[Parameters] = (p.DATE, p.COMPARED_DATE, p.READING)
"""A date, another, and which past."""
CARRIED: Final[Parameters] = (
    *(*FILTERS, p.COUNT, p.RADIUS, p.BOUNDARY, p.ORDER, p.OUTLINES, p.SHADE, p.NEAR),
    *(p.ECOSYSTEM, p.LAYOUT, p.TYPE, p.ODD, p.ACTOR, p.CURRENT, p.YEAR, p.COLOURS),
    *(p.CONTRACTS, p.COMMUNE_SHADE),
    *(p.WITHIN, p.COMPARED, p.GOAL, p.PLACES, p.CANDIDATES, p.WEIGHT),
    *PAST,
)
"""What was chosen on a page and holds on the others."""

_SITING: Final[Parameters] = (*(p.WITHIN, p.GOAL, p.PLACES, p.CANDIDATES, p.WEIGHT, p.TERRITORY),)
_BESIDE: Final[Parameters] = (p.PRACTICE, p.TEXT, p.ALSO)


def _page(*own: Parameter[Any]) -> Door:
    return Door((*FILTERS, *own, *VIEW), offered=True)


PAGES: Final = {
    "trouver": _page(p.PLACE, p.RADIUS, p.COUNT, p.BOUNDARY, p.ORDER),
    "carte": _page(p.OUTLINES, p.SHADE),
    "couverture": _page(p.OUTLINES, p.COMPARED, *_SITING),
    "territoire": _page(p.TERRITORY, p.NEAR, p.CONTRACTS, p.COMMUNE_SHADE, *PAST),
    "catalyseurs": _page(),
    "integrer": _page(p.FRAMED, p.TERRITORY, p.NEAR, p.ECOSYSTEM, p.OUTLINES, p.SHADE),
    "ecosysteme": _page(p.ECOSYSTEM, p.ODD, p.CONTRACTS, *PAST),
    "acteurs": _page(p.ECOSYSTEM),
    "alliances": _page(
        *(p.LAYOUT, p.ECOSYSTEM, p.TYPE, p.ODD, p.ACTOR, p.ALLIANCE, p.CURRENT, p.CONTRACTS),
        *(p.YEAR, p.COLOURS),
    ),
    "projets": _page(p.ECOSYSTEM, p.ODD, p.PROJECT),
    "ressources": _page(p.NATURE, p.STEP, p.ODD, p.MATURITY),
    "etre_mis_en_lien": _page(p.PLACE, p.STEP, p.ODD),
}
"""Pages by name; the frame of a page takes what the page does."""

OPENED: Final = Door((p.RECORD, p.OTHER, p.STATE, p.BEFORE, p.LINK), offered=True)
"""The record or the state that a link opens, on the pages that show one."""
ERASURE: Final = Door((p.ERASE,), offered=True)
"""The request that the link of a confirmation forgets."""
TYPED: Final = Door((p.LOOKED_FOR,), offered=True)
"""What the search of a page without scripts sends, beside what the page takes."""
SHARED: Final = Door(NAMING, offered=True)
"""What a link pasted elsewhere says of itself."""
START: Final = Door(VIEW, offered=True)
"""A link from which only the view is taken."""

_SCREEN: Final[Parameters] = (
    *(p.LAYOUT, p.RECORD, p.ALLIANCE, p.PROJECT, p.SHADE, p.OUTLINES, *VIEW, p.EMBED),
    *(p.CONTRACTS, p.COMMUNE_SHADE, p.COMPARED, p.COLOURS),
)


def _file(*own: Parameter[Any]) -> Door:
    return Door((*own, p.UNPLACED), beside=_SCREEN)


_ALLIANCES: Final[Parameters] = (p.ECOSYSTEM, p.TYPE, p.ODD, p.ACTOR, p.CURRENT, p.YEAR)
_LINKS: Final = _file(*_ALLIANCES, p.DATE, p.READING)
EXPORTS: Final = {
    "catalysts": _file(
        *(*FILTERS, p.TERRITORY, p.NEAR, p.PLACE, p.RADIUS, p.COUNT, p.BOUNDARY, p.ORDER)
    ),
    "actors": _file(p.PROFILE, p.TEXT, p.ECOSYSTEM, p.DATE, p.READING),
    "alliances": _LINKS,
    "links": _LINKS,
    "network": _file(*_ALLIANCES),
    "projects": _file(p.ECOSYSTEM, p.ODD, p.DATE, p.READING),
    "territories": _file(*FILTERS, p.OUTLINES, p.SHADE, p.TERRITORY, p.DETAIL),
    "reach": _file(*FILTERS, p.OUTLINES, p.WITHIN),
    "siting": _file(*FILTERS, *_SITING),
    "ecosystem": _file(p.ECOSYSTEM, *PAST),
    "places": _file(*_BESIDE, p.TERRITORY),
    "programmes": _file(*_BESIDE, p.TERRITORY),
    "badges": _file(p.TEXT, p.TERRITORY),
    "resources": _file(p.PRACTICE, p.PROFILE, p.TEXT, p.NATURE, p.STEP, p.ODD, p.MATURITY),
}
"""What each subject of ``/exports`` may be filtered by."""

IMAGES: Final = {
    "trouver": Door(
        (*FILTERS, p.PLACE, p.RADIUS, p.COUNT, p.BOUNDARY, p.ORDER, p.SIZE), beside=_SCREEN
    ),
    "carte": Door((*FILTERS, p.OUTLINES, p.SHADE, p.SIZE), beside=(*VIEW, p.EMBED)),
    "couverture": Door(
        (*FILTERS, p.OUTLINES, *_SITING, p.SIZE), beside=(p.COMPARED, *VIEW, p.EMBED)
    ),
    "territoire": Door((*FILTERS, p.TERRITORY, p.NEAR, p.SIZE), beside=_SCREEN),
    "alliances": Door((*_ALLIANCES, p.SIZE), beside=_SCREEN),
    "ecosysteme": Door(
        (p.ECOSYSTEM, p.ODD, p.DATE, p.READING, p.SIZE), beside=(*_SCREEN, p.COMPARED_DATE)
    ),
}
"""The pages whose map ``/images`` draws, and what each may be asked."""

SHEET: Final = Door((*FILTERS, p.NEAR, *PAST), beside=_SCREEN)
"""``/fiches``, the territory being in the path."""
ECOSYSTEM_SHEET: Final = Door(PAST, beside=(*_SCREEN, *FILTERS, p.ODD))
"""``/fiches/ecosysteme``, the ecosystem being in the path."""
NEAREST: Final = Door((p.LON, p.LAT, p.COUNT, p.RADIUS, p.ORDER, *_FACETS, p.ALSO), english=True)
"""``/api/nearest``, the place being given by numbers or a code."""
COVERAGE: Final = Door((p.OUTLINES, p.WITHIN, *_FACETS, p.ALSO), english=True)
"""``/api/coverage``."""
ECOSYSTEM_THEN: Final = Door((p.ECOSYSTEM, *PAST), english=True)
"""``/api/ecosystem`` and the command ``ecosystem``."""
BRIDGES: Final = Door(_ALLIANCES, english=True)
"""``/api/network``."""
LOCATE: Final = Door((p.LON, p.LAT), english=True)
COMMUNES: Final = Door((p.LIMIT,), english=True)
TERMINAL: Final = Door((*_FACETS, p.ALSO), english=True)
"""The filters that every command takes."""
