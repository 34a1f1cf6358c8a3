"""One alliance: its record, its form, its deletion."""

from typing import Any

import streamlit as st

from geo.directory.ecosystems import (
    checked_alliance,
    new_id,
    plain_rows,
    remove_alliance,
    row_of,
)
from geo.directory.schema import ALLIANCE
from geo.french import NBSP, count
from geo.output.cards import source_html
from geo.output.html import facts
from geo.output.record_facts import alliance_facts
from geo.vocabulary import items, label
from pages.components.actor_picker import pick_actors
from pages.components.comments import comments
from pages.components.map_frame import LIST, MAP
from pages.components.provenance import coded, date_field, provenance_fields
from pages.components.saving import is_fictive, saved
from pages.components.store_view import StoreView
from pages.components.submit import submit
from pages.components.text import plain

NEW = "nouvelle"


def now_open(store_view: StoreView) -> str:
    """Return the alliance that the link or the visitor opened, if it is still there."""
    alliance_id = str(st.session_state.get("alliance", ""))
    return alliance_id if alliance_id in store_view.seen["alliance"].index else ""


def form_open() -> str:
    """Return the alliance whose form is open, ``NEW`` for a new one, nothing when none is."""
    return str(st.session_state.get("alliance_form", ""))


def first_shown(opened: str) -> str:
    """Return what a phone shows first: what was opened is read or filled in, not on the map."""
    return LIST if opened or form_open() else MAP


def new_button(*, writes: bool) -> None:
    """Offer to record an alliance to who may, unless a form is open already."""
    if writes and not form_open():
        st.button(
            "Nouvelle alliance", on_click=edit, args=(NEW,), type="primary", icon=":material/add:"
        )


def one_alliance(store_view: StoreView, opened: str, *, writes: bool) -> None:
    """Show the form or the alliance that is open."""
    if form_open():
        alliance_form(store_view, form_open())
    elif opened:
        show_alliance(store_view, opened, writes=writes)


def show_alliance(store_view: StoreView, alliance_id: str, *, writes: bool) -> None:
    """Show one alliance whole, and let those who may change or delete it."""
    row = row_of(store_view.seen, "alliance", alliance_id)
    with st.container(border=True):
        st.header(plain(row["alliance_name"]), anchor=False)
        if row["fictive"]:
            st.html('<span class="marque-fictif">Fictif</span>')
        st.html(facts(alliance_facts(row, store_view.seen)))
        if row["note"]:
            st.markdown(plain(row["note"]))
        st.html(f'<p class="source">Source : {source_html(row)}</p>')
        comments(store_view.store, "alliance", alliance_id)
        with st.container(horizontal=True):
            st.button("Fermer", on_click=close, icon=":material/close:")
            if writes:
                st.button("Modifier", on_click=edit, args=(alliance_id,), icon=":material/edit:")
        if writes:
            _removal(store_view, row)


def close() -> None:
    """Close the alliance that is open; a callback."""
    st.session_state["alliance"] = ""


def edit(alliance_id: str) -> None:
    """Open the form of an alliance, of a new one without an id; a callback."""
    st.session_state["alliance_form"] = alliance_id


def _removal(store_view: StoreView, row: dict[str, Any]) -> None:
    projects = [
        r for r in plain_rows(store_view.book["project"]) if row["alliance_id"] in r["alliance_ids"]
    ]
    with st.expander("Supprimer cette alliance…", icon=":material/delete:"):
        if projects:
            names = ", ".join(f"« {one['project_name']} »" for one in projects)
            st.warning(plain(f"{_losing(len(projects))}{NBSP}: {names}."))
        key = f"supprimer_{row['alliance_id']}_{row['revision']}"
        if st.button("Supprimer l’alliance", key=key, icon=":material/delete:") and submit(
            remove_alliance(row["alliance_id"], store_view.book),
            f"Suppression de l’alliance {row['alliance_name']}",
        ):
            close()
            st.rerun()


def _losing(projects: int) -> str:
    verb = "ne la citeront plus" if projects > 1 else "ne la citera plus"
    return f"{count(projects, 'projet')} {verb}"


def alliance_form(store_view: StoreView, alliance_id: str) -> None:
    """Draw the form of an alliance; what is typed is checked whole before it is written."""
    new = alliance_id == NEW
    row = ALLIANCE.blank() if new else row_of(store_view.book, "alliance", alliance_id)
    key = f"alliance_{alliance_id}_{row['revision']}"
    with st.container(border=True):
        st.header("Nouvelle alliance" if new else "Modifier l’alliance", anchor=False)
        values = {**row, **_fields(store_view, row, key), **provenance_fields(row, key)}
        with st.container(horizontal=True):
            saved = st.button("Enregistrer l’alliance", type="primary", icon=":material/save:")
            st.button("Annuler", on_click=edit, args=("",))
        if saved:
            _save(store_view, values, new=new)


def _fields(store_view: StoreView, row: dict[str, Any], key: str) -> dict[str, Any]:
    name = st.text_input("Nom de l’alliance", row["alliance_name"], key=f"{key}_nom")
    kinds = ["", *(item.id for item in items("any_partnership"))]
    kind = st.selectbox(
        "Type",
        kinds,
        kinds.index(row["partnership_kind"]),
        format_func=lambda code: label("any_partnership", code) if code else "Choisissez",
        key=f"{key}_type",
        placeholder="Choisissez",
    )
    chosen = str(st.session_state.get("ecosysteme", ""))
    members = pick_actors(
        "Membres (au moins deux)",
        store_view.offered(row["member_ids"], chosen),
        f"{key}_membres",
        row["member_ids"],
        store_view.inside(chosen),
    )
    before = dict(zip(row["member_ids"], row["member_roles"], strict=False))
    roles = [_role(store_view, one, before.get(one, ""), key) for one in members]
    left, right = st.columns(2)
    since = date_field("Depuis", row["since"], f"{key}_depuis", left)
    until = date_field("Jusqu’à", row["until"], f"{key}_jusqua", right)
    return {
        "alliance_name": name,
        "partnership_kind": kind,
        "member_ids": members,
        "member_roles": roles,
        "odd": coded("ODD visés", "odd", row["odd"], f"{key}_odd"),
        "practices": coded("Pratiques", "practice", row["practices"], f"{key}_pratiques"),
        "since": since,
        "until": until,
        "note": st.text_area("Note", row["note"], key=f"{key}_note"),
    }


def _role(store_view: StoreView, actor_id: str, role: str, key: str) -> str:
    name = plain(str(store_view.names.get(actor_id, actor_id)))
    return st.text_input(f"Rôle de {name} (facultatif)", role, key=f"{key}_role_{actor_id}")


def _save(store_view: StoreView, values: dict[str, Any], *, new: bool) -> None:
    actors = store_view.book["actor"]
    if new:
        values["alliance_id"] = new_id("alliance", values["alliance_name"])
    values["fictive"] = is_fictive(values, actors, "member_ids")
    verb = "Nouvelle alliance" if new else "Modification de l’alliance"
    if record := saved(ALLIANCE, lambda: checked_alliance(values, actors.index), verb):
        edit("")
        st.session_state["alliance"] = record["alliance_id"]
        st.rerun()
