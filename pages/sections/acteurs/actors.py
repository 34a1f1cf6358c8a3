"""Every actor in a table; one actor's page: its record, contacts, ties, history; a new one."""

from typing import Any, Final
from urllib.parse import quote

import pandas as pd
import streamlit as st

from geo.directory.actors import corrected, today
from geo.directory.completeness import USEFUL, filled
from geo.directory.ecosystems import part_of, row_of
from geo.directory.ecosystems.rules import new_id
from geo.directory.finding import find_actors
from geo.directory.name_order import by_name
from geo.directory.schema import ACTOR
from geo.directory.store.changes import Changes
from geo.directory.store.lookup import among, has
from geo.directory.store.rows import rows_where
from geo.directory.store.splicing import taken
from geo.errors import AtlasError
from geo.french import NBSP, count, number, quoted, typeset
from geo.output.cards import other_source_html, source_html
from geo.output.html import facts, lines, outside
from geo.output.maps.actors import actor_layer
from geo.output.record_facts import actor_facts, actor_fields
from geo.output.records import practice_labels
from geo.query.parameters import RECORD
from geo.vocabulary import items, label
from pages.components.ask_link import ask_link, only, requests_to
from pages.components.comments import comments
from pages.components.completion import completion
from pages.components.downloads import Offer
from pages.components.link import current_query
from pages.components.map import show_map
from pages.components.paging import one_page
from pages.components.session_user import person
from pages.components.sortable import date_column, name_column, sortable
from pages.components.store_view import StoreView, actor_records
from pages.components.submit import may_write, submit
from pages.components.text import plain
from pages.sections.acteurs.actor_form import correction
from pages.sections.acteurs.contacts import contacts
from pages.sections.acteurs.place_words import commune_code

_PAGE: Final = "/acteurs?fiche="
_ZOOM: Final = 0.05
_A_PAGE: Final = 500
_PUBLIC: Final = "publiee"
_FILTERS: Final = ("acteurs_texte", "acteurs_profil")
_ORIGIN: Final = ("note", "external_ids")


def requested_actor(table: pd.DataFrame) -> str:
    """Return the actor that the link names; one that is not there is said and left out."""
    actor_id = current_query()[RECORD]
    if actor_id and not has(table, actor_id):
        sentence = f"Acteur inconnu {quoted(actor_id[:80])}. Il a pu être supprimé ou fusionné."
        st.warning(plain(sentence), icon=":material/link_off:")
        return ""
    return actor_id


def filtered(table: pd.DataFrame) -> pd.DataFrame:
    """Draw the filters of the list; give the actors they keep."""
    left, right = st.columns([2, 1])
    text = left.text_input(
        "Nom ou ville",
        key="acteurs_texte",
        type="search",
        placeholder=typeset("Par exemple : fondation, Vincennes…"),
        max_chars=200,
    )
    present = [item.id for item in items("any_profile") if (table["profile"] == item.id).any()]
    profile = right.selectbox(
        "Profil",
        ["", *present],
        format_func=lambda one: label("any_profile", one) if one else "Tous",
        key="acteurs_profil",
    )
    rows = rows_where(table, table["profile"] == profile) if profile else table
    return find_actors(rows, text)


def of_ecosystem(store_view: StoreView, ecosystem_id: str) -> pd.DataFrame:
    """Return the actors of an ecosystem and their partners, as its exports do; else all of them."""
    table = store_view.seen["actor"]
    if ecosystem_id not in store_view.seen["ecosystem"].index:
        return table
    found = store_view.ecosystem(ecosystem_id)
    st.caption("Les acteurs de cet écosystème, et leurs partenaires d’ailleurs.")
    return table[among(table, found.linked.index)]


def offer(store_view: StoreView, rows: pd.DataFrame, ecosystem_id: str) -> Offer:
    """Offer the actors listed, by the same filters."""
    query = {
        "ecosysteme": ecosystem_id,
        "texte": str(st.session_state.get("acteurs_texte") or "").strip(),
        "profil": str(st.session_state.get("acteurs_profil") or ""),
    }
    fictive, unplaced = bool(rows["fictive"].any()), int(rows["longitude"].isna().sum())
    return Offer("actors", query, "acteurs", fictive, unplaced, store_view.drafts)


def _by_name(rows: pd.DataFrame) -> pd.DataFrame:
    """Put rows in the order of names: their places alone, since one page of them is shown."""
    return pd.DataFrame({"row": by_name(rows["actor_name"])})


def list_actors(store_view: StoreView, rows: pd.DataFrame, chosen: str, total: int) -> None:
    """Show the actors by name, as a table to sort; each name opens its page."""
    if rows.empty:
        none = "Aucun acteur pour ces filtres." if total else _nobody_yet()
        st.info(typeset(none), icon=":material/search_off:")
        return
    st.markdown(f"**{count(len(rows), 'acteur')}** sur {number(total)}.")
    filter_values = (chosen, *(str(st.session_state.get(key) or "") for key in _FILTERS))
    order = store_view.once(("acteurs", *filter_values), lambda: _by_name(rows))
    shown = taken(rows, one_page(order, "acteurs", _A_PAGE)["row"].to_numpy())
    table = pd.DataFrame(
        {
            "acteur": [f"{_PAGE}{quote(str(i))}#{name}" for i, name in shown["actor_name"].items()],
            "ville": shown["town"].to_list(),
            "profil": [label("any_profile", one) for one in shown["profile"]],
            "pratiques": [practice_labels(one) for one in shown["practices"]],
            "vérifiée": shown["checked_on"].to_list(),
            **_shares(shown),
            "précision": [
                label("precision", one) if one else "" for one in shown["location_precision"]
            ],
            "source": shown["source_title"].to_list(),
        }
    )
    sortable(
        table,
        {
            "acteur": name_column("Acteur", table["acteur"]),
            "profil": "Profil",
            "ville": "Ville",
            "pratiques": "Pratiques",
            "source": "Source",
            "vérifiée": date_column("Vérifiée", table["vérifiée"]),
            "précision": "Précision du lieu",
            "renseignée": st.column_config.NumberColumn("Renseignée à", format="%d %%"),
        },
        "Acteurs",
    )


def _nobody_yet() -> str:
    """Say that the base holds nobody, and what to do next to who may."""
    none = "Aucun acteur n’est encore enregistré"
    if not person().may_propose:
        return f"{none}."
    return f"{none} : ajoutez le premier plus bas, ou [apportez un tableau](/contribuer)."


def _shares(shown: pd.DataFrame) -> dict[str, list[int]]:
    """Return the coordination, and nobody else, how complete each record is, in percent."""
    if not person().may_write:
        return {}
    return {"renseignée": [round(n * 100 / len(USEFUL)) for n in filled(shown)]}


def show_actor(store_view: StoreView, actor_id: str) -> None:
    """Show one actor: what is known of it, who to write to, what it is part of."""
    row: Any = row_of(store_view.seen, "actor", actor_id)
    st.page_link("acteurs.py", label="Tous les acteurs", icon=":material/arrow_back:")
    st.title(plain(row["actor_name"]), anchor=False)
    if row["fictive"]:
        st.html('<span class="marque-fictif">Données fictives</span>')
    left, right = st.columns([5, 6], gap="medium")
    with left:
        st.html(facts([(term, outside(text, text)) for term, text in actor_facts(row)]))
        contacts(store_view.store, actor_id)
        _ask(row)
        _ties(store_view, actor_id)
        st.header("D’où viennent ces informations", anchor=False)
        st.html(facts(_origin(row)))
        st.page_link(
            "historique.py",
            label="Historique de cette fiche",
            query_params={"fiche": f"actor:{actor_id}"},
            icon=":material/history:",
        )
    with right:
        _map(store_view, row)
    # What is written takes the whole page.
    completion(store_view.store, actor_id)
    comments(store_view.store, "actor", actor_id)
    correction(actor_id)


def _ask(row: Any) -> None:
    """Link to a request to the actor; what members alone may read is not asked of by name."""
    if not row["fictive"]:
        known = row["actor_id"] if row["status"] == _PUBLIC else ""
        ask_link(record=known, practice=only(row["practices"]))
        requests_to(row["actor_id"])


def _origin(row: Any) -> list[tuple[str, str]]:
    known = [
        ("Statut", label("record_status", row["status"])),
        ("Précision du lieu", label("precision", row["location_precision"] or "unknown")),
        ("Source", source_html(row) if row["source_title"] or row["source_url"] else ""),
        ("Autres sources", lines(map(other_source_html, row["sources"]))),
        *actor_fields(row, _ORIGIN),
    ]
    return [(term, value) for term, value in known if value]


def _ties(store_view: StoreView, actor_id: str) -> None:
    for line in part_of(actor_id, store_view.seen).present():
        st.markdown(f"- {plain(line)}")
    st.page_link(
        "alliances.py",
        label="Son réseau",
        query_params={"acteur": actor_id},
        icon=":material/hub:",
    )


def _map(store_view: StoreView, row: Any) -> None:
    lon, lat = row["longitude"], row["latitude"]
    if pd.isna(lon) or pd.isna(lat):
        st.info("Aucun point : cette fiche n’a pas de carte.", icon=":material/location_off:")
        return
    if row["location_check"]:
        st.warning(plain(row["location_check"]), icon=":material/wrong_location:")
    actors = store_view.seen["actor"]
    one = actors[among(actors, [row["actor_id"]])]
    show_map(
        [actor_layer(one, actor_records(store_view, one))],
        key="acteur",
        title=f"Carte : {row['actor_name']}",
        bounds=(lon - _ZOOM, lat - _ZOOM, lon + _ZOOM, lat + _ZOOM),
    )


def new_actor() -> None:
    """Let those who may add an actor that no file brings."""
    if not may_write():
        return
    with st.expander("Ajouter un acteur", icon=":material/add:"), st.form("acteur", border=False):
        left, right = st.columns(2, gap="medium")
        values = {
            "actor_name": left.text_input("Nom", max_chars=300),
            "profile": left.selectbox(
                "Profil",
                ["", *(item.id for item in items("any_profile"))],
                format_func=lambda one: label("any_profile", one),
            ),
            "commune_code": left.text_input(
                "Commune", placeholder="Nom, code postal ou code INSEE", max_chars=120
            ),
            "website": right.text_input("Site", max_chars=300),
            "source_title": right.text_input("Source", help="D’où vient cette information"),
        }
        if st.form_submit_button("Ajouter", type="primary", icon=":material/add:"):
            _add(values)


def _add(values: dict[str, str]) -> None:
    blank = ACTOR.blank() | {"actor_id": new_id("actor", values["actor_name"])}
    state = {"status": "publiee", "checked_on": today().isoformat()}
    try:
        code = commune_code(values["commune_code"], "")
        record = corrected(blank, values | state | {"commune_code": code})
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    message = f"Nouvel acteur{NBSP}: {values['actor_name']}"
    if submit(Changes.one("actor", record), message):
        st.query_params[RECORD.name] = record["actor_id"]
        st.rerun()
