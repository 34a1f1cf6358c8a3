"""The search for the nearest: its settings, its answer in words, its map."""

from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from geo.analysis.nearest import Nearest, Search
from geo.analysis.origin import point_origin
from geo.directory.directory import Directory
from geo.errors import AtlasError
from geo.french import NBSP, typeset
from geo.output import maps
from geo.output.cards import catalyst_list
from geo.query.parameter import Parameter, in_address
from geo.query.parameters import BOUNDARY, COUNT, ORDER, PLACE, RADIUS
from geo.query.selection import Selection
from pages.components.addresses import geocoder_in_force
from pages.components.ask_link import ask_link, only
from pages.components.beside import legend_beside
from pages.components.downloads import catalyst_downloads
from pages.components.filters import say_selection
from pages.components.image_downloads import image_download
from pages.components.map import Click
from pages.components.map_frame import invitation, legend_in_map
from pages.components.paging import one_page
from pages.components.text import plain

EXAMPLES = "Vincennes, 94220, CRTE Dombes…"
RADII = ("", *RADIUS.kind.offers)
MEASURES = {"centre": "son point central", "limite": "sa limite (0 à l’intérieur)"}
ORDERS = {
    "fiches": "Du plus proche au plus lointain, les fiches renseignées d’abord à moins de 2 km",
    "distance": "Distance seule",
}
_A_PAGE = 100


DESCRIBED_FIRST = (
    "Ordre : du plus proche au plus lointain ; entre deux catalyseurs dont les distances diffèrent "
    "de moins de 2 km, la fiche la mieux renseignée passe devant. « Distance seule » se choisit "
    "dans les réglages."
)


def title() -> None:
    """Name the page."""
    st.title("Trouver un catalyseur territorial", anchor=False)


def field_label() -> str:
    """Say what the search understands; addresses only where somebody answers for them."""
    more = "adresse, " if geocoder_in_force() else ""
    return f"Votre commune, {more}code postal ou territoire"


def asked_search(chosen: str | None) -> Search:
    """Return the search that the settings hold, drawn yet or not."""
    # Said, not left to each widget: the browser must hear when a link brings a default back.
    for name, value in (
        (COUNT.name, f"{COUNT.default:g}"),
        (RADIUS.name, ""),
        (BOUNDARY.name, "centre"),
        (ORDER.name, "fiches"),
    ):
        st.session_state.setdefault(name, value)
    now, far = st.session_state, st.session_state[RADIUS.name]
    return Search(
        int(now[COUNT.name]),
        float(far) if far else None,
        boundary=_has_boundary(chosen) and now[BOUNDARY.name] == "limite",
        by_distance=now[ORDER.name] == "distance",
    )


def _has_boundary(chosen: str | None) -> bool:
    return bool(chosen and ":" in chosen and not chosen.startswith("commune:"))


def search_options(fold: ExpanderContainer, chosen: str | None) -> None:
    """Draw in an open drawer how many, how far, and from where a territory is measured."""
    if not fold.open:
        return
    cells = fold.columns(3)
    cells[0].selectbox(
        COUNT.label,
        COUNT.kind.offers,
        key=COUNT.name,
        persist_state="session",
    )
    cells[1].selectbox(
        RADIUS.label,
        RADII,
        format_func=lambda value: f"{value}{NBSP}km" if value else "Sans limite",
        key=RADIUS.name,
        persist_state="session",
    )
    if _has_boundary(chosen):
        cells[2].selectbox(
            BOUNDARY.label,
            list(MEASURES),
            format_func=lambda value: MEASURES[value],
            key=BOUNDARY.name,
            persist_state="session",
        )
    fold.selectbox(
        ORDER.label,
        list(ORDERS),
        format_func=lambda value: ORDERS[value],
        key=ORDER.name,
        persist_state="session",
    )


def in_url(options: Search) -> dict[str, str | list[str]]:
    """Return the parameters of the link that differ from the usual search."""
    values: dict[Parameter[Any], Any] = {COUNT: options.count, RADIUS: options.radius_km}
    return in_address({**values, BOUNDARY: options.boundary, ORDER: options.by_distance})


def lead() -> None:
    """Say in one sentence what is looked for."""
    st.markdown(
        "Un tiers de confiance qui relie collectivités, associations, entreprises, fondations et "
        "chercheurs pour agir ensemble sur un territoire."
    )


def invite(selection: Selection) -> None:
    """Say how to start, and where the list equal to the map is."""
    invitation(
        "Écrivez le nom de votre commune ci-dessus, ou touchez la carte à l’endroit voulu : "
        "les catalyseurs les plus proches s’affichent ici, du plus proche au plus lointain.",
        ":material/near_me:",
    )
    st.page_link(
        "catalyseurs.py",
        label="Les catalyseurs de cette carte, en liste",
        query_params=selection.to_url(),
        icon=":material/list:",
    )


def _say(answer: Nearest, selection: Selection) -> None:
    """Say where from, among whom, and what the reader must know; offer to widen."""
    st.header(plain(f"{answer.origin.label} : les plus proches"), anchor=False)
    say_selection(selection, answer.selected_count, key="trouver", lead="Cherchés parmi ")
    for note in answer.notices():
        st.info(typeset(note), icon=":material/info:")
    if answer.search.radius_km and len(answer.ranked) < answer.search.count:
        st.button("Chercher plus loin, sans limite de distance", on_click=_widen, type="primary")


def best(answer: Nearest, selection: Selection) -> pd.DataFrame:
    """Show the best answer first; return those on this side of the oceans, it included."""
    _say(answer, selection)
    near = answer.ranked[~answer.overseas]
    if len(near):
        st.html(catalyst_list(near.head(1), answer.origin.to_url()))
    return near


def others(answer: Nearest, near: pd.DataFrame, selection: Selection) -> None:
    """List those after the best, then those without a place, those across an ocean folded."""
    here = answer.origin.to_url()
    near = near.iloc[1:]
    how = "de la limite du territoire" if answer.search.boundary else "de ce lieu"
    far = answer.overseas
    if len(near):
        st.html(catalyst_list(near, here))
    if len(answer.covering):
        st.markdown("**Sans lieu précis, mais ils interviennent sur ce lieu**")
        st.html(catalyst_list(one_page(answer.covering, "couvrent", _A_PAGE), here))
    if far.any():
        with st.expander(
            f"De l’autre côté d’un océan ({int(far.sum())})", icon=":material/sailing:"
        ):
            st.html(catalyst_list(answer.ranked[far], here))
            st.caption("Ils comptent dans les résultats, sur la carte et dans les fichiers.")
    st.caption(f"Distances géodésiques, à vol d’oiseau, {how}. {answer.unranked()}")
    if not answer.search.by_distance:
        st.caption(typeset(DESCRIBED_FIRST))
    ask_link(place=here, practice=only(selection.practices))


def files(book: Directory, rows: pd.DataFrame, query: dict[str, str | list[str]]) -> None:
    """Offer what is on screen: its catalysts as a file, its map as an image."""
    name = "catalyseurs-proches" if query.get(PLACE.name) else "catalyseurs"
    parameters = {one: value for one, value in query.items() if value}
    catalyst_downloads(book, rows, name=name, query=parameters)
    image_download("trouver", parameters)


def _widen() -> None:
    st.session_state[RADIUS.name] = ""


def take_click(click: Click) -> None:
    """Start again from a click on the map, or from the visitor's own position."""
    try:
        st.session_state["lieu"] = point_origin(click.longitude, click.latitude).to_url()
    except AtlasError as fault:
        st.session_state["notices"] = [str(fault)]
    st.session_state["lieu_texte"] = ""


def legend(rows: pd.DataFrame, answer: Nearest | None, places: pd.DataFrame) -> None:
    """Explain the marks that the map shows."""
    marks = maps.catalyst_legend(answer.ranked if answer is not None else rows)
    legend_in_map(marks + legend_beside(places))
