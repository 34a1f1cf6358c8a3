"""Couverture : who is how far from a catalyst, and where the next ones would help most."""

import streamlit as st

from geo.output.maps import map_records
from geo.output.proximity import LIMITS, METHOD, vintage
from pages.components.downloads import Offer, downloads
from pages.components.filters import filter_drawer, say_selection
from pages.components.image_downloads import image_download
from pages.components.link import notices, open_link, share_link
from pages.components.map_frame import MAP, listed, map_frame, switch
from pages.components.page_frame import about_the_data, open_directory
from pages.components.text import plain
from pages.sections.couverture import distances, next_places

open_link("couverture")
book = open_directory()
panel, view = map_frame()
with panel:
    st.title("Qui est loin d’un catalyseur, où aider ensuite", anchor=False)
    notices()
    selection, more = filter_drawer("Filtres et territoires")
    with more:
        kind, within_km = distances.choose()
rows = book.select(selection)
seen, place = distances.measure(book, kind, selection, within_km), distances.in_url(kind, within_km)
with panel:
    say_selection(selection, len(rows), key="couverture")
    switch(MAP)
    with listed():
        distances.figures_of(seen)
        distances.say(seen)
        with st.container(key="ou_aider"):
            st.header("Où aider ensuite", anchor=False)
        question = next_places.ask(selection, within_km)
        answer = next_places.answer(book, question)
        if answer is not None:
            with st.container(key="prochains"):  # a heading without it is not printed
                next_places.say(answer)
        image = selection.to_url() | place | next_places.in_url(question, answer)
        image_download("couverture", image)
with view:
    next_places.show_map(rows, map_records(book), seen, answer)
if answer is not None:
    next_places.table(answer)
    parameters = next_places.in_url(question, answer) | {"seuil": f"{within_km:g}"}
    downloads(Offer("siting", selection.to_url() | parameters, "prochains-lieux", book.fictive))
st.header("Les habitants selon leur distance", anchor=False)
compared = distances.curves(book, selection)
share_link(selection, **place, **compared, **next_places.in_url(question, answer))
st.header("Les territoires les moins desservis", anchor=False)
distances.least_served(seen)
downloads(Offer("reach", selection.to_url() | place, f"portee-{kind}", book.fictive))
st.header("Méthode et limites", anchor=False)
st.markdown(plain(f"{METHOD} {LIMITS}"))
st.caption(plain(vintage()))
about_the_data(book)
