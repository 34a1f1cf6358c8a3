"""A long list, a page at a time: what the browser is given does not grow with the base."""

import pandas as pd
import streamlit as st

from geo.french import number
from pages.components.text import plain


def page_shown(found: pd.DataFrame, key: str, size: int) -> pd.DataFrame:
    """Return the rows of the page that ``one_page`` shows, without drawing what chooses it."""
    pages = max(-(-len(found) // size), 1)
    first = (min(st.session_state.get(f"page_{key}", 1), pages) - 1) * size
    return found.iloc[first : first + size]


def one_page(found: pd.DataFrame, key: str, size: int) -> pd.DataFrame:
    """Return the rows of the page asked, ``size`` at most; offer the others."""
    pages = -(-len(found) // size)
    if pages < 2:  # noqa: PLR2004
        return found
    name = f"page_{key}"
    if st.session_state.get(name, 1) > pages:  # the last page was emptied
        st.session_state[name] = pages
    first = (st.pagination(pages, key=name) - 1) * size
    shown = found.iloc[first : first + size]
    st.caption(
        plain(f"{number(first + 1)} à {number(first + len(shown))} sur {number(len(found))}.")
    )
    return shown
