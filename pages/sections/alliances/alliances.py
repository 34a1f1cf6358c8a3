"""Alliances on screen: one selection seen as a map, a graph, a matrix or a table."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from geo.analysis import network
from geo.analysis.bridging import Bridging
from geo.analysis.contracts import Contracts
from geo.analysis.network import Choice
from geo.dates import span
from geo.directory.ecosystems import part_of, remove_actor, visible_rows
from geo.directory.store.lookup import has, named
from geo.directory.store.worlds import is_fictitious
from geo.french import count
from geo.output.maps.actors import (
    actor_layer,
    located_only,
)
from geo.output.maps.arcs import alliance_arcs
from geo.output.network import alliance_rows, profile_table
from geo.query.parameters import (
    ACTOR,
    ALLIANCE,
    COLOURS,
    CONTRACTS,
    CURRENT,
    LAYOUT,
    ODD,
    TYPE,
    YEAR,
)
from geo.vocabulary import label
from pages.components import contracts
from pages.components.downloads import Offer, Query, downloads
from pages.components.filters import drawer
from pages.components.image_downloads import image_download
from pages.components.map import show_map
from pages.components.map_frame import legend_in_map
from pages.components.shipped import warn_of_trial
from pages.components.sortable import name_column, sortable
from pages.components.store_view import StoreView, actor_records, choose_one
from pages.components.submit import submit
from pages.components.text import plain
from pages.sections.alliances import of_ecosystem
from pages.sections.alliances.bridges import network_files
from pages.sections.alliances.graph import show_graph, show_partners

VIEWS = {"carte": "Carte", "graphe": "Graphe", "matrice": "Matrice", "tableau": "Tableau"}
TIMES = {"": "Toutes les alliances", "en_cours": "En cours aujourd’hui"}


def chosen_alliances(store_view: StoreView) -> pd.DataFrame:
    """Return the alliances of the ecosystem chosen, of all of them without one.

    The network of a fictitious actor is fictitious, though no ecosystem is chosen.
    """
    chosen, actor = (str(st.session_state.get(name, "")) for name in ("ecosysteme", "acteur"))
    if chosen:
        return store_view.ecosystem(chosen).alliances
    return visible_rows(store_view.world(actor)["alliance"], drafts=store_view.drafts)


def filters(store_view: StoreView, alliances: pd.DataFrame) -> tuple[Choice, Contracts | None]:
    """Draw in a drawer the filters that every view shares, and the contracts to show beside.

    Return the choice that they make, and these contracts.
    """
    named = (one.name for one in (TYPE, ODD, ACTOR, CURRENT, YEAR, CONTRACTS))
    on = sum(bool(st.session_state.get(name)) for name in named)
    with drawer("Filtres", on):
        kind = choose_one(TYPE.label, TYPE.name, network.KINDS, "Tous")
        odd = choose_one(ODD.label, ODD.name, "odd", "Tous")
        actor = _own(store_view, alliances)
        st.session_state.setdefault("periode", "")
        when = st.selectbox(
            CURRENT.label, list(TIMES), format_func=TIMES.__getitem__, key="periode",
            persist_state="session", placeholder="Choisissez")  # fmt: skip
        year = _year(alliances)
        beside = _contracts_beside(store_view)
    return Choice(kind, odd, "", actor, when == "en_cours", year), beside


def _year(alliances: pd.DataFrame) -> int | None:
    """Draw the choice of a year among those that dates name; that of a link stays."""
    dates = [*alliances["since"], *alliances["until"]]
    known = {str(one[0].year) for one in map(span, dates) if one}
    requested_year = str(st.session_state.setdefault(YEAR.name, ""))
    chosen = st.selectbox(
        YEAR.label,
        ["", *sorted(known | ({requested_year} - {""}), reverse=True)],
        format_func=lambda one: one or "Toutes les années",
        key=YEAR.name,
        persist_state="session",
        placeholder="Choisissez",
        help="Celles qui étaient en vigueur cette année-là\u00a0; une alliance sans date reste.",
    )
    return int(chosen) if chosen else None


def _own(store_view: StoreView, alliances: pd.DataFrame) -> str:
    members = network.members_of(alliances, store_view.seen["actor"])["actor_name"]
    order = [str(one) for one in members.str.casefold().sort_values(kind="stable").index]
    actor_id = st.session_state.setdefault("acteur", "")
    if actor_id and not has(store_view.names, actor_id):  # deleted meanwhile
        st.session_state["acteur"] = ""
    elif actor_id and actor_id not in order:
        order.insert(0, actor_id)
    names = named(store_view.names, order)
    chosen = st.selectbox(
        ACTOR.label,
        ["", *order],
        format_func=lambda one: names.get(one, one) if one else "Tous les acteurs",
        key="acteur",
        persist_state="session",
        placeholder="Choisissez",
    )
    return str(chosen or "")


def today() -> Any:
    """Return the date of today, UTC."""
    return datetime.now(UTC).date()


def choose_view() -> str:
    """Draw the choice of a view; it is kept in the link."""
    st.session_state.setdefault(LAYOUT.name, LAYOUT.default)
    chosen = st.segmented_control(
        LAYOUT.label,
        list(VIEWS),
        format_func=VIEWS.__getitem__,
        key=LAYOUT.name,
        persist_state="session",
        required=True,
    )
    return str(chosen or LAYOUT.default)


def _contracts_beside(store_view: StoreView) -> Contracts | None:
    """Offer the contracts between local authorities, those of the ecosystem chosen if any."""
    chosen = str(st.session_state.get("ecosysteme", ""))
    if is_fictitious(chosen):
        return None
    communes = store_view.ecosystem(chosen).communes if chosen else ()
    return contracts.choose_contracts(communes)


def show(
    view: str, store_view: StoreView, found: Bridging, choice: Choice, beside: Contracts | None
) -> str:
    """Show the alliances in one view, the contracts beside on the map and in a table of their own.

    No filter of alliances applies to contracts: they have neither type, nor ODD, nor dates.
    Return what a map cannot show, in words.
    """
    rows = found.alliances
    actors = network.members_of(rows, store_view.seen["actor"])
    if view == "carte":
        return show_on_map(store_view, rows, actors, beside)
    if view == "graphe":
        show_graph(actors, rows, found, choice.actor, store_view.names)
    elif view == "matrice":
        show_matrix(rows, actors)
    else:
        show_table(store_view, rows)
    return ""


def show_below(
    view: str, store_view: StoreView, found: pd.DataFrame, beside: Contracts | None
) -> None:
    """List what the view draws and no phone shows in full: who works with whom, the contracts."""
    contracts.contract_table(beside)
    if view == "graphe" and len(found):
        show_partners(network.members_of(found, store_view.seen["actor"]), found)


def show_on_map(
    store_view: StoreView, found: pd.DataFrame, actors: pd.DataFrame, beside: Contracts | None
) -> str:
    """Join the members of each alliance on the map; return who cannot be, in words."""
    arcs = alliance_arcs(found, store_view.seen["actor"])
    placed = located_only(actors)
    legend_in_map(arcs.legend(found, actors) + contracts.contract_legend_of(beside))
    more = contracts.contract_layers(beside)
    every = network.members_of(store_view.seen["alliance"], store_view.seen["actor"])
    show_map(
        [*more, arcs.layer, actor_layer(actors, actor_records(store_view, every))],
        key="alliances",
        title=f"Carte : {count(len(found), 'alliance')}, {count(len(placed), 'acteur')}",
        bounds=of_ecosystem.bounds(store_view, actors),
    )
    return arcs.sentence()


def show_matrix(found: pd.DataFrame, actors: pd.DataFrame) -> None:
    """Count alliances by pair of profiles, and say the rule."""
    st.html(profile_table(found, actors))
    st.caption(
        "Chaque alliance compte une fois par paire de profils de ses membres, quel que soit leur "
        "nombre ; sur la diagonale, une fois quand deux membres au moins ont ce profil. La somme "
        "des cases peut donc dépasser le nombre d’alliances. Profils présents dans la sélection."
    )


def show_table(store_view: StoreView, found: pd.DataFrame) -> None:
    """List alliances in a table to sort and search; each name opens its own record."""
    table = alliance_rows(found, store_view.names)
    text = st.column_config.TextColumn
    usual = (table["statut"] == label("record_status", "publiee")).all()
    alike = ["statut"] if usual else []
    if found["fictive"].all():  # said above, of them all
        alike += ["source", "fictive"]
    sortable(
        table.drop(columns=alike),
        {
            "alliance": name_column("Alliance", table["alliance"]),
            "type": text("Type"),
            "membres": text("Membres (rôle)", width="large"),
            "nombre": st.column_config.NumberColumn("Nombre de membres"),
            "periode": text("Période"),
            "odd": text("ODD"),
            "pratiques": text("Pratiques"),
            "statut": text("Statut"),
            "source": text("Source"),
            "fictive": text("Fictive"),
        },
        "Alliances",
    )


def take_away(store_view: StoreView, bridging: Bridging, query: Query) -> None:
    """Offer the alliances of the selection, their links, their network, and the map."""
    found = bridging.alliances
    screen = {one.name for one in (LAYOUT, ALLIANCE, CONTRACTS, COLOURS)}
    parameters = {name: value for name, value in query.items() if name not in screen}
    members = network.members_of(found, store_view.seen["actor"])
    fictive = bool(found["fictive"].any() or members["fictive"].any())
    downloads(Offer("alliances", parameters, "alliances", fictive, drafts=store_view.drafts))
    network_files(store_view, bridging, parameters)
    image_download("alliances", parameters)


def own_network(store_view: StoreView, alliances: pd.DataFrame, actor_id: str) -> None:
    """Say who an actor's partners are, and theirs; and that they are made up, if so."""
    if not st.session_state.get("ecosysteme"):
        warn_of_trial(actor_id)
    own = network.own_network(alliances, actor_id)
    name = plain(str(store_view.names.get(actor_id, actor_id)))
    near = plain(network.names_in(own.partners, store_view.names)) or "aucun"
    far = plain(network.names_in(own.beyond, store_view.names)) or "aucun"
    st.markdown(
        f"**{name}**  \nPartenaires directs ({len(own.partners)}) : {near}.  \n"
        f"Partenaires de ses partenaires ({len(own.beyond)}) : {far}."
    )


def actor_removal(store_view: StoreView, actor_id: str) -> None:
    """Offer to delete an actor, saying first what it is part of."""
    name = str(store_view.names.get(actor_id, actor_id))
    ties = part_of(actor_id, store_view.book)
    with st.expander("Supprimer cet acteur…", icon=":material/delete:"):
        if ties:
            listing = "".join(f"\n- {plain(line)}" for line in ties.lines())
            st.warning(f"{plain(name)} fait partie de :\n{listing}")
        else:
            st.markdown("Aucune alliance, aucun projet ni écosystème ne le nomme.")
        st.caption("Les commentaires entre membres s’en vont avec la fiche.")
        # Of another key once the record has changed: one presses what one has read, or nothing.
        revision = named(store_view.book["actor"]["revision"], [actor_id]).get(actor_id)
        if st.button(
            f"Supprimer {plain(name)}",
            key=f"supprimer_{actor_id}_{revision}",
            icon=":material/delete:",
        ) and submit(remove_actor(actor_id, store_view.book), f"Suppression de l’acteur {name}"):
            st.rerun()
