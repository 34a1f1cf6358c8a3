"""What stands above every page, on one line: what waits for the coordination, who is signed in."""

import streamlit as st

from pages.components.session_user import how_to_come_in, signed_in_user
from pages.components.waiting import waiting_requests


def top_bar(page: str) -> None:
    """Draw the line above a page; empty, it takes no room: see ``web/styles/frame.css``."""
    how_to_come_in()
    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="qui"
    ):
        waiting_requests(page)
        signed_in_user()
