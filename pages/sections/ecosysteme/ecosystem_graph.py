"""An ecosystem without a perimeter: a graph in the place of a map, and its alliances in a table."""

import pandas as pd
import streamlit as st

from geo.analysis import network
from geo.analysis.ecosystem import Ecosystem
from geo.french import count, typeset
from geo.output.graph import graph_options
from geo.output.network import alliance_rows
from pages.components.sortable import name_column, sortable
from pages.components.store_view import StoreView
from pages.sections.alliances.graph import show_partners, who_is_who

_HEIGHT = 600  # as geo/output/graph.py places its names


def show_graph(found: Ecosystem, actors: pd.DataFrame, alliances: pd.DataFrame) -> None:
    """Draw who works with whom; the table below lists the same."""
    counts = f"{count(len(actors), 'acteur')}, {count(len(alliances), 'alliance')}"
    st.caption(typeset(f"En graphe : {counts}."))
    options = graph_options(actors, network.edges(alliances))
    st.echarts_chart(
        options,
        height=_HEIGHT,
        key=f"graphe_{found.record['ecosystem_id']}",
        alt=typeset(f"{found.record['ecosystem_name']}, en graphe : {counts}, listés plus bas."),
    )
    who_is_who(options)
    with st.container(key="partenaires"):  # below the legend: web/styles/frame.css
        show_partners(actors, alliances)


def alliances_table(store_view: StoreView, alliances: pd.DataFrame) -> None:
    """List the alliances, each with its period and its source; each name opens its record."""
    st.subheader("Ses alliances, et leurs sources", anchor=False)
    table = alliance_rows(alliances, store_view.names)
    text = st.column_config.TextColumn
    sortable(
        table[["alliance", "type", "membres", "periode", "source"]],
        {
            "alliance": name_column("Alliance", table["alliance"]),
            "type": text("Type"),
            "membres": text("Membres (rôle)", width="large"),
            "periode": text("Période"),
            "source": text("Source"),
        },
        "Alliances de l’écosystème",
    )
