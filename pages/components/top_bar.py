"""What stands above every page, on one line: what waits for the coordination, who is signed in."""

from typing import Final

import streamlit as st

from pages.components.session_user import how_to_come_in, signed_in_user
from pages.components.waiting import waiting_requests

_NOTHING_TO_CHANGE: Final = {"methode", "integrer", "reperes", "etre_mis_en_lien", "completer"}
"""Pages where « consultation seulement » would say that one may do less than one may."""


def top_bar(page: str) -> None:
    """Draw the line above a page; empty, it takes no room: see ``web/styles/frame.css``."""
    if page not in _NOTHING_TO_CHANGE:
        how_to_come_in()
    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="qui"
    ):
        waiting_requests(page)
        signed_in_user()
