"""Acteurs : everyone on the map of a territory, their records, corrected where they stand."""

import streamlit as st

from geo.query.selection import Selection
from pages.components import shipped
from pages.components.downloads import downloads
from pages.components.full_export import handover
from pages.components.link import notices, open_link, share_link
from pages.components.place_tabs import place_tabs
from pages.components.store_view import open_store_view
from pages.sections.acteurs import actors, unplaced
from pages.sections.ecosysteme import ecosystem_view

store_view = open_store_view()
table = store_view.seen["actor"]
open_link("acteurs", ecosysteme=store_view.knows("ecosystem"))
shown = actors.requested_actor(table)
if shown:
    actors.show_actor(store_view, shown)
else:
    st.title("Acteurs", anchor=False)
    notices()
    chosen = ecosystem_view.choose(store_view)
    shipped.warn_of_trial(chosen)
    place_tabs("acteurs")
    share_link(Selection(), ecosysteme=chosen)
    real = store_view.world()["actor"]
    rows = actors.filtered(actors.of_ecosystem(store_view, chosen) if chosen else real)
    actors.list_actors(store_view, rows, chosen, len(real))
    if len(rows):
        downloads(actors.offer(store_view, rows, chosen))
    shipped.begin_when_empty(store_view)
    unplaced.place_unplaced(store_view)
    actors.new_actor()
    handover(store_view.store)
