"""What a write answers, in a toast of the run that is shown: a page reruns after most writes.

Streamlit drops what it has not sent yet of a run as the next begins: a toast made just before
``st.rerun`` is seen or not as chance has it. Source: Streamlit 1.67, ``AppSession._clear_queue``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException

from pages.components.text import plain

_WAITING: Final = "confirmations"


def confirm(sentence: str) -> None:
    """Have a sentence shown at the end of this run, or as the next begins when this one stops."""
    st.session_state.setdefault(_WAITING, []).append(sentence)


@contextmanager
def confirmations() -> Iterator[None]:
    """Show what waits before the page and after it, once; what another run cuts short stays.

    The map of a page asks for a run as soon as it is drawn: what was not sent by then is lost.
    """
    shown = _show(0)
    try:
        yield
        shown = _show(shown)
    except RerunException:
        shown = 0
        raise
    finally:
        del st.session_state.setdefault(_WAITING, [])[:shown]


def _show(first: int) -> int:
    """Show what waits from a place on; return how many there are."""
    waiting = st.session_state.get(_WAITING, [])
    for sentence in waiting[first:]:
        st.toast(plain(sentence), icon=":material/check:")
    return len(waiting)
