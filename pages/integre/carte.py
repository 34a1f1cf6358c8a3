"""Carte, in another site's frame: the map and its list, filtered as the link says."""

import streamlit as st

from geo.analysis.programmes import in_words, selected
from geo.output import atlas_map, maps
from geo.output.cards import catalyst_list
from geo.output.maps import map_records
from pages.components import embed
from pages.components.beside import legend_beside
from pages.components.filters import chosen_selection
from pages.components.link import notices, open_link, share_link
from pages.components.map import show_map
from pages.components.page_frame import open_directory
from pages.components.paging import one_page
from pages.components.text import plain
from pages.sections.carte import atlas

open_link("carte", indicateur=atlas.indicator)
st.title("Catalyseurs territoriaux", anchor=False)
book = open_directory()
notices()
selection = chosen_selection()
kind, shade = (st.session_state.get(name, "") for name in ("contours", "indicateur"))
query = selection.to_url() | atlas.in_url(kind, shade)
share_link(selection, **atlas.in_url(kind, shade))
embed.way_out("carte", query)
rows = book.select(selection)
places = selected(selection)
st.markdown(f"**{plain(selection.sentence(len(rows), in_words(places)))}**")
values = atlas.values(atlas.compare(book, kind, selection), shade)
show_map(
    [
        *atlas_map.layers(rows, map_records(book), kind, shade, values),
        *maps.programme_layers(places),
    ],
    key="carte",
    title=atlas_map.title(rows, kind, shade),
)
st.html(atlas.legend(rows, kind, shade, values) + legend_beside(places))
atlas.say_origin(kind, shade)
st.header("Les mêmes catalyseurs, en liste", anchor=False)
st.html(embed.in_new_tab(catalyst_list(one_page(rows, "catalyseurs", 100))))
embed.sources(book)
