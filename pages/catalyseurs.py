"""Catalyseurs : the sortable list equal to the map, and one catalyst's own page."""

import streamlit as st

from pages.components import catalyst_table
from pages.components.downloads import catalyst_downloads
from pages.components.filters import filter_drawer, say_selection, text_filter
from pages.components.link import notices, open_link, share_link
from pages.components.page_frame import about_the_data, open_directory
from pages.sections.catalyseurs.catalyst_page import show_catalyst

book = open_directory()
open_link("catalyseurs")
shown = catalyst_table.requested_catalyst(book)
if shown:
    show_catalyst(book, shown)
else:
    st.title("Catalyseurs", anchor=False)
    notices()
    text_filter()
    selection, _ = filter_drawer()
    share_link(selection)
    rows = book.select(selection)
    say_selection(selection, len(rows), key="catalyseurs")
    if len(rows):
        catalyst_table.open_one(rows)
        catalyst_table.catalyst_cards(rows)
        st.header("Les mêmes, en tableau à trier", anchor=False)
        catalyst_table.catalyst_table(rows)
        catalyst_downloads(book, rows, name="catalyseurs", query=selection.to_url())
    about_the_data(book)
