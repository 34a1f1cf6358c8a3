"""Territoire : one territory, who is there, who is near, what is missing."""

import streamlit as st

from geo.analysis.territory import sheet
from geo.output.maps import map_records
from geo.query.parameters import TERRITORY
from pages.components import contracts, time_control
from pages.components.beside import badges_of, gaps_beside, list_beside
from pages.components.filters import filter_drawer
from pages.components.link import notices, open_link, share_link
from pages.components.map_frame import LIST, MAP, listed, map_frame, switch
from pages.components.page_frame import about_the_data, open_directory
from pages.components.place_search import place_search
from pages.components.place_tabs import place_tabs
from pages.sections.territoire import commune_shades, territory_view
from pages.sections.territoire.indicators import indicators_of

open_link("territoire", territoire=territory_view.known, communes=commune_shades.known)
book = open_directory()
panel, view = map_frame()
with panel:
    st.title("Un territoire et ses catalyseurs", anchor=False)
    notices()
    chosen = place_search("territoire", label=TERRITORY.label, placeholder=territory_view.EXAMPLES)
    selection, more = filter_drawer("Filtres et réglages")
    with more:
        near_km = territory_view.near_distance()
    shown = territory_view.in_url(near_km) | time_control.in_link()
    share_link(selection, territoire=chosen, **shown)
    place_tabs("territoire")
if not chosen:
    with panel:
        switch(MAP)
        with listed():
            territory_view.invite()
            about_the_data(book)
    with view:
        territory_view.show_france(book.select(selection), map_records(book))
    st.stop()

answer = sheet(book, *territory_view.known(chosen), selection, near_km)
with panel:
    territory_view.head(answer)
    switch(LIST)
    with listed():
        territory_view.key_figures(answer)
        territory_view.catalysts(answer)
        beside = territory_view.choose_beside(answer)
        list_beside(selection, beside.places, files={"territoire": chosen})
with view:
    territory_view.show_on_map(answer, map_records(book), beside)
territory_view.what_is_missing(answer)
gaps_beside(beside.places)
badges_of(answer.territory)
contracts.contract_table(beside.contracts)
indicators_of(answer)
territory_view.files(answer, selection.to_url() | {"territoire": chosen, "autour": f"{near_km:g}"})
territory_view.relations(answer)
about_the_data(book)
