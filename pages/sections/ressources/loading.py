"""A file of resources brought by the coordination: read, told row by row, then written whole."""

import streamlit as st

from geo.directory.importing.apart import read_apart
from geo.directory.importing.limits import limits_in_force
from geo.directory.resources import Loading, every_resource, load, template
from geo.errors import AtlasError
from geo.french import count
from pages.components.client import client_address
from pages.components.file_button import file_button
from pages.components.submit import book, submit
from pages.components.text import plain
from pages.components.uploads import ask_file

_SHOWN = 30


def load_file() -> None:
    """Ask for a file, say what it would change, and write it once confirmed."""
    with st.expander("Charger un fichier de ressources", icon=":material/upload_file:"):
        st.markdown(
            "CSV ou classeur, une ressource par ligne, colonnes du modèle. Le même fichier chargé "
            "deux fois ne change rien ; une ligne fautive, et rien n’est enregistré. Pour remplir "
            "une liste annoncée (les sept parcours, par exemple), dites-la dans « Liste annoncée »."
        )
        file_button(
            "Modèle de fichier (CSV)",
            template,
            "modele-ressources.csv",
            "text/csv",
            icon=":material/table:",
        )
        turn = st.session_state.setdefault("ressources_tour", 0)
        brought = ask_file("Fichier de ressources", key=f"ressources_fichier_{turn}")
        if brought is not None and (made := _read(brought.getvalue(), brought.name)):
            _confirm(made, turn)


def _read(content: bytes, name: str) -> Loading | None:
    try:
        table = read_apart(content, name, limits=limits_in_force(), client=client_address())
        made = load(table, every_resource(book()))
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return None
    st.markdown(f"**{plain(made.sentence)}**")
    if made.unread:
        st.caption(plain(f"Colonnes non lues : {', '.join(made.unread)}."))
    if made.faults:
        listing = "\n".join(f"- {plain(fault)}" for fault in made.faults[:_SHOWN])
        more = len(made.faults) - _SHOWN
        rest = f"\n- {count(more, 'autre ligne', 'autres lignes')}" if more > 0 else ""
        st.error(listing + rest)
    return made


def _confirm(made: Loading, turn: int) -> None:
    changes = made.changes
    if not changes:
        return
    if st.button("Enregistrer ces ressources", type="primary", icon=":material/save:") and submit(
        changes, f"Ressources chargées depuis {made.name} : {made.sentence}"
    ):
        st.session_state["ressources_tour"] = turn + 1
        st.rerun()
