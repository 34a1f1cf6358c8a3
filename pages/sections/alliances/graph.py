"""Alliances as a graph: its colours, its legend, the actor that one touches."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from geo.analysis import network
from geo.analysis.bridging import Bridging
from geo.french import count, typeset
from geo.output.bridging import few_sentence, group_labels, no_groups_sentence
from geo.output.graph import GRAPH_UP_TO, graph_options
from geo.output.graph_numbers import numbered_names
from geo.output.graph_symbols import Symbols, group_legend, group_symbols, profile_symbols
from geo.output.maps.actors import actor_legend
from geo.output.maps.arcs import arc_legend
from geo.output.network import partner_list
from geo.query.parameters import COLOURS
from pages.components.map_frame import legend_in_map
from pages.components.text import plain

SAID = {"profil": "Par profil", "groupe": "Par groupe"}
_HEIGHT = 600
_LISTED = 60


def show_graph(
    actors: pd.DataFrame, found: pd.DataFrame, bridging: Bridging, centre: str, names: pd.Series
) -> None:
    """Draw who works with whom as a graph; choosing a node leads to its own network."""
    if len(actors) > GRAPH_UP_TO:
        st.info(
            f"{len(actors)} acteurs : un graphe de plus de {GRAPH_UP_TO} ne se lit plus. "
            "Filtrez, ou choisissez un acteur.",
            icon=":material/hub:",
        )
        return
    if actors.empty:  # nobody: nothing to draw nor to explain
        return
    symbols, legend = _symbols(actors, bridging, names)
    options = graph_options(actors, network.edges(found), centre, symbols)
    event = st.echarts_chart(
        options,
        height=_HEIGHT,
        key="graphe",
        on_select="rerun",
        alt=f"Graphe de {count(len(actors), 'acteur')} et de {count(len(found), 'alliance')} ; "
        "la vue Tableau en donne la liste.",
    )
    who_is_who(options)
    _after_graph(actors, event)
    legend_in_map(legend + arc_legend(found))


def who_is_who(options: Mapping[str, Any]) -> None:
    """Name the actors that a graph has room to number only."""
    if names := numbered_names(options):
        st.html(names)


def show_partners(actors: pd.DataFrame, found: pd.DataFrame) -> None:
    """List who works with whom: the graph as text, where it is small or not seen at all."""
    st.header("Qui travaille avec qui", anchor=False)
    st.html(partner_list(actors, network.edges(found), _LISTED))


def choose_colours() -> str:
    """Draw the choice of what colours say; it is kept in the link."""
    st.session_state.setdefault(COLOURS.name, COLOURS.default)
    chosen = st.segmented_control(
        COLOURS.label,
        list(SAID),
        format_func=SAID.__getitem__,
        key=COLOURS.name,
        persist_state="session",
        required=True,
    )
    return str(chosen or COLOURS.default)


def _symbols(actors: pd.DataFrame, bridging: Bridging, names: pd.Series) -> tuple[Symbols, str]:
    """Return the symbols of the actors and what explains them: HTML."""
    if choose_colours() == COLOURS.default:
        return profile_symbols(actors), actor_legend(actors)
    if not bridging.enough:
        st.caption(f"{few_sentence(bridging)} Les couleurs restent celles des profils.")
        return profile_symbols(actors), actor_legend(actors)
    if not bridging.groups.are_significant:
        st.caption(no_groups_sentence(bridging))
    labels = group_labels(bridging, names)
    of = dict(zip(bridging.graph.ids, bridging.groups.of.tolist(), strict=True))
    rest = {str(one): len(labels) for one in actors.index if one not in of}
    return group_symbols(of | rest, [*labels, *(["Sans groupe"] if rest else [])]), group_legend(
        [*labels, *(["Sans groupe"] if rest else [])]
    )


def _after_graph(actors: pd.DataFrame, event: Any) -> None:
    groups = [g for g in event.selection.selected if g["data_type"] == "node"]
    picked = [i for group in groups for i in group["data_indices"] if 0 <= i < len(actors)]
    if not picked:
        sentence = "Touchez un acteur pour voir son réseau ; la vue Tableau liste les alliances."
        st.caption(typeset(sentence))
        return
    row = actors.iloc[picked[0]]
    st.button(
        f"Voir le réseau de {plain(row['actor_name'])}",
        on_click=_go_to_actor,
        args=(row["actor_id"],),
        icon=":material/hub:",
    )


def _go_to_actor(actor_id: str) -> None:
    st.session_state["acteur"] = actor_id
