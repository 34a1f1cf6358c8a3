"""One ecosystem on screen: key figures, map, what is missing, its actors."""

from collections import Counter
from typing import Any

import pandas as pd
import streamlit as st

from geo.analysis.contracts import Contracts
from geo.analysis.ecosystem import TIES, Ecosystem
from geo.analysis.network import Choice, choose_linked
from geo.directory.ecosystems import remove_ecosystem
from geo.directory.store.worlds import is_fictitious
from geo.french import count, typeset
from geo.output import ecosystem_figures, maps
from geo.output.html import figures
from geo.output.maps.actors import NETWORK_LINK, actor_layer, actor_legend, located_only
from geo.output.maps.arcs import alliance_arcs, arc_legend
from geo.output.maps.areas import area_bounds, own_area_layer
from geo.output.network import profile_label
from geo.output.records import practice_labels
from geo.query import parameters as p
from geo.query.parameter import in_address
from pages.components import contracts
from pages.components.link import notices
from pages.components.map import show_map
from pages.components.map_frame import invitation, legend_in_map
from pages.components.paging import one_page
from pages.components.place_tabs import place_tabs
from pages.components.shipped import warn_of_trial
from pages.components.sortable import name_column, sortable
from pages.components.store_view import StoreView, actor_records, choose_one
from pages.components.submit import submit
from pages.components.text import plain
from pages.sections.ecosysteme import ecosystem_graph

_A_PAGE = 500
_HUB = ":material/hub:"


def chosen_now(store_view: StoreView) -> str:
    """Return the ecosystem chosen before its choice is drawn; one that is gone is forgotten."""
    if st.session_state.setdefault("ecosysteme", "") not in store_view.seen["ecosystem"].index:
        st.session_state["ecosysteme"] = ""
    return str(st.session_state["ecosysteme"])


def begin(store_view: StoreView, without: str = "Aucun écosystème choisi") -> None:
    """Draw the title, the choice of an ecosystem (``without`` one: what to call that), the tabs."""
    st.title("Un écosystème d’alliances", anchor=False)
    notices()
    warn_of_trial(choose(store_view, everything=typeset(without)))
    place_tabs("ecosysteme")


def choose(store_view: StoreView, *, everything: str = "Tous les écosystèmes") -> str:
    """Draw the choice of an ecosystem; kept in the link and from one page to the next."""
    known = store_view.seen["ecosystem"]
    chosen_now(store_view)
    chosen = st.selectbox(
        p.ECOSYSTEM.label,
        ["", *(str(one) for one in known.index)],
        format_func=lambda one: named(known, one) if one else everything,
        key="ecosysteme",
        persist_state="session",
        placeholder="Choisissez",
    )
    return str(chosen or "")


def named(known: pd.DataFrame, one: str) -> str:
    """Name one ecosystem of a table, and say whether it is the example, or made up."""
    mark = " (exemple)" if known["example"][one] else ""
    mark += " (données fictives)" if is_fictitious(one) else ""
    return f"{known['ecosystem_name'][one]}{mark}"


def in_url(view: str, choice: Choice, alliance: str = "") -> dict[str, str | list[str]]:
    """Return the parameters of the link of the alliances' page."""
    return in_address(
        {
            p.LAYOUT: view,
            p.ECOSYSTEM: st.session_state.get(p.ECOSYSTEM.name, ""),
            p.TYPE: choice.kind,
            p.ODD: choice.odd,
            p.ACTOR: choice.actor,
            p.CURRENT: choice.current,
            p.YEAR: choice.year,
            p.COLOURS: st.session_state.get(p.COLOURS.name, p.COLOURS.default),
            p.ALLIANCE: alliance,
            p.CONTRACTS: st.session_state.get(p.CONTRACTS.name, ""),
        }
    )


def invite(*, shown: bool) -> None:
    """Say what to do where none is chosen, and what is ``shown`` in its place."""
    meanwhile = " En attendant, voici celui du réseau, réel et sourcé." if shown else ""
    invitation(
        typeset(
            "Un écosystème rassemble les acteurs d’un territoire, leurs alliances et leurs "
            f"projets : prenez-en un dans la liste ci-dessus, ou créez le vôtre.{meanwhile}"
        ),
        _HUB,
    )


def head(found: Ecosystem) -> None:
    """Name the ecosystem, say what it is and what its figures rest on."""
    record = found.record
    marks = ""
    if record["example"]:
        marks += '<span class="marque-exemple">Exemple</span> '
    if found.fictive and not is_fictitious(record["ecosystem_id"]):  # said above
        marks += '<span class="marque-fictif">Données fictives</span>'
    st.header(plain(record["ecosystem_name"]), anchor=False)
    if marks:
        st.html(marks)
    st.caption(plain(ecosystem_figures.where_it_lies(found)))


def key_figures(found: Ecosystem) -> None:
    """Show the figures, then the rule of each."""
    st.html(figures(ecosystem_figures.key_figures(found)))
    st.caption(ecosystem_figures.rules(found))


def note(found: Ecosystem) -> None:
    """Say what the ecosystem is, in its own words."""
    if found.record["note"]:
        st.markdown(plain(found.record["note"]))


def map_filters(found: Ecosystem) -> tuple[str, str, Contracts | None]:
    """Draw what narrows the map, a project and an ODD, and what is added to it; give all three."""
    names = found.projects["project_name"]
    key = f"projet_{found.record['ecosystem_id']}"
    project = st.selectbox(
        "Projet à montrer",
        ["", *(str(one) for one in names.index)],
        format_func=lambda one: str(names[one]) if one else "Tous les acteurs",
        key=key,
        placeholder="Choisissez",
    )
    odd = choose_one("ODD à montrer", "odd", "odd", "Tous")
    real = found.communes and not is_fictitious(found.record["ecosystem_id"])
    shown = contracts.choose_contracts(found.communes) if real else None
    return str(project or ""), odd, shown


def show_on_map(
    store_view: StoreView, found: Ecosystem, project: str, odd: str, shown: Contracts | None = None
) -> str:
    """Draw the area, its actors and the arcs of their alliances; without an area, their graph.

    Return what the map shows, in words; "" under a graph, which says it.
    """
    actors, alliances = choose_linked(
        found.linked, found.alliances, found.projects, project=project, odd=odd
    )
    if found.area.is_empty:
        legend_in_map(actor_legend(actors) + arc_legend(alliances))
        ecosystem_graph.show_graph(found, actors, alliances)
        return ""
    arcs = alliance_arcs(alliances, store_view.seen["actor"])
    legend_in_map(arcs.legend(alliances, actors) + contracts.contract_legend_of(shown))
    more = contracts.contract_layers(shown)
    show_map(
        [
            _area(found),
            *more,
            arcs.layer,
            actor_layer(actors, actor_records(store_view, found.linked)),
        ],
        key="ecosysteme",
        title=f"Carte de {found.record['ecosystem_name']} : {count(len(actors), 'acteur')}, "
        f"{count(len(alliances), 'alliance')}",
        bounds=area_bounds(found.area),
    )
    return _shown(actors, arcs.sentence() if len(alliances) else "")


def view_name(found: Ecosystem) -> str:
    """Name what is drawn: a graph where there is no area for a map."""
    return "Graphe" if found.area.is_empty else "Carte"


def alliances_table(
    store_view: StoreView, found: Ecosystem, project: str = "", odd: str = ""
) -> None:
    """List the alliances that a graph shows; those of a map are on the page of alliances."""
    if found.area.is_empty:
        _, alliances = choose_linked(
            found.linked, found.alliances, found.projects, project=project, odd=odd
        )
        ecosystem_graph.alliances_table(store_view, alliances)


def _shown(actors: pd.DataFrame, links: str) -> str:
    """Count what the map holds, and those of it that only an alliance brings there."""
    placed = located_only(actors)
    outside = count(int((placed["tie"] == "").sum()), "partenaire")
    more = "" if outside.startswith("0") else f", dont {outside} hors du périmètre"
    return f"{count(len(placed), 'acteur')} sur la carte{more}. {links}".strip()


def _area(found: Ecosystem) -> dict[str, Any]:
    record = found.record
    if record["territory_code"]:
        return maps.territory_layer(record["territory_kind"], record["territory_code"], found.place)
    return own_area_layer(found.area, found.communes, record["ecosystem_name"])


def actors_table(found: Ecosystem) -> None:
    """List the actors in a table to sort; each name opens its own network. Nothing without any."""
    if found.linked.empty:
        return
    st.subheader("Les mêmes acteurs, en liste", anchor=False)
    allied = Counter(one for ids in found.alliances["member_ids"] for one in ids)
    busy = Counter(one for ids in found.projects["actor_ids"] for one in ids)
    rows = [
        {
            "acteur": f"{NETWORK_LINK}{row['actor_id']}#{row['actor_name']}",
            "profil": profile_label(row["profile"]),
            "pratiques": practice_labels(row["practices"]),
            "ville": row["town"],
            "alliances": allied[row["actor_id"]],
            "projets": busy[row["actor_id"]],
            "pourquoi": TIES.get(row["tie"], "partenaire hors du périmètre"),
            "source": row["source_title"] or row["source_url"],
        }
        for row in one_page(found.linked, "lies", _A_PAGE).to_dict("records")
    ]
    text, whole = st.column_config.TextColumn, st.column_config.NumberColumn
    sortable(
        pd.DataFrame(rows),
        {
            "acteur": name_column("Acteur", (row["acteur"] for row in rows)),
            "profil": text("Profil"),
            "pratiques": text("Pratiques"),
            "ville": text("Ville"),
            "alliances": whole("Alliances"),
            "projets": whole("Projets"),
            "pourquoi": text("Dans l’écosystème parce que"),
            "source": text("Source"),
        },
        "Acteurs de l’écosystème",
    )


def elsewhere(found: Ecosystem) -> None:
    """Lead to the alliances and the projects of this ecosystem."""
    here = {"ecosysteme": found.record["ecosystem_id"]}
    with st.container(horizontal=True):
        for page, name, icon in (
            ("alliances.py", "Ses alliances", ":material/handshake:"),
            ("projets.py", "Ses projets", ":material/view_kanban:"),
        ):
            st.page_link(page, label=name, query_params=here, icon=icon)
        graph_query = here | in_address({p.LAYOUT: "graphe"})
        st.page_link("alliances.py", label="Qui relie qui", query_params=graph_query, icon=_HUB)


def _left(projects: int) -> str:
    if not projects:
        return ""
    verbs = "n’auront plus d’écosystème et resteront" if projects > 1 else (
        "n’aura plus d’écosystème et restera"
    )  # fmt: skip
    return f"{count(projects, 'projet')} {verbs} ; "


def removal(store_view: StoreView, found: Ecosystem) -> None:
    """Offer to delete an ecosystem, saying what stays and what goes."""
    record = found.record
    projects = int((store_view.book["project"]["ecosystem_id"] == record["ecosystem_id"]).sum())
    with st.expander("Supprimer cet écosystème…", icon=":material/delete:"):
        st.warning(
            typeset(
                "Ses acteurs et leurs alliances restent dans la base ; "
                f"{_left(projects)}"
                "son périmètre dessiné, s’il ne sert qu’ici, est supprimé. "
                "L’historique permet de tout rétablir."
            )
        )
        key = f"supprimer_{record['ecosystem_id']}_{record['revision']}"
        if st.button("Supprimer l’écosystème", key=key, icon=":material/delete:") and submit(
            remove_ecosystem(record["ecosystem_id"], store_view.book),
            f"Suppression de l’écosystème {record['ecosystem_name']}",
        ):
            st.rerun()
