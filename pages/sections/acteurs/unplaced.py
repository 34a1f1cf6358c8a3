"""Actors without a point, placed many at a time: by town, postcode, address or a commune."""

from typing import Any, Final
from urllib.parse import quote

import pandas as pd
import streamlit as st

from geo.directory.geocoding import unplaced as queue
from geo.directory.geocoding.cache import Cache
from geo.directory.geocoding.geocoder import Geocoder, geocoder
from geo.directory.geocoding.place import Placed, place
from geo.directory.store.changes import Changes
from geo.directory.store.worlds import only_real
from geo.directory.withheld import without_withheld
from geo.french import NBSP, count, typeset
from geo.reference.gazetteer import search
from pages.components.session_user import person
from pages.components.sortable import name_column, sortable
from pages.components.store_view import StoreView
from pages.components.submit import receives, submit
from pages.components.text import plain

_MOST: Final = 2_000
_SAID: Final = "sans_point_dit"
_POINT: Final = {"longitude", "latitude"}
_TOWN, _POSTCODE, _COMMUNE, _ADDRESS = "ville", "code postal", "commune choisie", "adresse"


def place_unplaced(store_view: StoreView) -> None:
    """Offer the queue of actors without a point to those whose changes are received."""
    if not receives():
        return
    rows = _waiting(store_view)
    if sentence := st.session_state.pop(_SAID, ""):
        st.success(plain(sentence), icon=":material/where_to_vote:")
    if rows.empty:
        return
    title = f"Fiches sans point ({len(rows)})"
    with st.expander(title, icon=":material/location_off:"):
        st.caption(
            "Sans point, une fiche n’est ni sur les cartes ni parmi les plus proches. Placez-les "
            "ensemble\u00a0; celles dont le lieu n’est pas sûr restent ici."
        )
        _table(rows)
        names = {str(i): f"{row['actor_name']} ({row['town'] or 'ville inconnue'})"
                 for i, row in rows.iterrows()}  # fmt: skip
        chosen = st.multiselect(
            "Fiches à placer",
            [*names],
            format_func=names.__getitem__,
            placeholder=f"Toutes ({len(names)})",
            select_all=False,
            key="sans_point_fiches",
        )
        _place(store_view, rows.loc[chosen] if chosen else rows)


def _waiting(store_view: StoreView) -> pd.DataFrame:
    """List them; a point that its owner withheld is the coordination's to place."""
    rows = queue.unplaced(only_real(store_view.book["actor"]))
    if not person().may_write:
        rows = without_withheld(rows[[not _POINT & {*names} for names in rows["withheld"]]])
    return rows


def _table(rows: pd.DataFrame) -> None:
    shown = rows.head(_MOST)
    ids = [f"/acteurs?fiche={quote(str(i))}#{name}" for i, name in shown["actor_name"].items()]
    table = pd.DataFrame(
        {"acteur": ids}
        | {name: shown[name].to_list() for name in ("address", "postcode", "town")}
        | {"raison": shown["location_check"].to_list(), "source": shown["source_title"].to_list()}
    )
    sortable(
        table,
        {
            "acteur": name_column("Acteur", ids),
            "address": "Adresse",
            "postcode": "Code postal",
            "town": "Ville",
            "raison": "Pourquoi",
            "source": "Source",
        },
        "Acteurs sans point",
        height=300,
    )


def _place(store_view: StoreView, rows: pd.DataFrame) -> None:
    where = geocoder()
    ways = [_TOWN, _POSTCODE, _COMMUNE, *([_ADDRESS] if where else [])]
    way = st.segmented_control("Les placer par leur", ways, default=_TOWN, key="sans_point_par")
    codes: dict[str, str] = {}
    if way == _TOWN:
        codes = queue.by_town(rows)
    elif way == _POSTCODE:
        codes = queue.by_postcode(rows)
    elif way == _COMMUNE and (code := _commune()):
        codes = dict.fromkeys(map(str, rows.index), code)
    if way == _ADDRESS and where:
        with_address = rows[rows["address"] != ""]
        st.caption(f"Les adresses sont envoyées à {where.host}.")
        label = f"Chercher {count(len(with_address), 'adresse')}"
        if st.button(label, type="primary", disabled=with_address.empty, key="sans_point_placer"):
            _write(rows, _at_addresses(store_view, with_address, where), way)
        return
    have = "ont" if len(codes) > 1 else "a"
    st.caption(f"{count(len(codes), 'fiche')} sur {len(rows)} {have} ainsi une commune sûre.")
    many = f"Placer {count(len(codes), 'fiche')} au point de leur commune"
    label = many if codes else "Placer au point de leur commune"
    if st.button(label, type="primary", disabled=not codes, key="sans_point_placer"):
        _write(rows, queue.in_communes(_whole(store_view, rows), codes), str(way))


def _commune() -> str:
    """Ask for one commune, by any of its names or codes."""
    text = st.text_input(
        "Commune", placeholder="Nom, code postal ou code INSEE", max_chars=120, key="sans_point_ou"
    )
    found = {place.code: place.label for place in search(text, 10, ["commune"])} if text else {}
    if text and not found:
        st.warning("Aucune commune ne répond à ce nom ou à ce code : vérifiez-le.")
    if not found:
        return ""
    return st.selectbox("Laquelle", [*found], format_func=found.__getitem__, key="sans_point_la")


def _at_addresses(store_view: StoreView, rows: pd.DataFrame, where: Geocoder) -> Placed:
    bar = st.progress(0.0, "Recherche des adresses…")

    def moved(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), "Recherche des adresses…")

    try:
        return place(_whole(store_view, rows), where, Cache(store_view.store.place.folder), moved)
    finally:
        bar.empty()


def _whole(store_view: StoreView, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the whole records: what an owner withheld is kept when a place is written."""
    return store_view.book["actor"].loc[rows.index]


def _write(rows: pd.DataFrame, placed: Placed, way: str) -> None:
    """Write the records that have a point now, as one state; say how many stay."""
    records: list[dict[str, Any]] = [
        one for one in placed.records() if one["longitude"] is not None
    ]
    remarks = " ".join(placed.remarks)
    if not records:
        st.warning(plain(f"Aucune fiche n’a pu être placée par {way}. {remarks}"))
        return
    summary = count(len(records), "fiche placée", "fiches placées")
    if submit(Changes.one("actor", *records), f"{summary} par {way}"):
        left = len(rows) - len(records)
        rest = f"{NBSP}; {count(left, 'reste', 'restent')} sans point" if left else ""
        st.session_state[_SAID] = typeset(f"{summary} par {way}{rest}. {remarks}".strip())
        st.rerun()
