"""Composing the frame that another site copies: what it shows, its size, its code, its preview."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import streamlit as st

from geo.output.embedding import (
    EMBEDDED,
    HEIGHT,
    HEIGHTS,
    OWN,
    WIDTH,
    WIDTHS,
    frame_ancestors,
    iframe,
    own_origin,
    page_url,
)
from geo.output.maps import territory_bounds
from geo.query.parameters import CENTRE, FRAMED
from geo.query.selection import Selection
from geo.reference.territory import territory
from geo.settings import settings
from pages.components import map_state
from pages.components.filters import filter_drawer
from pages.components.store_view import StoreView
from pages.components.text import plain
from pages.sections.territoire import territory_view

SUBJECTS: Final = {
    "territoire": "Un territoire",
    "carte": "Toute la France",
    "ecosysteme": "Un écosystème",
}
TO_CHOOSE: Final = {
    "territoire": "Choisissez un territoire ci-dessus\u00a0: son aperçu et son code viennent ici.",
    "ecosysteme": "Choisissez un écosystème ci-dessus\u00a0: son aperçu et son code viennent ici.",
}
"""What is missing before there is anything to show, by what the frame shows."""
_OPEN: Final = "*"
_WIDTHS: Final = {"100%": "Toute la place (100 %)", "px": "Un nombre de pixels"}


@dataclass(frozen=True)
class EmbedFrame:
    """What the frame shows: a page of ``EMBEDDED``, its parameters, what it is called."""

    page: str
    query: dict[str, str | list[str]] = field(default_factory=dict)
    name: str = ""


def choose_subject() -> str:
    """Draw the choice of what the frame shows; kept in the link."""
    st.session_state.setdefault(FRAMED.name, FRAMED.default)
    return str(
        st.radio(
            FRAMED.label,
            list(SUBJECTS),
            format_func=lambda one: SUBJECTS[one],
            key=FRAMED.name,
            horizontal=True,
        )
    )


def filters(page: str) -> Selection:
    """Draw the filters of catalysts, where the frame shows catalysts."""
    return Selection() if page == "ecosysteme" else filter_drawer()[0]


def named(store_view: StoreView, own: dict[str, str]) -> str:
    """Name what the frame is locked to."""
    if one := own.get("ecosysteme"):
        return str(store_view.seen["ecosystem"].loc[one, "ecosystem_name"])
    place = own.get("territoire")
    return territory(*territory_view.known(place)).label if place else ""


def start_view() -> dict[str, str | list[str]]:
    """Take where the map starts from a link of the app; what is wrong with it is said."""
    pasted = st.text_input(
        "Vue de départ (facultatif)\u00a0: lien copié de l’application",
        key="depart",
        placeholder="https://…/carte?centre=45.77,3.08&zoom=9",
        help="Sur la page Carte ou Territoire, déplacez la carte, puis copiez l’adresse de la "
        "page : le centre, le zoom, le fond et la fiche ouverte en sont repris.",
        max_chars=2000,
    )
    found, faults = map_state.start(pasted or "")
    for fault in faults:
        st.warning(plain(fault), icon=":material/link_off:")
    if pasted and not faults and not found:
        st.info("Ce lien ne dit pas où regarder : déplacez d’abord la carte, puis copiez-le.")
    return {} if faults else dict(found)


def warn_of_elsewhere(start: Mapping[str, str | list[str]], place: str) -> None:
    """Say when the map would open outside the territory that the frame shows."""
    centre = CENTRE.read([str(start[CENTRE.name])]) if CENTRE.name in start else None
    if not place or centre is None:
        return
    lat, lon = centre
    west, south, east, north = territory_bounds(*territory_view.known(place))
    if not (west <= lon <= east and south <= lat <= north):
        named = territory(*territory_view.known(place)).label
        st.warning(
            plain(
                f"La vue de départ regarde hors du territoire choisi ({named}) : sa carte "
                "s’ouvrira ailleurs."
            ),
            icon=":material/wrong_location:",
        )


def size() -> tuple[str, int]:
    """Draw the choice of a width and a height."""
    left, middle, right = st.columns(3)
    whole = left.selectbox(
        "Largeur", ("100%", "px"), key="largeur", format_func=lambda one: _WIDTHS[one]
    )
    pixels = middle.number_input(
        "Largeur, en pixels", *WIDTHS, WIDTH, step=10, key="pixels", disabled=whole == "100%"
    )
    height = right.number_input("Hauteur, en pixels", *HEIGHTS, HEIGHT, step=10, key="hauteur")
    return ("100%" if whole == "100%" else str(int(pixels))), int(height)


def frame_title(frame: EmbedFrame) -> str:
    """Draw the title that screen readers say of the frame; it is never empty."""
    usual = "\u00a0: ".join(part for part in (EMBEDDED[frame.page], frame.name) if part)
    typed = st.text_input(
        "Titre du cadre, lu par les lecteurs d’écran",
        key="titre",
        placeholder=usual,
        max_chars=150,
    )
    return (typed or "").strip() or usual


def show(frame: EmbedFrame, title: str, width: str, height: int) -> None:
    """Return the code to copy, the direct link, and the frame itself."""
    origin = own_origin(settings().url, st.context.url or "")
    address = page_url(origin, frame.page, frame.query, embed=True)
    st.header("Le code à copier", anchor=False)
    st.code(iframe(address, title, width, height), language=None, wrap_lines=True)
    st.caption("Le lien direct, à ouvrir ou à donner, mène à la même vue dans l’application\u00a0:")
    st.code(page_url(origin, frame.page, frame.query), language=None, wrap_lines=True)
    st.caption("Un site qui lit oEmbed en tire lui-même le cadre\u00a0: collez-y ce lien direct.")
    _who_may()
    st.header("L’aperçu", anchor=False)
    here = page_url(own_origin("", st.context.url or ""), frame.page, frame.query, embed=True)
    wide: Literal["stretch"] | int = "stretch" if width == "100%" else int(width)
    st.iframe(here, width=wide, height=height, alt=title)


def _who_may() -> None:
    """Say which sites may show the frame, when not all may."""
    setting = settings().frame_ancestors
    sources = frame_ancestors(setting).split()
    if sources == [OWN]:
        st.warning("Ce serveur ne laisse aucun autre site intégrer ses cartes.")
    elif _OPEN not in sources:
        st.info(plain(f"Sites qui peuvent intégrer ce cadre : {', '.join(sources[1:])}."))
