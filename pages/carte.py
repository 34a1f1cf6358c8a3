"""Carte : all catalysts, over territories drawn as outlines or shaded."""

import streamlit as st

from geo.analysis.programmes import selected
from geo.output import maps
from pages.components.beside import legend_beside, list_beside
from pages.components.catalyst_table import catalyst_table
from pages.components.downloads import catalyst_downloads
from pages.components.filters import filter_bar, say_selection
from pages.components.link import notices, open_link, share_link
from pages.components.map import show_map
from pages.components.page_frame import about_the_data, map_records, open_directory
from pages.components.sheet_downloads import report_downloads
from pages.sections.carte import atlas, unanswered

open_link("carte", indicateur=atlas.indicator)
st.title("La carte des catalyseurs", anchor=False)
book = open_directory()
notices()
selection, _ = filter_bar()
drawn, shade = atlas.choose()
share_link(selection, **atlas.in_url(drawn, shade))
rows = book.select(selection)
say_selection(selection, len(rows), key="carte")
st.caption(atlas.what_is_not_on_the_map(rows))

seen = atlas.compare(book, drawn, selection)
values = atlas.values(seen, shade)
atlas.legend(rows, drawn, shade, values)
places = selected(selection)
legend_beside(places)
drawings = atlas.layers(rows, map_records(book), drawn, shade, values)
show_map(
    [*unanswered.layers(), *drawings, *maps.programme_layers(places)],
    key="carte",
    title=atlas.map_title(rows, drawn, shade),
)
unanswered.say()
if seen is not None:
    st.header("Les mêmes chiffres, par territoire", anchor=False)
    atlas.territory_table(seen, shade, places)
    atlas.territory_downloads(book, seen, selection, shade)
st.header("Les mêmes catalyseurs, en liste", anchor=False)
if len(rows):
    catalyst_table(rows)
    catalyst_downloads(book, rows, name="catalyseurs", query=selection.to_url())
list_beside(selection, places, files={})
report_downloads(book, selection)
about_the_data(book)
