"""Where to help next: the question, the places and what each brings, the map before and after."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from geo.analysis.proximity.proximity import Proximity
from geo.analysis.siting.question import WEIGHTS, SitingQuestion
from geo.analysis.siting.siting import Siting, siting
from geo.directory.directory import Directory
from geo.errors import AtlasError
from geo.french import count, typeset
from geo.output import maps
from geo.output.cards import TERRITORY_PAGE
from geo.output.html import table as html_table
from geo.output.maps.proposed import proposed_bounds, proposed_layer, proposed_legend
from geo.output.maps.territories import LEFT_OUT
from geo.output.proximity import FAR_SCALE
from geo.output.siting import (
    HEADER,
    before_after,
    far_by_territory,
    gap_sentence,
    goal_sentence,
    place_rows,
    trust_sentences,
)
from geo.output.svg_maps.shades import known
from geo.query.parameters import CANDIDATES, GOAL, PLACES, TERRITORY, WEIGHT
from geo.query.selection import Selection
from geo.reference import france
from geo.reference.place import Place
from geo.reference.territory import territory
from geo.vocabulary import one_by_one
from pages.components.map import show_map as draw_map
from pages.components.map_frame import legend_in_map
from pages.components.text import plain

_GOALS = {
    "portee": "Le plus d’habitants à portée",
    "distance": "La moindre distance moyenne",
}
_AMONG = {
    "epci": "Communes les plus peuplées des EPCI",
    "crte": "Communes les plus peuplées des CRTE",
}
_USUAL = {
    GOAL.name: GOAL.default,
    PLACES.name: PLACES.kind.text(PLACES.default),
    CANDIDATES.name: CANDIDATES.default,
    WEIGHT.name: WEIGHT.default,
    TERRITORY.name: "",
}
_BEFORE, _AFTER = "Aujourd’hui", "Avec ces lieux"


def ask(selection: Selection, within_km: float) -> SitingQuestion:
    """Draw the question."""
    for name, usual in _USUAL.items():
        st.session_state.setdefault(name, usual)
    left, right = st.columns(2)
    many = left.selectbox(
        PLACES.label, PLACES.kind.offers, key=PLACES.name, persist_state="session"
    )
    where = right.selectbox(
        "Où", _places(), format_func=_named, key=TERRITORY.name, persist_state="session"
    )
    more = st.expander("Réglages du calcul", icon=":material/tune:")
    goal = more.selectbox(
        GOAL.label,
        list(_GOALS),
        format_func=_GOALS.__getitem__,
        key=GOAL.name,
        persist_state="session",
    )
    among = more.selectbox(
        CANDIDATES.label,
        _candidates(),
        format_func=lambda code: _AMONG.get(code, code),
        key=CANDIDATES.name,
        accept_new_options=True,
        help="Ou tapez des codes INSEE de communes, séparés par des virgules.",
        persist_state="session",
    )
    weight = more.selectbox(
        WEIGHT.label,
        list(WEIGHTS),
        format_func=lambda code: WEIGHTS[code][:1].upper() + WEIGHTS[code][1:],
        key=WEIGHT.name,
        persist_state="session",
    )
    place = Place.parse(where) if where else None
    return SitingQuestion(
        selection.alone, goal, int(many), within_km, among or "epci", weight, place
    )


def _places() -> list[str]:
    names = france.territories().loc["region"]["territory_name"].sort_values()
    regions = [str(Place("region", str(code))) for code in names.index]
    current = str(st.session_state.get(TERRITORY.name) or "")
    return ["", *regions, *([current] if current and current not in regions else [])]


def _candidates() -> list[str]:
    current = str(st.session_state.get(CANDIDATES.name) or "epci")
    return [*_AMONG, *([current] if current not in _AMONG else [])]


def _named(where: str) -> str:
    try:
        return territory(*Place.parse(where)).label if where else "Hexagone et Corse"
    except AtlasError:
        return where


def answer(book: Directory, question: SitingQuestion) -> Siting | None:
    """Answer once it is asked for, by the button or by a link; a fault is said."""
    pressed = st.button(
        "Proposer des lieux",
        type="primary",
        icon=":material/add_location_alt:",
        help="Le calcul prend quelques secondes pour la France entière.",
    )
    if not (pressed or PLACES.name in st.query_params):
        return None
    try:
        with st.spinner("Recherche des lieux…"):
            return siting(book, question)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return None


def in_url(question: SitingQuestion, found: Siting | None) -> dict[str, str]:
    """Return the parameters of the link and of the files; nothing before it is asked for."""
    if found is None:
        return {}
    return {
        PLACES.name: str(question.count),
        GOAL.name: question.goal,
        CANDIDATES.name: question.candidates,
        WEIGHT.name: question.weight,
        TERRITORY.name: str(question.territory) if question.territory else "",
    }


def say(found: Siting) -> None:
    """Say the answer in words: the question, what changes, how sure."""
    st.markdown(f"**{plain(goal_sentence(found))}**")
    st.markdown(plain(before_after(found)))
    st.markdown(plain(gap_sentence(found)))


def show_map(rows: pd.DataFrame, records: str, seen: Proximity, found: Siting | None) -> None:
    """Draw the mean distance by territory, before or after the places, on one scale."""
    values, title = known(seen.frame["mean_km"].to_dict()), _BEFORE
    scale = FAR_SCALE
    layers = [maps.catalyst_layer(rows, records)]
    explained = maps.catalyst_legend(rows, folded=True)
    if found is not None and len(found.places):
        title = st.segmented_control(
            "La carte montre", (_BEFORE, _AFTER), default=_AFTER, required=True, key="carte_quand"
        )
        if title == _AFTER:
            values = known(far_by_territory(found, seen.kind))
            scale = replace(FAR_SCALE, without=LEFT_OUT)
            layers.append(proposed_layer(found))
            explained = proposed_legend(found) + explained
    link = f"{TERRITORY_PAGE}{seen.kind}:"
    shaded = maps.choropleth_layer(seen.kind, values, FAR_SCALE, link=link)
    when = "" if found is None else f", {title.lower()}"
    legend_title = f"Distance moyenne d’un habitant au plus proche{when}"
    legend_in_map(maps.choropleth_legend(legend_title, seen.kind, values, scale) + explained)
    placed = count(int(rows["longitude"].notna().sum()), "catalyseur")
    draw_map(
        [shaded, *layers],
        key="couverture",
        bounds=maps.HEXAGONE if found is None else proposed_bounds(found),
        title=typeset(f"Carte : {legend_title.lower()}, {one_by_one(seen.kind)} ; {placed}"),
    )


def table(found: Siting) -> None:
    """List the places, in the order of what each adds, and what the answer rests upon."""
    if len(found.places):
        st.html(
            html_table(
                "Les lieux proposés, et ce que chacun apporte",
                HEADER,
                place_rows(found),
                folds=True,
            )
        )
    for sentence in trust_sentences(found):
        st.caption(plain(sentence))
