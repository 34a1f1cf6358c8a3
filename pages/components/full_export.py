"""The complete base handed over, contacts included: asked for, told why, written down."""

import streamlit as st

from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.output.full_export import NAME, WARNING, complete_zip
from pages.components.file_button import file_button
from pages.components.session_user import person
from pages.components.text import plain


def handover(store: Store) -> None:
    """Let the coordination take the whole base away; the history keeps who did, and why."""
    who = person()
    if not who.may_write or store.read_only:
        return
    with st.expander("Remettre la base complète, contacts compris", icon=":material/lock_open:"):
        st.warning(f"Ce fichier {WARNING}.", icon=":material/privacy_tip:")
        with st.form("remise", border=False):
            reason = st.text_input("À qui, et pourquoi", max_chars=200)
            pressed = st.form_submit_button("Préparer le fichier", icon=":material/folder_zip:")
        if not pressed:
            return
        try:
            content = complete_zip(store, author=who.name, reason=reason)
        except AtlasError as fault:
            st.error(plain(str(fault)), icon=":material/error:")
            return
        file_button(
            "Télécharger la base complète",
            content,
            NAME,
            "application/zip",
        )
