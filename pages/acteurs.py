"""Acteurs : everyone on the map of a territory, their records, corrected where they stand."""

import streamlit as st

from pages.components import shipped
from pages.components.downloads import downloads
from pages.components.full_export import handover
from pages.components.store_view import open_store_view
from pages.sections.acteurs import actors

desk = open_store_view()
table = desk.seen["actor"]
shown = actors.requested_actor(table)
if shown:
    actors.show_actor(desk, shown)
else:
    st.title("Acteurs", anchor=False)
    shipped.begin_when_empty(desk)
    real = desk.world()["actor"]
    rows = actors.filtered(real)
    actors.list_actors(rows, len(real))
    if len(rows):
        downloads(actors.offer(desk, rows))
    actors.new_actor()
    handover(desk.store)
