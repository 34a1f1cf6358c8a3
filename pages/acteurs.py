"""Acteurs : everyone on the map of a territory, their records, corrected where they stand."""

import streamlit as st

from pages.widgets import actors
from pages.widgets.desk import open_desk
from pages.widgets.downloads import downloads
from pages.widgets.handover import handover

desk = open_desk()
table = desk.seen["actor"]
shown = actors.asked(table)
if shown:
    actors.show_actor(desk, shown)
else:
    st.title("Acteurs", anchor=False)
    rows = actors.filtered(table)
    actors.list_actors(rows, len(table))
    if len(rows):
        downloads(actors.offer(desk, rows))
    actors.new_actor()
    handover(desk.store)
