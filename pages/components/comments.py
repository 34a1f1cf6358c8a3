"""Comments on a record, between members: read, written and erased under it."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from geo.directory.comments import LONGEST, Comment, comment, comments_on, erase_comment
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import moment, typeset
from pages.components.confirmations import confirm
from pages.components.session_user import person
from pages.components.text import plain

_NOTICE: Final = (
    "Entre membres : ni publiés, ni exportés, et chiffrés. N’y écrivez rien d’une personne qu’elle "
    "ne pourrait lire ; un commentaire effacé l’est de tout l’historique."
)


def comments(store: Store, kind: str, record_id: str) -> None:
    """Show members what they said of a record; nothing to a visitor."""
    if not person().may_propose:
        return
    try:
        existing = comments_on(store, kind, record_id, person())
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    with st.expander(f"Commentaires ({len(existing)})", icon=":material/forum:"):
        st.caption(typeset(_NOTICE))
        for one in existing:
            _one(store, one)
        if not store.read_only:
            _form(store, kind, record_id, len(existing))


def _one(store: Store, one: Comment) -> None:
    who = person()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(f"{one.author}, {moment(one.written_at)}\u00a0: {one.text}"))
        theirs = who.may_write or one.is_by(who)
        if theirs and st.button("Effacer", key=f"efface_{one.comment_id}", type="tertiary"):
            _done(lambda: erase_comment(store, one, person()), "Commentaire effacé.")


def _form(store: Store, kind: str, record_id: str, turn: int) -> None:
    key = f"commentaire_{kind}_{record_id}_{turn}"
    with st.form(key, border=False):
        text = st.text_area("Votre commentaire", max_chars=LONGEST, key=f"{key}_texte")
        sent = st.form_submit_button("Commenter", icon=":material/send:")
    if sent:
        _done(lambda: comment(store, kind, record_id, text, person()), "Commentaire ajouté.")


def _done(write: Callable[[], int], sentence: str) -> None:
    try:
        write()
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    confirm(sentence)
    st.rerun()
