"""The states of the base, each undone by its own button; one that wrote much asks first."""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.directory.store.history import HistoryEntry
from geo.directory.store.store import Store
from geo.directory.undoing import published_again, undoable, undone
from geo.errors import AtlasError
from geo.french import NBSP, moment, typeset
from geo.output.html import lines, strong
from pages.components.submit import submit
from pages.components.text import plain

TITLE: Final = "Les enregistrements, du plus récent au plus ancien"
HEADER: Final = ("Date", "Auteur", "Motif", "Fiches")
_MUCH: Final = 20
"""Records that one press undoes at most without being asked again."""
_ASKED: Final = "publie_de_nouveau"
_SURE: Final = "Tout ce qu’il a changé est remis comme avant lui ; ce qui suivit reste."


def undo_rows(
    store: Store, found: Sequence[HistoryEntry], line: Callable[[HistoryEntry], list[str]]
) -> None:
    """List states, the last first, and undo one by its button: that writes one state more.

    ``line``: the cells of a state, in the order of ``HEADER``.
    """
    st.html(strong(TITLE))
    for one in found:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"ligne_etat_{one.snapshot}"
        ):
            day, author, why, touched = line(one)
            # Of one record, the reason names it.
            st.html(_row(why, day, author, *([touched] if _many(one) != 1 else [])))
            kinds = {kind.name for kind in one.kinds}
            if kinds and undoable(kinds):
                _offer(store, one)
        _ask_again(store, one)


def _row(why: str, *about: str) -> Markup:
    below = Markup('<span class="source">{}</span>').format(Markup(" · ").join(about))
    return Markup("<p>{}</p>").format(lines([strong(why), below]))


def _many(one: HistoryEntry) -> int:
    """Count the records that a state wrote."""
    return sum(touched["put"] + touched["drop"] for touched in one.touched.values())


def _offer(store: Store, one: HistoryEntry) -> None:
    label, key = f"Annuler celui du {moment(one.written_at)}", f"annuler_etat_{one.snapshot}"
    icon = ":material/undo:"
    if _many(one) <= _MUCH:
        if st.button(label, key=key, icon=icon):
            _undo(store, one)
        return
    with st.popover(label, icon=icon):
        st.markdown(typeset(_SURE))
        if st.button("Confirmer l’annulation", key=key, type="primary"):
            _undo(store, one)


def _undo(store: Store, one: HistoryEntry, *, sure: bool = False) -> None:
    try:
        changes, again = undone(store, one.snapshot), published_again(store, one.snapshot)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    if again and not sure:
        st.session_state[_ASKED] = one.snapshot, again
    elif submit(changes, f"Annulation{NBSP}: {one.message}"):
        st.session_state.pop(_ASKED, None)
        st.rerun()


def _ask_again(store: Store, one: HistoryEntry) -> None:
    """Say what would be public again before it is, under the row that was pressed."""
    snapshot, again = st.session_state.get(_ASKED, (None, ""))
    if snapshot != one.snapshot:
        return
    st.warning(plain(again), icon=":material/visibility:")
    if st.button("Publier de nouveau", key=f"publier_etat_{snapshot}", type="primary"):
        _undo(store, one, sure=True)
