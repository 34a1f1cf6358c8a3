"""The one door through which a page writes to the store."""

import streamlit as st

from geo.directory.access import Person
from geo.directory.proposals import propose
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.errors import AtlasError, ReadOnlyStoreError
from pages.components.session_user import person, why_not
from pages.components.text import plain


def book() -> Store:
    """Give the store in force; a store that cannot be opened stops the page with its reason."""
    try:
        return open_store()
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        st.stop()


def may_write() -> bool:
    """Tell whether what this visitor changes is received; say why when it is not."""
    store, who = book(), person()
    if store.read_only or not who.may_propose:
        st.info(plain(store.read_only or why_not()), icon=":material/lock:")
        return False
    if not who.may_write:
        st.caption("Vos modifications sont des propositions, que la coordination valide.")
    return True


def submit(changes: Changes, message: str) -> bool:
    """Write changes as one snapshot, or propose them when this visitor may only propose.

    The only door to the store: who is at the screen is asked again each time. Tell whether the
    changes were received; say why when they were not.
    """
    try:
        said = _received(changes, message, person())
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return False
    st.toast(plain(said), icon=":material/check:")
    return True


def _received(changes: Changes, message: str, who: Person) -> str:
    store = book()
    if who.may_write:
        store.write(changes, author=who.name, message=message)
        return message
    if not who.may_propose:
        raise ReadOnlyStoreError(why_not())
    if store.read_only:
        raise ReadOnlyStoreError(store.read_only)
    made = propose(changes, who.name, message, store)
    store.write(made, author=who.name, message=f"Proposition\u00a0: {message}")
    return "Proposition envoyée, à valider"
