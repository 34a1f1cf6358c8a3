"""Territoire, in another site's frame: locked to the territory of its link."""

import streamlit as st

from geo.analysis.programmes import in_words, inside, selected
from geo.analysis.territory import sheet
from geo.output import maps
from geo.output.cards import catalyst_list
from geo.output.maps import map_records
from geo.output.territory_answer import sheet_bounds, sheet_layers, sheet_title, titled_groups
from pages.components import embed
from pages.components.beside import legend_beside
from pages.components.filters import chosen_selection
from pages.components.link import notices, open_link, share_link
from pages.components.map import show_map
from pages.components.page_frame import open_directory
from pages.components.paging import one_page
from pages.components.text import plain
from pages.sections.territoire import territory_view

open_link("territoire", territoire=territory_view.known)
chosen = st.session_state.get("territoire", "")
book = open_directory()
if not chosen:
    st.title("Un territoire et ses catalyseurs", anchor=False)
notices()
embed.nothing_locked("un territoire", chosen)
selection, near_km = chosen_selection(), embed.linked_distance()
around = territory_view.in_url(near_km)
share_link(selection, territoire=chosen, **around)
answer = sheet(book, *territory_view.known(chosen), selection, near_km)
st.title(f"Catalyseurs : {answer.territory.label}".replace(" :", "\u00a0:"), anchor=False)
embed.way_out("territoire", selection.to_url() | {"territoire": chosen} | around)
places = inside(selected(selection), *answer.territory.place)
st.markdown(f"**{plain(selection.sentence(len(answer.present), in_words(places)))}**")
show_map(
    [*sheet_layers(answer, map_records(book)), *maps.programme_layers(places)],
    key="territoire",
    title=sheet_title(answer),
    bounds=sheet_bounds(answer),
)
st.html(territory_view.legend(answer) + legend_beside(places))
for group, (title, rows) in enumerate(titled_groups(answer).items()):
    if len(rows):
        st.header(title, anchor=False)
        st.html(embed.in_new_tab(catalyst_list(one_page(rows, f"groupe_{group}", 100))))
embed.sources(book)
