"""What a write answers, in a toast of the run that is shown: a page reruns after most writes.

Streamlit drops what it has not sent yet of a run as the next begins: a toast made just before
``st.rerun`` is seen or not as chance has it. Source: Streamlit 1.67, ``AppSession._clear_queue``.
"""

from typing import Final

import streamlit as st

from pages.components.text import plain

_WAITING: Final = "confirmations"


def confirm(sentence: str) -> None:
    """Have a sentence shown at the end of this run, or as the next begins when this one stops."""
    st.session_state.setdefault(_WAITING, []).append(sentence)


def show_confirmations() -> None:
    """Show what waits, once."""
    for sentence in st.session_state.pop(_WAITING, []):
        st.toast(plain(sentence), icon=":material/check:")
