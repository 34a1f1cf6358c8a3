"""How a page writes to the store: through the domain's one door, its answer on screen."""

import logging
from typing import Final

import streamlit as st

from geo.directory import submit as directory
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.errors import UNREADABLE, AtlasError, ReadOnlyStoreError
from pages.components import undo_bar
from pages.components.confirmations import confirm
from pages.components.session_user import is_its_users, person, why_not
from pages.components.text import plain

_CLOSED: Final = "Cette base ne reçoit pas de changement pour l’instant\u00a0: revenez plus tard."


def book() -> Store:
    """Return the store in force; one that cannot be opened stops the page.

    Its reason is for who can put a file back: on a public site it is in the log alone.
    """
    try:
        return open_store()
    except AtlasError as fault:
        logging.getLogger(__name__).warning("The store cannot be opened: %s", fault)
        st.title("Données indisponibles", anchor=False)
        st.error(plain(str(fault) if is_its_users() else UNREADABLE), icon=":material/error:")
        st.stop()


def may_write() -> bool:
    """Return whether what this visitor changes is received; say why when it is not."""
    store, who = book(), person()
    if store.read_only or not who.may_propose:
        # Its reason names files and settings: it is for who can change them.
        closed = store.read_only if is_its_users() else _CLOSED
        with st.container(key="base_fermee" if store.read_only else "lecture_seule"):
            st.info(plain(closed if store.read_only else why_not()), icon=":material/lock:")
        return False
    if not who.may_write:
        with st.container(key="a_valider"):
            st.caption("Vos modifications sont des propositions, que la coordination valide.")
    return True


def receives() -> bool:
    """Tell, without a word, whether what this visitor changes is received."""
    return person().may_propose and not book().read_only


def writes_at_once() -> bool:
    """Tell, without a word, whether what this visitor changes is written at once."""
    return person().may_write and not book().read_only


def submit(changes: Changes, message: str) -> bool:
    """Have changes written, or proposed when this visitor may only propose.

    Who is at the screen is asked again each time. Return whether the changes were received; say
    why when they were not.
    """
    who = person()
    try:
        if not who.may_propose:
            raise ReadOnlyStoreError(why_not())
        done = directory.submit(changes, message, who, book())
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return False
    confirm(done.sentence)
    kinds = {
        kind for part in (changes.put, changes.drop) for kind, records in part.items() if records
    }
    if undo_bar.offers(kinds):
        undo_bar.remember(done.snapshot, message)
    return True
