"""One catalyst's own page: what it does, for whom, where, with whom, how to reach it; then why."""

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.directory.directory import Directory
from geo.directory.ecosystems import part_of
from geo.directory.store.lookup import among, has
from geo.french import NBSP, typeset
from geo.output import maps
from geo.output.cards import other_source_html, place_of, practice_tags, source_html
from geo.output.html import facts
from geo.output.maps import map_records
from geo.output.reach import published_record, ways_to_reach
from geo.output.record_facts import scope_words
from geo.output.records import records
from geo.reference.kinds import KINDS
from geo.reference.place import Place
from geo.reference.territory import COMMUNE, territory
from geo.vocabulary import items, label, name_of
from pages.components.ask_link import ask_link, requests_to
from pages.components.comments import comments
from pages.components.completion import completion
from pages.components.map import show_map
from pages.components.store_view import StoreView, open_store_view
from pages.components.text import plain
from pages.sections.acteurs.actor_form import correction
from pages.sections.acteurs.contacts import contacts

_LOCATED_IN = (COMMUNE, *(kind.code for kind in KINDS if kind.division))
_ZOOM = 0.25
_UNSAID = "Rien n’est encore dit de ce que fait cette organisation."


def show_catalyst(book: Directory, catalyst_id: str) -> None:
    """Show one catalyst: the organisation first, where it was read of below."""
    rows, store_view = book.frame[among(book.frame, [catalyst_id])], open_store_view()
    record = records(rows)[0]
    st.page_link("catalyseurs.py", label="Tous les catalyseurs", icon=":material/arrow_back:")
    st.title(plain(record["catalyst_name"]), anchor=False)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        _what(record)
        _where(record)
        _reach(store_view, record)
        _with_whom(store_view, catalyst_id)
        _evidence(record, published_record(store_view.store, catalyst_id)["sources"])
    with right:
        _map(book, rows, record)
        _territories(record)
    completion(store_view.store, catalyst_id)
    if has(store_view.seen["actor"], catalyst_id):
        comments(store_view.store, "actor", catalyst_id)
    correction(catalyst_id)


def _what(record: dict[str, Any]) -> None:
    if record["summary"]:
        st.markdown(f"**{plain(record['summary'])}**")
    else:
        st.caption(_UNSAID)
    if record["profile"]:
        st.caption(plain(label("any_profile", record["profile"])))
    st.html(f"<p>{practice_tags(record)}</p>")
    labels = {item.id: item.label for item in items("activity")}
    st.markdown("\n".join(f"- {plain(labels.get(one, one))}" for one in record["activities"]))
    if record["offers"]:
        st.header("Ce qu’ils peuvent faire pour vous", anchor=False)
        st.markdown(plain(record["offers"]))


def _where(record: dict[str, Any]) -> None:
    st.header("Où", anchor=False)
    st.html(
        facts(
            [
                ("Lieu connu", place_of(record)),
                ("Intervient sur", scope_words(record["scope"])),
            ]
        )
    )


def _reach(store_view: StoreView, record: dict[str, Any]) -> None:
    """Show how to write to the organisation, and to whom among those who consented."""
    st.header("Les joindre", anchor=False)
    if record["website"]:
        st.link_button("Site de l’organisation", record["website"], icon=":material/open_in_new:")
    public = published_record(store_view.store, record["catalyst_id"])
    ways = ways_to_reach(public)
    if ways:
        st.html(facts(ways))
    if not (ways or record["website"]):
        st.caption("Aucune adresse publique n’est encore connue.")
    if public["actor_id"]:
        contacts(store_view.store, record["catalyst_id"])
    if not record["fictif"]:
        ask_link(record=record["catalyst_id"])
        requests_to(record["catalyst_id"])


def _with_whom(store_view: StoreView, catalyst_id: str) -> None:
    lines = part_of(catalyst_id, store_view.seen).present()
    if not lines:
        return
    st.header("Avec qui", anchor=False)
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    query = {"acteur": catalyst_id}
    st.page_link("alliances.py", label="Son réseau", query_params=query, icon=":material/hub:")


def _evidence(record: dict[str, Any], others: list[str]) -> None:
    st.header("D’où viennent ces informations", anchor=False)
    basis, precision = record["practices_basis"], record["location_precision"]
    known = [
        ("Ce qui le fait connaître", name_of("evidence", record["evidence"])),
        ("Ses pratiques", label("basis", basis) if basis else ""),
        ("Précision du lieu", label("precision", precision)),
    ]
    st.html(facts([(term, value) for term, value in known if value]))
    main = Markup("Source{}: {}").format(NBSP, source_html(record))
    noted = [Markup("À noter{}: {}").format(NBSP, typeset(record["note"]))] * bool(record["note"])
    lines = [main, *noted, *map(other_source_html, others)]
    st.html("".join(f'<p class="source">{line}</p>' for line in lines))


def _territories(record: dict[str, str]) -> None:
    codes = {kind: record[f"{kind}_code"] for kind in _LOCATED_IN}
    for kind, code in codes.items():
        if code:
            st.page_link(
                "territoire.py",
                label=f"Voir le territoire : {territory(kind, code).label}",
                query_params={"territoire": str(Place(kind, code))},
                icon=":material/map:",
            )


def _map(book: Directory, rows: pd.DataFrame, record: dict[str, Any]) -> None:
    """Show the point on the territory where it acts; without a point, the area it is known to."""
    row, name, area = rows.iloc[0], record["catalyst_name"], _scope_area(record["scope"])
    if pd.isna(row["longitude"]):
        _area_map(row, name, area)
        return
    west, south, east, north = maps.catalyst_bounds(rows) or maps.HEXAGONE
    layers = [maps.catalyst_layer(rows, map_records(book))]
    bounds = (west - _ZOOM, south - _ZOOM, east + _ZOOM, north + _ZOOM)
    if area:
        layers.insert(0, maps.territory_layer(*area, territory(*area).label))
        bounds = maps.territory_bounds(*area)
    show_map(layers, key="fiche", title=f"Carte : {name}", bounds=bounds)
    if area:
        st.caption(plain(f"En contour : là où il intervient, {territory(*area).label}."))


def _scope_area(scope: str) -> Place | None:
    return Place.parse(scope) if scope not in {"", "national"} else None


def _area_map(row: pd.Series, name: str, acts_in: Place | None) -> None:
    """Show the area a catalyst is known to, or acts in, for want of a point."""
    precision = row["location_precision"]
    code = row[f"{precision}_code"] if precision in {"departement", "region"} else ""
    area = Place(str(precision), str(code)) if code else acts_in
    if not area:
        st.info("Aucun lieu connu : cette fiche n’a pas de carte.", icon=":material/location_off:")
        return
    found = territory(*area)
    show_map(
        [maps.territory_layer(*area, found.label)],
        key="fiche_zone",
        title=f"Carte : {name} est connu pour {found.label}, sans lieu plus précis",
        bounds=maps.territory_bounds(*area),
    )
    st.caption(f"Connu pour {found.label}, sans lieu plus précis : aucun point n’est inventé.")
