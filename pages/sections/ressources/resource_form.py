"""One resource added, corrected or withdrawn by hand."""

from typing import Any

import pandas as pd
import streamlit as st

from geo.directory.ecosystems import new_id, row_of
from geo.directory.resources import checked_resource
from geo.directory.schema import RESOURCE
from geo.directory.store.changes import Changes
from geo.errors import AtlasError
from geo.vocabulary import items, label
from pages.components.provenance import coded, date_field, provenance_fields
from pages.components.submit import submit
from pages.components.text import plain

_NEW = "Nouvelle ressource"


def edit_resource(every: pd.DataFrame) -> None:
    """Draw the form of a resource, new or known; what is typed is checked whole."""
    with st.expander("Ajouter ou corriger une ressource", icon=":material/edit:"):
        names = every["resource_name"]
        chosen = st.selectbox(
            "Ressource",
            ["", *(str(one) for one in names.index)],
            format_func=lambda one: str(names[one]) if one else _NEW,
            key="ressource_choisie",
            placeholder="Choisissez",
        )
        known = chosen in names.index
        row = row_of({"resource": every}, "resource", str(chosen)) if known else RESOURCE.blank()
        turn = st.session_state.setdefault("ressource_tour", 0)
        key = f"ressource_{chosen}_{row['revision']}_{turn}"
        values = {**row, **_fields(row, key), **provenance_fields(row, key)}
        if st.button("Enregistrer la ressource", type="primary", icon=":material/save:"):
            _save(values, turn, new=not known)


def _fields(row: dict[str, Any], key: str) -> dict[str, Any]:
    name = st.text_input("Titre", row["resource_name"], key=f"{key}_titre")
    publisher = st.text_input("Éditeur", row["publisher"], key=f"{key}_editeur")
    website = st.text_input(
        "Adresse", row["website"], key=f"{key}_adresse", placeholder="https://…"
    )
    return {
        "resource_name": name,
        "publisher": publisher,
        "website": website,
        "no_address": "" if website else row["no_address"],
        "resource_kind": _one("Nature", "resource_kind", row["resource_kind"], f"{key}_nature"),
        "expected_list": _one(
            "Liste annoncée", "expected_list", row["expected_list"], f"{key}_liste"
        ),
        "practices": coded("Pratiques", "practice", row["practices"], f"{key}_pratiques"),
        "steps": coded("Étapes", "project_step", row["steps"], f"{key}_etapes"),
        "odd": coded("ODD", "odd", row["odd"], f"{key}_odd"),
        "profiles": coded("Profils", "any_profile", row["profiles"], f"{key}_profils"),
        "maturity": coded("Maturités", "maturity", row["maturity"], f"{key}_maturite"),
        "published_on": date_field("Date", row["published_on"], f"{key}_le"),
        "note": st.text_area("Note", row["note"], key=f"{key}_note"),
    }


def _one(title: str, vocabulary_id: str, current: str, key: str) -> str:
    codes = ["", *(item.id for item in items(vocabulary_id))]
    chosen = st.selectbox(
        title,
        codes,
        codes.index(current),
        format_func=lambda code: label(vocabulary_id, code) if code else "Non renseignée",
        key=key,
        placeholder="Choisissez",
    )
    return str(chosen or "")


def _save(values: dict[str, Any], turn: int, *, new: bool) -> None:
    if new:
        values["resource_id"] = new_id("ressource", values["resource_name"])
    try:
        record = checked_resource(values)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    verb = "Nouvelle ressource" if new else "Modification de la ressource"
    if submit(Changes.one("resource", record), f"{verb} : {record['resource_name']}"):
        st.session_state["ressource_tour"] = turn + 1
        st.rerun()
