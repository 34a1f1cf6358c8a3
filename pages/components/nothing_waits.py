"""What a page of work says when nothing waits there: what will come, and where to go meanwhile."""

import streamlit as st

from geo.french import typeset


def nothing_waits(sentence: str, what_comes: str, page: str, label: str) -> None:
    """Say that nothing waits, what will, and link the page that one may need next."""
    with st.container(key="rien_n_attend"):
        st.success(typeset(sentence), icon=":material/check_circle:")
        st.markdown(typeset(f"{what_comes} [{label}]({page})"))
