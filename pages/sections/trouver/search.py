"""The search for the nearest: its settings, its answer in words, its map."""

from typing import Any

import pandas as pd
import streamlit as st

from geo.analysis import programmes
from geo.analysis.nearest import Nearest, Search
from geo.analysis.origin import point_origin
from geo.errors import AtlasError
from geo.french import NBSP, typeset
from geo.french import count as counted
from geo.output import maps
from geo.output.cards import catalyst_list
from geo.query.parameter import Parameter, in_address
from geo.query.parameters import BOUNDARY, COUNT, ORDER, RADIUS
from geo.query.selection import Selection
from pages.components.addresses import geocoder_in_force
from pages.components.ask_link import ask_link, only
from pages.components.beside import legend_beside
from pages.components.filters import say_selection
from pages.components.map import Click
from pages.components.text import plain

RADII = ("", *RADIUS.kind.offers)
MEASURES = {"centre": "son point central", "limite": "sa limite (0 à l’intérieur)"}
ORDERS = {
    "fiches": "Du plus proche au plus lointain, les fiches renseignées d’abord à moins de 2 km",
    "distance": "Distance seule",
}
_M = 1000.0
_SEEN_TOGETHER_M = 1_500_000.0  # the hexagone and Corsica, not an ocean


DESCRIBED_FIRST = (
    "Ordre : du plus proche au plus lointain ; entre deux catalyseurs dont les distances diffèrent "
    "de moins de 2 km, la fiche la mieux renseignée passe devant. « Distance seule » se choisit "
    "dans les réglages."
)


def field_label() -> str:
    """Say what the search understands; addresses only where somebody answers for them."""
    more = ", ou une adresse" if geocoder_in_force() else ""
    return f"Votre commune, code postal, territoire ou coordonnées{more}"


def search_options(chosen: str | None) -> Search:
    """Draw how many, how far, and from where a territory is measured."""
    # Said, not left to each widget: the browser must hear when a link brings a default back.
    for name, value in (
        (COUNT.name, f"{COUNT.default:g}"),
        (RADIUS.name, ""),
        (BOUNDARY.name, "centre"),
        (ORDER.name, "fiches"),
    ):
        st.session_state.setdefault(name, value)
    cells = st.columns(3)
    how_many = cells[0].selectbox(
        COUNT.label,
        COUNT.kind.offers,
        key=COUNT.name,
        persist_state="session",
    )
    how_far = cells[1].selectbox(
        RADIUS.label,
        RADII,
        format_func=lambda value: f"{value}{NBSP}km" if value else "Sans limite",
        key=RADIUS.name,
        persist_state="session",
    )
    from_where = "centre"
    if chosen and ":" in chosen and not chosen.startswith("commune:"):
        from_where = cells[2].selectbox(
            BOUNDARY.label,
            list(MEASURES),
            format_func=lambda value: MEASURES[value],
            key=BOUNDARY.name,
            persist_state="session",
        )
    order = st.selectbox(
        ORDER.label,
        list(ORDERS),
        format_func=lambda value: ORDERS[value],
        key=ORDER.name,
        persist_state="session",
    )
    return Search(
        int(how_many),
        float(how_far) if how_far else None,
        boundary=from_where == "limite",
        by_distance=order == "distance",
    )


def in_url(asked: Search) -> dict[str, str | list[str]]:
    """Return the parameters of the link that differ from the usual search."""
    said: dict[Parameter[Any], Any] = {COUNT: asked.count, RADIUS: asked.radius_km}
    return in_address({**said, BOUNDARY: asked.boundary, ORDER: asked.by_distance})


def invite(selection: Selection) -> None:
    """Say how to start, and where the list equal to the map is."""
    st.info(
        "Écrivez le nom de votre commune ci-dessus, ou touchez la carte à l’endroit voulu : "
        "les catalyseurs les plus proches s’affichent ici, du plus proche au plus lointain.",
        icon=":material/near_me:",
    )
    st.page_link(
        "catalyseurs.py",
        label="Les catalyseurs de cette carte, en liste",
        query_params=selection.to_url(),
        icon=":material/list:",
    )


def say(answer: Nearest, selection: Selection) -> None:
    """Say where from, among whom, and what the reader must know; offer to widen."""
    st.header(plain(f"{answer.origin.label} : les plus proches"), anchor=False)
    say_selection(selection, answer.selected_count, key="trouver", lead="Cherchés parmi ")
    for note in answer.notices():
        st.info(typeset(note), icon=":material/info:")
    if answer.search.radius_km and len(answer.ranked) < answer.search.count:
        st.button("Chercher plus loin, sans limite de distance", on_click=_widen, type="primary")


def results(answer: Nearest, selection: Selection) -> None:
    """List the ranked, those across an ocean folded, then those known only by their scope."""
    how = "de la limite du territoire" if answer.search.boundary else "de ce lieu"
    here = answer.origin.to_url()
    ask_link(place=here, practice=only(selection.practices))
    far = answer.overseas
    if len(answer.ranked) and not far.all():
        st.html(catalyst_list(answer.ranked[~far], here))
    if len(answer.covering):
        st.markdown("**Sans lieu précis, mais ils interviennent sur ce lieu**")
        st.html(catalyst_list(answer.covering, here))
    if far.any():
        with st.expander(
            f"De l’autre côté d’un océan ({int(far.sum())})", icon=":material/sailing:"
        ):
            st.html(catalyst_list(answer.ranked[far], here))
            st.caption("Ils comptent dans les résultats, sur la carte et dans les fichiers.")
    st.caption(f"Distances géodésiques, à vol d’oiseau, {how}. {answer.unranked()}")
    if not answer.search.by_distance:
        st.caption(typeset(DESCRIBED_FIRST))


def _widen() -> None:
    st.session_state[RADIUS.name] = ""


def take_click(click: Click) -> None:
    """Start again from a click on the map, or from the visitor's own position."""
    try:
        st.session_state["lieu"] = point_origin(click.longitude, click.latitude).to_url()
    except AtlasError as fault:
        st.session_state["notices"] = [str(fault)]
    st.session_state["lieu_texte"] = ""


def layers(
    rows: pd.DataFrame, answer: Nearest | None, records: str, places: pd.DataFrame
) -> list[dict[str, Any]]:
    """Draw the catalysts shown, ranked, around where the search starts, over what is beside."""
    below = maps.programme_layers(places)
    if answer is None:
        return [*below, maps.catalyst_layer(rows, records)]
    ranked = answer.ranked
    ranks = {str(code): int(rank) for code, rank in zip(ranked.index, ranked["rank"], strict=True)}
    origin = answer.origin
    drawn = [maps.catalyst_layer(ranked, records, ranks=ranks)]
    if origin.territory and origin.kind != "point":
        drawn.insert(0, maps.territory_layer(*origin.territory, origin.label))
    reach = (answer.search.radius_km or 0) * _M
    return [
        *below,
        *drawn,
        maps.place_layer(origin.longitude, origin.latitude, origin.label, reach),
    ]


def bounds(answer: Nearest | None) -> maps.Bounds:
    """Look at the place and the nearest few on its side of the oceans, France without a place."""
    if answer is None:
        return maps.HEXAGONE
    origin, ranked = answer.origin, answer.ranked
    near = ranked[ranked["distance_m"] <= _SEEN_TOGETHER_M].head(5)
    lons = [origin.longitude, *near["longitude"]]
    lats = [origin.latitude, *near["latitude"]]
    return (min(lons) - 0.05, min(lats) - 0.05, max(lons) + 0.05, max(lats) + 0.05)


def beside(selection: Selection, answer: Nearest | None) -> pd.DataFrame:
    """Return what is shown beside the catalysts: the nearest to the place, all without one."""
    if answer is None:
        return programmes.selected(selection)
    return programmes.nearest_places(answer.origin, selection, answer.search)


def legend(rows: pd.DataFrame, answer: Nearest | None, places: pd.DataFrame) -> None:
    """Explain the marks that the map shows."""
    st.html(maps.catalyst_legend(answer.ranked if answer is not None else rows))
    legend_beside(places)


def map_title(rows: pd.DataFrame, answer: Nearest | None) -> str:
    """Say in words what the map shows."""
    if answer is None:
        return f"Carte de France, {counted(int(rows['longitude'].notna().sum()), 'catalyseur')}"
    return (
        f"Carte, {counted(len(answer.ranked), 'catalyseur')} au plus près : {answer.origin.label}"
    )
