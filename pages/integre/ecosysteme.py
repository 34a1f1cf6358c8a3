"""Écosystème, in another site's frame: locked to the ecosystem of its link, nothing to write."""

import streamlit as st

from geo.query.selection import Selection
from pages.components import embed, time_control
from pages.components.link import notices, open_link, share_link
from pages.components.page_frame import open_directory
from pages.components.store_view import open_store_view
from pages.components.text import plain
from pages.sections.ecosysteme import ecosystem_view

store_view = open_store_view(public=True)
open_link("ecosysteme", ecosysteme=store_view.knows("ecosystem"))
chosen, odd = (st.session_state.get(name, "") for name in ("ecosysteme", "odd"))
st.title("Un écosystème d’alliances", anchor=False)
notices()
embed.nothing_locked("un écosystème", chosen)
past = time_control.past_now(store_view, chosen)
found, link = past.state.ecosystem, {"ecosysteme": chosen, "odd": odd, **time_control.in_link()}
share_link(Selection(), **link)
embed.way_out("ecosysteme", link)
ecosystem_view.head(found)
time_control.say(past)
with st.container(key="vue_integree"):  # the map first, its legend under it
    sentence = ecosystem_view.show_on_map(store_view, found, "", odd)
st.caption(plain(sentence))
ecosystem_view.note(found)
ecosystem_view.alliances_table(store_view, found, odd=odd)
ecosystem_view.key_figures(found)
ecosystem_view.actors_table(found)
embed.sources(open_directory(), catalysts=False)
