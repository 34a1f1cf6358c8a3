"""Projects on screen: their filters, their sentence, one project with its actions."""

from typing import Any

import pandas as pd
import streamlit as st

from geo.dates import in_words
from geo.directory.ecosystems import (
    checked_action,
    new_id,
    plain_rows,
    remove_project,
    row_of,
    visible_rows,
)
from geo.directory.ecosystems.rows import where
from geo.directory.schema import ACTION
from geo.directory.store.changes import Changes
from geo.errors import AtlasError
from geo.french import count, typeset
from geo.output.board import no_project
from geo.output.cards import source_html
from geo.output.html import facts
from geo.output.record_facts import project_facts
from geo.reference.place import Place
from geo.vocabulary import label
from pages.components.actor_picker import pick_actor
from pages.components.ask_link import ask_link, only
from pages.components.comments import comments
from pages.components.needs import resources_for
from pages.components.provenance import date_field
from pages.components.store_view import StoreView, choose_one
from pages.components.submit import submit
from pages.components.text import plain


def chosen_projects(store_view: StoreView, ecosystem_id: str) -> tuple[pd.DataFrame, str]:
    """Draw the filter on ODD; give the projects of the ecosystem that aim at it, and the ODD.

    Of no project there is nothing to filter.
    """
    found = (
        store_view.ecosystem(ecosystem_id).projects
        if ecosystem_id
        else visible_rows(store_view.world()["project"], drafts=store_view.drafts)
    )
    if found.empty and not st.session_state.get("odd"):
        return found, ""
    odd = choose_one("ODD", "odd", "odd", "Tous")
    return (where(found, (odd in codes for codes in found["odd"])) if odd else found), odd


def say(store_view: StoreView, found: pd.DataFrame, odd: str) -> None:
    """Say how many projects are shown, or what a project is when there is none."""
    filters = f"ODD : {odd}. {label('odd', odd)}" if odd else "sans filtre d’ODD"
    if len(found):
        st.markdown(f"**{count(len(found), 'projet')} ({plain(filters)}).**")
        return
    sentence = no_project(filters, has_some=bool(len(store_view.world()["project"])))
    st.info(plain(sentence), icon=":material/view_kanban:")


def now_open(store_view: StoreView) -> str:
    """Return the project that the link or the visitor opened, if it is still there."""
    project_id = str(st.session_state.get("projet", ""))
    return project_id if project_id in store_view.seen["project"].index else ""


def close() -> None:
    """Close the project that is open; a callback."""
    st.session_state["projet"] = ""


def edit(project_id: str) -> None:
    """Open the form of a project; a callback."""
    st.session_state["projet_form"] = project_id


def show_project(store_view: StoreView, project_id: str, *, writes: bool) -> None:
    """Show one project whole, its actions, and what may be done with it."""
    row = row_of(store_view.seen, "project", project_id)
    with st.container(border=True):
        st.header(plain(row["project_name"]), anchor=False)
        if row["fictive"]:
            st.html('<span class="marque-fictif">Fictif</span>')
        st.html(facts(project_facts(row, store_view.seen)))
        for text in (row["summary"], row["note"]):
            if text:
                st.markdown(plain(text))
        st.html(f'<p class="source">Source : {source_html(row)}</p>')
        _resources(row)
        _ask(store_view, row)
        actions(store_view, project_id, writes=writes)
        comments(store_view.store, "project", project_id)
        with st.container(horizontal=True):
            st.button("Fermer le projet", on_click=close, icon=":material/close:")
            if writes:
                st.button(
                    "Modifier le projet", on_click=edit, args=(project_id,), icon=":material/edit:"
                )
        if writes:
            _removal(store_view, row)


def _resources(row: dict[str, Any]) -> None:
    st.markdown("**Des ressources pour ce projet**")
    resources_for(row["practices"], [row["step"]] if row["step"] else [], row["odd"])


def _ask(store_view: StoreView, row: dict[str, Any]) -> None:
    """Link to a request that knows the project's step, practice, goal and territory."""
    if row["fictive"]:
        return
    homes, home, place = store_view.seen["ecosystem"], row["ecosystem_id"], ""
    if home in homes.index and homes["territory_code"][home]:
        place = str(Place(homes["territory_kind"][home], homes["territory_code"][home]))
    ask_link(
        what="pour ce projet",
        place=place,
        practice=only(row["practices"]),
        step=row["step"],
        odd=only(row["odd"]),
    )


# --- its actions --------------------------------------------------------------------------------


def actions(store_view: StoreView, project_id: str, *, writes: bool) -> None:
    """List the next actions of a project, the first due first; tick, add and delete them."""
    tasks = store_view.seen["action"]
    mine = plain_rows(tasks[tasks["project_id"] == project_id])
    mine.sort(key=lambda row: (row["done"], not row["due"], row["due"]))
    st.markdown(f"**Prochaines actions ({sum(not row['done'] for row in mine)})**")
    for row in mine:
        _action(store_view, row, writes=writes)
    if not mine:
        st.caption("Aucune action notée.")
    if writes:
        _new_action(store_view, project_id)


def _action(store_view: StoreView, row: dict[str, Any], *, writes: bool) -> None:
    who = [
        str(store_view.names.get(row["actor_id"], "")),
        store_view.people.get(row["contact_id"], ""),
    ]
    parts = [row["action_name"], in_words(row["due"]) or "sans date", *[one for one in who if one]]
    text = plain(" · ".join(parts))
    if not writes:
        st.markdown(f"- {'Faite : ' if row['done'] else ''}{text}")
        return
    key = f"action_{row['action_id']}_{row['revision']}"
    with st.container(horizontal=True, vertical_alignment="center"):
        done = st.checkbox(text, row["done"], key=key)
        removed = st.button("Supprimer", key=f"{key}_x", type="tertiary", icon=":material/delete:")
    if removed and submit(
        Changes.removal("action", row["action_id"]), f"Suppression de l’action {row['action_name']}"
    ):
        st.rerun()
    if done != row["done"]:
        state = "faite" if done else "à faire"
        changes = Changes.one("action", row | {"done": done})
        if submit(changes, f"Action {row['action_name']} : {state}"):
            st.rerun()


def _new_action(store_view: StoreView, project_id: str) -> None:
    turn = st.session_state.setdefault("action_tour", 0)
    key = f"action_neuve_{project_id}_{turn}"
    with st.expander("Ajouter une action", icon=":material/add_task:"):
        name = st.text_input("Action", key=f"{key}_nom")
        due = date_field("Échéance", "", f"{key}_due")
        row = row_of(store_view.seen, "project", project_id)
        mine, home = row["actor_ids"], row["ecosystem_id"]
        offered = store_view.world(project_id, home, *mine)["actor"]
        actor = pick_actor("Acteur responsable", offered, f"{key}_acteur", "", mine)
        person = _person(store_view, actor, key)
        if not st.button("Ajouter l’action", key=f"{key}_ok", icon=":material/add:"):
            return
        values = {
            **ACTION.blank(),
            "action_id": new_id("action", name),
            "action_name": name,
            "project_id": project_id,
            "due": due,
            "actor_id": actor,
            "contact_id": person,
        }
        try:
            record = checked_action(values, store_view.book)
        except AtlasError as fault:
            st.error(plain(str(fault)), icon=":material/error:")
            return
        if submit(Changes.one("action", record), f"Nouvelle action : {name}"):
            st.session_state["action_tour"] = turn + 1
            st.rerun()


def _person(store_view: StoreView, actor: str, key: str) -> str:
    """Draw the choice of a contact, of the actor in charge where one is chosen."""
    contacts = store_view.book["contact"]
    mine = contacts[contacts["actor_id"] == actor] if actor else contacts
    if mine.empty:
        return ""
    picked = st.selectbox(
        "Personne responsable",
        ["", *(str(one) for one in mine.index)],
        format_func=lambda one: (
            store_view.people.get(one, one) if one else "Personne en particulier"
        ),
        key=f"{key}_contact_{actor}",
        placeholder="Choisissez",
    )
    return str(picked or "")


def _removal(store_view: StoreView, row: dict[str, Any]) -> None:
    tasks = store_view.book["action"]
    action_count = int((tasks["project_id"] == row["project_id"]).sum())
    with st.expander("Supprimer ce projet…", icon=":material/delete:"):
        if action_count:
            st.warning(
                typeset(f"{count(action_count, 'action')} de ce projet : supprimées avec lui.")
            )
        key = f"supprimer_{row['project_id']}_{row['revision']}"
        if st.button("Supprimer le projet", key=key, icon=":material/delete:") and submit(
            remove_project(row["project_id"], store_view.book),
            f"Suppression du projet {row['project_name']}",
        ):
            close()
            st.rerun()
