"""Trouver : the nearest catalysts to a place."""

import streamlit as st

from geo.analysis.nearest import nearest
from geo.analysis.origin import parse_origin
from pages.components.beside import list_beside
from pages.components.downloads import catalyst_downloads
from pages.components.filters import filter_bar, say_selection
from pages.components.link import notices, open_link, share_link
from pages.components.map import show_map
from pages.components.page_frame import about_the_data, map_records, open_directory
from pages.components.place_search import place_search
from pages.sections.trouver import search

open_link("trouver", lieu=parse_origin)
st.title("Trouver un catalyseur territorial", anchor=False)
st.markdown(
    "Un tiers de confiance qui relie collectivités, associations, entreprises, fondations et "
    "chercheurs pour agir ensemble sur un territoire."
)
book = open_directory()
notices()
chosen = place_search(
    "lieu",
    label=search.field_label(),
    placeholder="Par exemple : Charenton-le-Pont, 94220, CRTE Dombes…",
    points=True,
)
selection, more = filter_bar("Plus de filtres et réglages")
with more:
    asked = search.search_options(chosen)
origin = parse_origin(chosen) if chosen else None
share_link(selection, **(view := {"lieu": chosen or "", **search.in_url(asked)}))
answer = nearest(book, origin, selection, asked) if origin else None
rows = answer.all_rows if answer else book.select(selection)
places = search.beside(selection, answer)

left, right = st.columns([5, 6], gap="medium")
with right:
    search.legend(rows, answer, places)
    show_map(
        search.layers(rows, answer, map_records(book), places),
        key="trouver",
        title=search.map_title(rows, answer),
        bounds=search.bounds(answer),
        on_click=search.take_click,
        clicks=("place",),
    )
with left:
    if answer is None:
        say_selection(selection, len(rows), key="trouver")
        search.invite(selection)
        catalyst_downloads(book, rows, name="catalyseurs", query=selection.to_url())
    else:
        search.say(answer, selection)
        search.results(answer, selection)
        list_beside(selection, places, "À part, les plus proches")
        catalyst_downloads(book, rows, name="catalyseurs-proches", query=selection.to_url() | view)
about_the_data(book)
