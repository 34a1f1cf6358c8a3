"""Carte : all catalysts, over territories drawn as outlines or shaded."""

import streamlit as st

from geo.analysis.programmes import selected
from geo.output import atlas_map, maps
from pages.components.beside import legend_beside, list_beside
from pages.components.catalyst_table import catalyst_table
from pages.components.downloads import catalyst_downloads
from pages.components.filters import filter_drawer, say_selection
from pages.components.image_downloads import image_download
from pages.components.link import notices, open_link, share_link
from pages.components.map import show_map
from pages.components.map_frame import MAP, legend_in_map, listed, map_frame, switch
from pages.components.page_frame import about_the_data, open_directory
from pages.components.sheet_downloads import report_downloads
from pages.sections.carte import atlas, unanswered

open_link("carte", indicateur=atlas.indicator)
book = open_directory()
panel, view = map_frame()
with panel:
    st.title("La carte des catalyseurs", anchor=False)
    notices()
    selection, more = filter_drawer("Filtres et territoires")
    with more:
        kind, shade = atlas.choose()
share_link(selection, **atlas.in_url(kind, shade))
rows = book.select(selection)
seen = atlas.compare(book, kind, selection)
values, places = atlas.values(seen, shade), selected(selection)
drawings = atlas_map.layers(rows, maps.map_records(book), kind, shade, values)
with view:
    legend_in_map(atlas.legend(rows, kind, shade, values) + legend_beside(places))
    show_map(
        [*unanswered.layers(), *drawings, *maps.programme_layers(places)],
        key="carte",
        title=atlas_map.title(rows, kind, shade),
    )
with panel:
    say_selection(selection, len(rows), key="carte")
    switch(MAP)
    with listed():
        st.caption(atlas_map.what_is_not_on_the_map(rows))
        atlas.say_origin(kind, shade)
        unanswered.say()
        atlas.first_cards(rows)
        if len(rows):
            catalyst_downloads(book, rows, name="catalyseurs", query=selection.to_url())
        image_download("carte", selection.to_url() | atlas.in_url(kind, shade))
        report_downloads(book, selection)
        about_the_data(book)
if seen is not None:
    st.header("Les mêmes chiffres, par territoire", anchor=False)
    atlas.territory_table(seen, shade, places, values)
    atlas.territory_downloads(book, seen, selection, shade)
if len(rows):
    st.header("Les mêmes catalyseurs, en liste", anchor=False)
    catalyst_table(rows)
list_beside(selection, places, files={})
