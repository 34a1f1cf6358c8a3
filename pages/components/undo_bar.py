"""« Annuler » : a bar at the top after a write, until the next page; a toast holds no button."""

from typing import Final

import streamlit as st

from geo.directory.store.open import open_store
from geo.directory.undoing import undoable, undone
from geo.errors import AtlasError
from geo.french import NBSP
from pages.components.confirmations import confirm
from pages.components.session_user import person
from pages.components.text import plain

_KEPT: Final = "a_annuler"


def remember(snapshot: int, message: str) -> None:
    """Keep the write that may be undone from the bar: the last one."""
    st.session_state[_KEPT] = (snapshot, message, st.session_state.get("page"))


def undo_bar() -> None:
    """Offer to undo the last write of this visitor, while they stay on the page it was made on."""
    snapshot, message, page = st.session_state.get(_KEPT, (0, "", None))
    if not snapshot or not person().may_write:
        return
    if page != st.session_state.get("page"):
        del st.session_state[_KEPT]
        return
    with st.container(horizontal=True, vertical_alignment="center", key="annuler"):
        st.caption(plain(f"Enregistré{NBSP}: {message}"), width="content")
        undo = st.button("Annuler", key="annuler_bouton", icon=":material/undo:")
        st.button("Fermer", key="annuler_fermer", type="tertiary", on_click=_forget)
    if undo:
        _undo(snapshot, message)


def _forget() -> None:
    st.session_state.pop(_KEPT, None)


def _undo(snapshot: int, message: str) -> None:
    # It knows every kind of change, imports included: a visitor who reads waits for none of it.
    from geo.directory.submit import submit  # noqa: PLC0415

    try:
        store = open_store()
        undo_message = f"Annulation{NBSP}: {message}"
        done = submit(undone(store, snapshot), undo_message, person(), store)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    _forget()
    confirm(done.sentence)
    st.rerun()


def offers(kinds: set[str]) -> bool:
    """Return whether the bar may undo a write of these kinds: decisions have their own pages."""
    return bool(kinds) and person().may_write and undoable(kinds)
