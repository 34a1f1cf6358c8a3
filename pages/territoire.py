"""Territoire : one territory, who is there, who is near, what is missing."""

import streamlit as st

from geo.analysis.programmes import inside, selected
from geo.analysis.territory import sheet
from geo.french import typeset
from geo.query.parameters import TERRITORY
from pages.components.beside import badges_of, gaps_beside, list_beside
from pages.components.downloads import catalyst_downloads
from pages.components.filters import filter_bar
from pages.components.link import notices, open_link, share_link
from pages.components.page_frame import about_the_data, map_records, open_directory
from pages.components.place_search import place_search
from pages.components.place_tabs import place_tabs
from pages.components.sheet_downloads import sheet_downloads
from pages.sections.territoire import commune_shades, territory_view
from pages.sections.territoire.indicators import indicators_of

open_link("territoire", territoire=territory_view.known, communes=commune_shades.known)
st.title("Un territoire et ses catalyseurs", anchor=False)
book = open_directory()
notices()
chosen = place_search(
    "territoire",
    label=TERRITORY.label,
    placeholder="Par exemple : Paris Est Marne & Bois, CRTE du Pays de Gex, Ardèche…",
)
selection, more = filter_bar("Plus de filtres et réglages")
with more:
    near_km = territory_view.near_distance()
share_link(selection, territoire=chosen, **territory_view.in_url(near_km))
place_tabs("territoire")
if not chosen:
    territory_view.invite()
    about_the_data(book)
    st.stop()

answer = sheet(book, *territory_view.known(chosen), selection, near_km)
places = inside(selected(selection), *answer.territory.place)
territory_view.head(answer)
left, right = st.columns([5, 6], gap="medium")
with right:
    territory_view.show_on_map(answer, map_records(book), places)
with left:
    territory_view.catalysts(answer)
    list_beside(selection, places, files={"territoire": chosen})
territory_view.what_is_missing(answer)
gaps_beside(places)
badges_of(answer.territory)
indicators_of(answer.territory)
query = selection.to_url() | {"territoire": chosen, "autour": f"{near_km:g}"}
st.caption(typeset(f"Ces fichiers contiennent : {answer.composition}."))
name = f"catalyseurs-{answer.territory.kind}-{answer.territory.code}"
catalyst_downloads(book, answer.all_rows, name=name, query=query)
territory_view.perimeter_download(answer)
sheet_downloads(answer)
territory_view.relations(answer)
about_the_data(book)
