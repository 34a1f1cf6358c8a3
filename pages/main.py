"""The router: what anybody reads, what a territory makes, what its team tends."""

import streamlit as st

from geo.directory.store.moment import one_moment
from geo.templates import web_path
from pages.components.confirmations import confirmations
from pages.components.embed import embedded, framed_pages
from pages.components.link import carry_over
from pages.components.measures import measured
from pages.components.menu import menu
from pages.components.page_frame import say_nothing_yet, warn_of_fiction, warn_of_loss
from pages.components.run_turn import in_turn
from pages.components.session_user import person
from pages.components.top_bar import top_bar
from pages.components.undo_bar import undo_bar

with in_turn(), one_moment(), measured() as run:
    sections = menu(person())
    in_frame = embedded()
    page = st.navigation(
        framed_pages(sections) if in_frame else sections, position="hidden" if in_frame else "top"
    )
    run.page = page.url_path
    st.set_page_config(
        page_title=f"{page.title} · Catalyseurs territoriaux",
        page_icon=str(web_path("favicon.svg")),
        layout="wide",
    )
    carry_over(page.url_path)
    if not in_frame:
        st.logo(str(web_path("logo.svg")), size="large")
        top_bar(page.url_path)
        undo_bar()
    with confirmations():
        warn_of_fiction()
        warn_of_loss()
        if not in_frame:
            say_nothing_yet(page.url_path)
        page.run()
