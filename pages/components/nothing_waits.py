"""What a page of work says when nothing waits there, or to who may not work there."""

import streamlit as st

from geo.french import typeset


def nothing_waits(sentence: str, what_comes: str, page: str, label: str) -> None:
    """Say that nothing waits, what will, and link the page that one may need next."""
    with st.container(key="rien_n_attend"):
        st.success(typeset(sentence), icon=":material/check_circle:")
        st.markdown(typeset(f"{what_comes} [{label}]({page})"))


def closed_room(what_it_is: str) -> None:
    """Say to who may not work on a page what is done there, and where anybody is welcome."""
    more = "[Voir les acteurs](/acteurs) ou [être mis en lien](/etre_mis_en_lien), sans compte."
    st.markdown(typeset(f"{what_it_is} {more}"))
