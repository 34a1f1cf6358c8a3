"""One block of downloads a page: the format, the file, and the address that always gives it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.directory.directory import Directory
from geo.french import NBSP
from geo.output.embedding import own_origin
from geo.output.exports import FORMATS, GRAPHS, LAYERED, NETWORK, TABLES, export_url
from geo.query.parameter import in_address, in_lists
from geo.query.parameters import PLACE, TERRITORY, UNPLACED
from geo.settings import settings
from pages.components.file_button import file_button

_FOR_MAPS: Final = ("geojson", "kml")
_WHAT: Final = {
    "catalysts": "ces catalyseurs",
    "actors": "ces acteurs",
    "alliances": "ces alliances",
    "projects": "ces projets",
    "territories": "ces territoires",
    "ecosystem": "tout l’écosystème",
    "resources": "ces ressources",
    "places": "ces lieux ressources",
    "programmes": "ces territoires accompagnés",
    "reach": "ces distances",
    "siting": "ces lieux proposés",
    "network": "ce réseau",
}
_FORMS: Final = {"ecosystem": LAYERED, "resources": TABLES, NETWORK: (*GRAPHS, *TABLES)}
"""Formats of what does not fit in all of them."""
Query = Mapping[str, str | list[str]]
Choice = tuple[str, str]
"""A subject and a format."""


@dataclass(frozen=True)
class Offer:
    """What a page lets one take away: the view's own parameters, and how its files are named.

    ``drafts``: the visitor sees more than what is published; ``unplaced``: rows without a place.
    """

    subject: str
    query: Query
    name: str
    fictive: bool = False
    unplaced: int = 0
    drafts: bool = False

    @property
    def choices(self) -> list[Choice]:
        """List what is offered; alliances also as links, one row a pair of members."""
        usual = tuple(form for form in FORMATS if form not in GRAPHS)
        forms = _FORMS.get(self.subject, usual)
        more = [("links", "csv"), ("links", "geojson")] if self.subject == "alliances" else []
        return [*((self.subject, form) for form in forms), *more]

    def file(self, choice: Choice) -> str:
        """Name the file; one that holds made-up data says so first."""
        subject, form = choice
        name = "liens" if subject == "links" else self.name
        return f"{'fictif-' if self.fictive else ''}{name}.{form}"


def catalyst_downloads(book: Directory, rows: pd.DataFrame, *, name: str, query: Query) -> None:
    """Offer the catalysts of a view."""
    unplaced = int(rows["longitude"].isna().sum())
    downloads(Offer("catalysts", query, name, book.fictive, unplaced))
    if not {TERRITORY.name, PLACE.name} & query.keys():
        st.page_link(
            "territoire.py",
            label="Seulement ceux d’un territoire",
            icon=":material/filter_center_focus:",
        )


def downloads(offer: Offer) -> None:
    """Draw the choice of a format, the button, and the address; nothing is built before."""
    key = f"export_{offer.subject}_{offer.name}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choice = st.selectbox(
            f"Télécharger {_WHAT[offer.subject]}",
            offer.choices,
            format_func=_choice_label,
            key=key,
            width=400,
        )
        query = dict(offer.query) | _unplaced(offer, choice, key)
        file_button(
            "Télécharger",
            content_of(offer, choice, query),
            offer.file(choice),
            FORMATS[choice[1]].media_type,
            key=f"{key}_fichier",
        )
    _address(offer, choice, query, key)


def _choice_label(choice: Choice) -> str:
    subject, form = choice
    links = f"Liens, une ligne par paire{NBSP}: " if subject == "links" else ""
    return f"{links}{FORMATS[form].label} — {FORMATS[form].help}"


def _unplaced(offer: Offer, choice: Choice, key: str) -> dict[str, str | list[str]]:
    if not offer.unplaced or choice[1] not in _FOR_MAPS:
        return {}
    many = offer.unplaced > 1
    checkbox_label = f"Écrire aussi {f'les {offer.unplaced}' if many else 'celui'} sans point"
    return in_address({UNPLACED: st.checkbox(checkbox_label, key=f"{key}_tous")})


def content_of(offer: Offer, choice: Choice, query: Query) -> Callable[[], bytes]:
    """Return what writes the file that the address of an export gives."""
    lists = in_lists(query)

    def content() -> bytes:
        from geo.output.exports.build import export_of  # noqa: PLC0415 - not before it is asked for

        return FORMATS[choice[1]].content(export_of(choice[0], lists, drafts=offer.drafts))

    return content


def _address(offer: Offer, choice: Choice, query: dict[str, Any], key: str) -> None:
    label = f"Lien de téléchargement automatique{NBSP}: {_WHAT[offer.subject]}"
    with st.expander(
        label, icon=":material/link:", key=f"{key}_adresse", on_change="rerun"
    ) as shown:
        if not shown.open:  # a field to copy from weighs a quarter of a first page
            return
        origin = own_origin(settings().url, st.context.url or "")
        st.code(origin + export_url(*choice, query), language=None, wrap_lines=True)
        published = " Il ne donne que les fiches publiées." if offer.drafts else ""
        st.caption(
            f"Il donne toujours ces filtres sur les données du jour{NBSP}: pour un "
            f"téléchargement automatique, QGIS ou un autre site.{published}"
        )
