"""Catalyseurs : the sortable list equal to the map, and one catalyst's own page."""

import streamlit as st

from pages.widgets import sheet
from pages.widgets.downloads import catalyst_downloads
from pages.widgets.filters import filter_bar, say_selection, text_filter
from pages.widgets.frame import about_the_data, open_directory
from pages.widgets.link import notices, open_link, share_link

book = open_directory()
open_link("catalyseurs")
shown = sheet.asked(book)
if shown:
    sheet.show_catalyst(book, shown)
else:
    st.title("Catalyseurs", anchor=False)
    notices()
    text_filter()
    selection, _ = filter_bar()
    share_link(selection)
    rows = book.select(selection)
    say_selection(selection, len(rows), key="catalyseurs")
    if len(rows):
        sheet.catalyst_table(rows)
        sheet.open_one(rows)
        catalyst_downloads(book, rows, name="catalyseurs", query=selection.to_url())
    about_the_data(book)
