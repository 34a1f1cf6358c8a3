"""Territoire : one territory, who is there, who is near, what is missing."""

import streamlit as st

from geo.analysis.territory import sheet
from geo.french import typeset
from geo.query.parameters import TERRITORY
from pages.widgets import ecosystem
from pages.widgets.downloads import catalyst_downloads
from pages.widgets.filters import filter_bar
from pages.widgets.frame import about_the_data, map_records, open_directory
from pages.widgets.indicators import indicators_of
from pages.widgets.link import notices, open_link, share_link
from pages.widgets.map_view import show_map
from pages.widgets.places import place_search
from pages.widgets.printed import sheet_downloads

open_link("territoire", territoire=ecosystem.known)
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
    near_km = ecosystem.near_distance()
share_link(selection, territoire=chosen, **ecosystem.in_url(near_km))
if not chosen:
    ecosystem.invite()
    about_the_data(book)
    st.stop()

answer = sheet(book, *ecosystem.known(chosen), selection, near_km)
ecosystem.head(answer)
left, right = st.columns([5, 6], gap="medium")
with right:
    ecosystem.legend(answer)
    show_map(
        ecosystem.layers(answer, map_records(book)),
        key="territoire",
        title=ecosystem.map_title(answer),
        bounds=ecosystem.bounds(answer),
    )
with left:
    ecosystem.catalysts(answer)
ecosystem.what_is_missing(answer)
indicators_of(answer.territory)
query = selection.to_url() | {"territoire": chosen, "autour": f"{near_km:g}"}
st.caption(typeset(f"Ces fichiers contiennent : {answer.composition}."))
name = f"catalyseurs-{answer.territory.kind}-{answer.territory.code}"
catalyst_downloads(book, answer.all_rows, name=name, query=query)
ecosystem.perimeter_download(answer)
sheet_downloads(answer)
ecosystem.relations(answer)
about_the_data(book)
