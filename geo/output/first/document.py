"""The page as the server paints it: its menu, its words, its map, in the layout of the live one.

Light: it needs no data, so that the first answer never waits for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from geo.output.preview import APP, TITLES
from geo.output.webfiles import asset_url
from geo.query.doors import PAGES
from geo.query.parameter import Parameter, in_address, in_lists
from geo.query.parameters import LOOKED_FOR, PLACE, PRACTICE, TERRITORY, TEXT
from geo.query.query import Door, Query
from geo.templates import render
from geo.vocabulary import items

MENU: Final = {
    "": "Trouver",
    "carte": "Carte",
    "couverture": "Couverture",
    "territoire": "Territoire",
    "catalyseurs": "Catalyseurs",
    "methode": "Méthode",
    "integrer": "Intégrer",
    "ressources": "Ressources",
    "reperes": "Repères",
    "etre_mis_en_lien": "Être mis en lien",
    "ecosysteme": "Écosystème",
    "acteurs": "Acteurs",
    "alliances": "Alliances",
    "projets": "Projets",
}
"""The pages that anybody reads, in the order of the menu."""
_GROUPED: Final = ("ecosysteme", "acteurs", "alliances", "projets")
_GROUP: Final = "Faire alliance"
"""Those that the menu folds under one name, as the live one does."""
FRAMED: Final = frozenset({"", "carte", "territoire", "alliances", "couverture", "ecosysteme"})
"""Those whose answer is a map, or a graph, beside a panel."""
SEARCHED: Final = {"": PLACE.name, "territoire": TERRITORY.name}
"""Those that begin with a place, and the parameter that names it."""
NO_PARAMETERS: Final = Door(())
_LABELS: Final = {
    "": "Votre commune, code postal ou territoire",
    "territoire": TERRITORY.label,
    "catalyseurs": TEXT.label,
}
_FILTERS: Final = {
    "": "Filtres et réglages",
    "carte": "Filtres et territoires",
    "territoire": "Filtres et réglages",
    "catalyseurs": "Filtres",
}
"""What folds the filters of a page, as in the live one."""
_LISTS: Final = frozenset({"catalyseurs"})
"""Those whose field narrows a list, by its words, and finds no place."""
_HEADINGS: Final = {
    "catalyseurs": "Catalyseurs",
    "couverture": "Qui est loin d’un catalyseur, où aider ensuite",
    "acteurs": "Acteurs",
    "ressources": "Des ressources pour faire alliance",
    "etre_mis_en_lien": "Être mis en lien",
}
"""Where the live page has a shorter title than the links that lead to it."""
_LEADS: Final = {
    "": "Un tiers de confiance qui relie collectivités, associations, entreprises, fondations et "
    "chercheurs pour agir ensemble sur un territoire.",
    "couverture": "Combien d’habitants ont un catalyseur à portée, où les prochains aideraient le "
    "plus, et à quel point ces chiffres sont sûrs.",
    "methode": "D’où viennent les données, ce qu’elles valent, comment les réponses se calculent.",
    "ecosysteme": "Un écosystème rassemble, sur un territoire, ses acteurs, leurs alliances "
    "et leurs projets.",
    "acteurs": "Les organisations qui font alliance sur les territoires, catalyseurs ou non.",
    "alliances": "Qui travaille avec qui sur un territoire : en carte, en graphe, en tableau.",
    "projets": "Un projet de territoire avance en trois étapes : interconnaissance, "
    "co-construction, co-gestion.",
    "etre_mis_en_lien": "Un besoin en une phrase part aux catalyseurs qui y répondent le mieux.",
    "reperes": "Les chiffres publics des alliances, avec leur année et leur source.",
}


@dataclass(frozen=True)
class Later:
    """HTML made when a template writes it: where none does, nobody waits for it."""

    make: Callable[[], str]

    def __html__(self) -> str:
        """Make it: templates write what this gives."""
        return self.make()


@dataclass(frozen=True)
class PageAnswer:
    """What fills a page: words and lists, a drawing beside them, and what machines read of it.

    ``title``: in the place of the page's own; ``typed``: what the field of the search holds;
    ``places``: those that the search found, each with its address; ``records``: the address of what
    the live map asks for first; ``live``: what makes the map live over its drawing; ``legend``: of
    the marks of the drawing.
    """

    body: str = ""
    drawing: str | Later = ""
    title: str = ""
    places: Sequence[tuple[str, str]] = ()
    data: str = ""
    typed: str = ""
    records: str = ""
    live: str = ""
    legend: str = ""


NOTHING: Final = PageAnswer()
WAITED: Final = replace(NOTHING)


def paint(
    page: str,
    query: Query,
    typed: str = "",
    answer: PageAnswer = NOTHING,
    *,
    without_scripts: bool = True,
) -> Markup:
    """Write the page before it is live.

    Parameters
    ----------
    query
        What the address asks; the form of the search keeps it.
    typed
        What the field holds.
    answer
        ``NOTHING`` while nobody may have it; ``WAITED`` while the data are on their way: the search
        is there already, and ``web/scripts/first.js`` asks again.
    without_scripts
        Whether its reader may have no scripts: then a map that is live has a drawing under it.
    """
    practices = query[PRACTICE]
    field = TEXT if page in _LISTS else LOOKED_FOR
    return render(
        "first/document.html",
        app=APP,
        logo=asset_url("logo.svg"),
        menu=[_door(path, page) for path in MENU if path not in _GROUPED],
        group=_GROUP,
        grouped=[_door(path, page) for path in _GROUPED],
        page=page,
        title=answer.title or _HEADINGS.get(page, TITLES[page]),
        lead=_LEADS.get(page, ""),
        framed=page in FRAMED,
        label="" if answer.title else _LABELS.get(page, ""),
        filters="" if answer.title else _FILTERS.get(page, ""),
        on=len(practices),
        field=field.name,
        typed=query[TEXT] if field is TEXT else typed,
        kept=kept_by_form(page, query, (PRACTICE, field)),
        practice=PRACTICE.name,
        practices=[(one.id, one.label, one.id in practices) for one in items("practice")],
        answer=answer,
        waits=answer is WAITED,
        drawing=answer.drawing if without_scripts or not answer.live else "",
    )


def _door(path: str, page: str) -> tuple[str, str, bool]:
    return f"/{path}", MENU[path], path == page


def kept_by_form(
    page: str, query: Query, shown: Sequence[Parameter[Any]] = ()
) -> list[tuple[str, str]]:
    """List what a search must not forget, but what its form shows."""
    door = PAGES.get(page or "trouver", NO_PARAMETERS)
    left = [one for one in door.parameters if one in query and one not in shown]
    lists = in_lists(in_address({one: query[one] for one in left}))
    return [(name, one) for name, values in lists.items() for one in values]
