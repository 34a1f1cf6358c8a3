"""Territoire, in another site's frame: locked to the territory of its link."""

import streamlit as st

from geo.analysis.territory import sheet
from geo.output.cards import catalyst_list
from pages.widgets import ecosystem, embed
from pages.widgets.filters import chosen_selection
from pages.widgets.frame import map_records, open_directory
from pages.widgets.link import notices, open_link, share_link
from pages.widgets.map_view import show_map
from pages.widgets.text import plain

open_link("territoire", territoire=ecosystem.known)
chosen = st.session_state.get("territoire", "")
book = open_directory()
if not chosen:
    st.title("Un territoire et ses catalyseurs", anchor=False)
notices()
embed.nothing_locked("un territoire", chosen)
selection, near_km = chosen_selection(), embed.linked_distance()
around = ecosystem.in_url(near_km)
share_link(selection, territoire=chosen, **around)
answer = sheet(book, *ecosystem.known(chosen), selection, near_km)
st.title(f"Catalyseurs : {answer.territory.label}".replace(" :", "\u00a0:"), anchor=False)
embed.way_out("territoire", selection.to_url() | {"territoire": chosen} | around)
st.markdown(f"**{plain(selection.sentence(len(answer.present)))}**")
show_map(
    ecosystem.layers(answer, map_records(book)),
    key="territoire",
    title=ecosystem.map_title(answer),
    bounds=ecosystem.bounds(answer),
)
ecosystem.legend(answer)
for title, rows in ecosystem.titled(answer).items():
    if len(rows):
        st.header(title, anchor=False)
        st.html(embed.in_new_tab(catalyst_list(rows)))
embed.sources(book)
