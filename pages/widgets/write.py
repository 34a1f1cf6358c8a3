"""The one door through which a page writes to the store."""

import streamlit as st

from geo.directory.store.changes import Changes
from geo.directory.store.opening import open_store
from geo.directory.store.store import Store
from geo.errors import AtlasError
from pages.widgets.text import plain
from pages.widgets.who import person


def book() -> Store:
    """Give the store in force; a store that cannot be opened stops the page with its reason."""
    try:
        return open_store()
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        st.stop()


def may_write() -> bool:
    """Tell whether what this visitor changes is received; say why when it is not."""
    store = book()
    if store.read_only:
        st.info(plain(store.read_only), icon=":material/lock:")
        return False
    if not person().may_propose:
        st.info(
            "Consultation seulement : identifiez-vous pour proposer une modification.",
            icon=":material/lock:",
        )
        return False
    return True


def submit(changes: Changes, message: str) -> bool:
    """Write changes as one snapshot; tell whether they were, say why when they were not."""
    who = person()
    try:
        if not who.may_write:
            st.error("Cette modification demande le rôle de coordination.", icon=":material/lock:")
            return False
        book().write(changes, author=who.name, message=message)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return False
    st.toast(plain(message), icon=":material/check:")
    return True
