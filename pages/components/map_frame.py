"""The frame of the pages whose answer is a map: a panel of words, the map beside it, both at once.

Wide, the map fills the window and stays while the panel scrolls; on a phone one of them shows at a
time. The rules of both are in ``web/styles/frame.css``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from geo.templates import render

LIST, MAP = "liste", "carte"
_LISTED: Final = "vue_liste"


def map_frame() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return the panel and the view, in which a page draws its words and its map."""
    with st.container(key="cadre"):
        panel, view = st.columns([2, 3], gap="small")
    return panel, view.container(key="cadre_vue")


def switch(shown: str, view: str = "Carte") -> None:
    """Let a phone show the list or the view; ``shown`` is the one that shows first.

    ``view``: what the view is called, where it is no map.
    No page run is needed: the style sheet reads which one is checked.
    """
    with st.container(key="bascule"):
        st.html(render("switch.html", shown=shown, view=view))


@contextmanager
def listed() -> Iterator[None]:
    """Hold what a phone hides while it shows the map."""
    with st.container(key=_LISTED):
        yield


def invitation(sentence: str, icon: str) -> None:
    """Say how to begin; nobody begins on paper, where it is not printed."""
    with st.container(key="invitation"):
        st.info(sentence, icon=icon)


def legend_in_map(parts: str | Markup) -> None:
    """Fold the meaning of the marks into a corner of the map; on a phone it stands below.

    A map without marks has none.
    """
    if not parts:
        return
    with st.container(key="legende"):
        st.html(render("legend.html", parts=parts))
