"""Who bridges whom, under the alliances: one sentence a measure, then the tables and the files."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.analysis.bridging import Bridging
from geo.analysis.bridging.query import bridging_of
from geo.analysis.network import Choice
from geo.directory.ecosystems import visible_rows
from geo.output.bridging import LIMITS, Statement, sentences
from geo.output.bridging_tables import role_rows, year_table
from geo.output.exports import NETWORK
from geo.output.html import measures, muted
from geo.query.parameters import ACTOR
from pages.components.downloads import Offer, Query, downloads
from pages.components.sortable import sortable
from pages.components.store_view import StoreView


def bridging_now(store_view: StoreView, found: pd.DataFrame, choice: Choice) -> Bridging:
    """Ask what the alliances shown say as a network, of the ecosystem chosen if any."""
    chosen = str(st.session_state.get("ecosysteme", ""))
    home = store_view.ecosystem(chosen) if chosen else None
    book = store_view.world(str(st.session_state.get(ACTOR.name, "")))
    actors = visible_rows(book["actor"], drafts=store_view.drafts)
    return bridging_of(found, choice, actors, home)


def show_bridges(store_view: StoreView, found: Bridging, choice: Choice) -> None:
    """Say every measure, then give each actor and each year in tables."""
    st.header("Qui relie qui", anchor=False)
    st.caption(f"{LIMITS} Alliances comptées\u00a0: {choice.in_words(store_view.names)}.")
    st.html(
        measures([(one.title, _statement_html(one)) for one in sentences(found, store_view.names)])
    )
    with st.expander("Acteur par acteur, année par année", icon=":material/table_rows:"):
        _roles(found, store_view.names)
        if years := year_table(found):
            st.html(years)


def _statement_html(one: Statement) -> Markup:
    limit = Markup(" {}").format(muted(one.limit)) if one.limit else Markup("")
    return Markup.escape(one.sentence) + limit


def _roles(found: Bridging, names: pd.Series) -> None:
    whole, real = st.column_config.NumberColumn, st.column_config.NumberColumn
    rows = role_rows(found, names)
    sortable(
        rows if found.enough else rows[["acteur", "partenaires", "alliances"]],
        {
            "acteur": st.column_config.TextColumn("Acteur", width="large"),
            "partenaires": whole("Partenaires"),
            "alliances": whole("Alliances"),
            "chemins": real("Chemins qui passent par lui (%)"),
            "coupes": whole("Acteurs coupés sans lui"),
            "groupe": whole("Groupe"),
        },
        "Acteurs qui relient",
    )


def network_files(store_view: StoreView, found: Bridging, query: Query) -> None:
    """Offer the network, for the programs that draw graphs."""
    downloads(Offer(NETWORK, query, "reseau", found.fictive, drafts=store_view.drafts))
