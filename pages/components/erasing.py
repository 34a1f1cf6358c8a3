"""Forget a person for good, wherever a page names one: asked twice, done once."""

import streamlit as st

from geo.directory.store.encryption import erase
from geo.directory.store.store import Store
from geo.errors import AtlasError
from pages.components.confirmations import confirm
from pages.components.session_user import person
from pages.components.text import plain


def erasing(store: Store, contact_id: str) -> None:
    """Let the coordination erase a contact, once it says that it is sure."""
    sure = st.checkbox(
        "Effacer définitivement, de la base et de tout son historique", key=f"sure_{contact_id}"
    )
    if sure and st.button(
        "Effacer cette personne",
        key=f"erase_{contact_id}",
        type="primary",
        icon=":material/delete_forever:",
    ):
        _erase(store, contact_id)


def _erase(store: Store, contact_id: str) -> None:
    who = person()
    if not who.may_write:  # asked again: the form may have been drawn for somebody else
        return
    try:
        erase(store, contact_id, author=who.name)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    confirm("Contact effacé.")
    st.rerun()
