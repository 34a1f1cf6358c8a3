"""The form of one project."""

from typing import Any

import streamlit as st

from geo.directory.ecosystems import Book, checked_project, new_id, row_of
from geo.directory.schema import PROJECT
from geo.directory.store.worlds import world
from geo.french import typeset
from geo.vocabulary import items, label
from pages.components.actor_picker import pick_actors
from pages.components.provenance import coded, provenance_fields
from pages.components.saving import is_fictive, saved
from pages.components.store_view import StoreView
from pages.sections.ecosysteme.ecosystem_view import named
from pages.sections.projets.projects import edit

NEW = "nouveau"
_RANKS_APART = 10


def form_open() -> str:
    """Return the project whose form is open, ``NEW`` for a new one, nothing when none is."""
    return str(st.session_state.get("projet_form", ""))


def new_button() -> None:
    """Offer to describe a project."""
    st.button("Nouveau projet", on_click=edit, args=(NEW,), type="primary", icon=":material/add:")


def project_form(store_view: StoreView, project_id: str, ecosystem_id: str) -> None:
    """Draw the form of a project; what is typed is checked whole before it is written."""
    new = project_id == NEW
    blank = PROJECT.blank() | {"step": "01", "progress": "a_lancer", "ecosystem_id": ecosystem_id}
    row = blank if new else row_of(store_view.book, "project", project_id)
    # What was typed for another ecosystem is not of this one.
    key = f"projet_{project_id}_{ecosystem_id if new else row['revision']}"
    with st.container(border=True):
        st.header("Nouveau projet" if new else "Modifier le projet", anchor=False)
        values = {**row, **_what(row, key), **_with_whom(store_view, row, key)}
        values |= provenance_fields(row, key)
        with st.container(horizontal=True):
            saved = st.button("Enregistrer le projet", type="primary", icon=":material/save:")
            st.button("Annuler", on_click=edit, args=("",))
        if saved:
            _save(store_view, values, new=new)


def _what(row: dict[str, Any], key: str) -> dict[str, Any]:
    name = st.text_input("Nom du projet", row["project_name"], key=f"{key}_nom")
    left, right = st.columns(2)
    steps = {item.id: item for item in items("project_step")}
    step = left.selectbox(
        "Étape",
        list(steps),
        list(steps).index(row["step"]),
        format_func=lambda code: f"{code}. {steps[code].nature} : {steps[code].label}",
        key=f"{key}_etape",
        placeholder="Choisissez",
    )
    levels = ["", *(item.id for item in items("progress"))]
    progress = right.selectbox(
        "Avancement",
        levels,
        levels.index(row["progress"]),
        format_func=lambda code: label("progress", code) if code else "Non renseigné",
        key=f"{key}_avancement",
        placeholder="Choisissez",
    )
    odd = coded("ODD visés", "odd", row["odd"], f"{key}_odd")
    return {
        "project_name": name,
        "step": step,
        "progress": progress,
        "summary": st.text_area("Résumé", row["summary"], key=f"{key}_resume"),
        "odd": odd,
        "odd_targets": _targets(row["odd_targets"], odd, f"{key}_cibles"),
        "practices": coded("Pratiques", "practice", row["practices"], f"{key}_pratiques"),
        "note": st.text_area("Note", row["note"], key=f"{key}_note"),
    }


def _targets(chosen: list[str], odd: list[str], key: str) -> list[str]:
    """Offer the targets of the ODD chosen, a precision that nobody has to give."""
    offered = {one.id: one for one in items("odd_target") if one.nature in odd}
    if not offered:
        return []
    picked = st.multiselect(
        "Cibles précises de ces ODD (facultatif)",
        list(offered),
        [code for code in chosen if code in offered],
        format_func=lambda code: f"{code}. {typeset(offered[code].label)}",
        key=key,
        placeholder="Aucune cible",
        select_all=False,
    )
    return [str(code) for code in picked]


def _with_whom(store_view: StoreView, row: dict[str, Any], key: str) -> dict[str, Any]:
    theirs = store_view.world(row["ecosystem_id"], *row["actor_ids"])
    alliances = theirs["alliance"]["alliance_name"]
    homes = world(store_view.book, row["ecosystem_id"], *row["actor_ids"])["ecosystem"]
    mine = ["", *(str(one) for one in homes.index)]
    actors = pick_actors(
        "Acteurs",
        store_view.offered(row["actor_ids"], row["ecosystem_id"]),
        f"{key}_acteurs",
        row["actor_ids"],
        store_view.inside(row["ecosystem_id"]),
    )
    joined = st.multiselect(
        "Alliances",
        [str(one) for one in alliances.index],
        [one for one in row["alliance_ids"] if one in alliances.index],
        format_func=lambda one: str(alliances[one]),
        key=f"{key}_alliances",
        placeholder="Aucune",
        select_all=False,
    )
    home = st.selectbox(
        "Écosystème",
        mine,
        mine.index(row["ecosystem_id"]) if row["ecosystem_id"] in mine else 0,
        format_func=lambda one: named(homes, one) if one else "Aucun",
        key=f"{key}_ecosysteme",
        placeholder="Choisissez",
    )
    return {"actor_ids": actors, "alliance_ids": list(joined), "ecosystem_id": str(home or "")}


def _save(store_view: StoreView, values: dict[str, Any], *, new: bool) -> None:
    book = store_view.book
    if new:
        values["project_id"] = new_id("projet", values["project_name"])
        values["rank"] = _last_rank(book) + _RANKS_APART
    values["fictive"] = is_fictive(values, book["actor"], "actor_ids")
    verb = "Nouveau projet" if new else "Modification du projet"
    if record := saved(PROJECT, lambda: checked_project(values, book), verb):
        edit("")
        st.session_state["projet"] = record["project_id"]
        st.rerun()


def _last_rank(book: Book) -> int:
    ranks = book["project"]["rank"]
    return int(ranks.max()) if len(ranks) else 0
