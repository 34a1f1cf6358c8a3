"""Territoire : one territory, who is there, who is near, what is missing."""

import streamlit as st

from geo.analysis.territory import sheet
from geo.french import typeset
from geo.query.parameters import TERRITORY
from pages.components import contracts
from pages.components.downloads import catalyst_downloads
from pages.components.filters import filter_drawer
from pages.components.link import notices, open_link, share_link
from pages.components.map_frame import LIST, MAP, listed, map_frame, switch
from pages.components.page_frame import about_the_data, map_records, open_directory
from pages.components.place_search import place_search
from pages.components.place_tabs import place_tabs
from pages.sections.territoire import territory_view
from pages.sections.territoire.indicators import indicators_of

open_link("territoire", territoire=territory_view.known)
book = open_directory()
panel, view = map_frame()
with panel:
    st.title("Un territoire et ses catalyseurs", anchor=False)
    notices()
    chosen = place_search("territoire", label=TERRITORY.label, placeholder=territory_view.EXAMPLES)
    selection, more = filter_drawer("Filtres et réglages")
    with more:
        near_km = territory_view.near_distance()
    share_link(selection, territoire=chosen, **territory_view.in_url(near_km))
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
        shown = territory_view.choose_contracts(answer)
        territory_view.catalysts(answer)
with view:
    territory_view.show_on_map(answer, map_records(book), shown)
territory_view.what_is_missing(answer)
contracts.contract_table(shown)
indicators_of(answer.territory)
query = selection.to_url() | {"territoire": chosen, "autour": f"{near_km:g}"}
st.caption(typeset(f"Ces fichiers contiennent : {answer.composition}."))
name = f"catalyseurs-{answer.territory.kind}-{answer.territory.code}"
catalyst_downloads(book, answer.all_rows, name=name, query=query)
territory_view.files(answer, query)
territory_view.relations(answer)
about_the_data(book)
