"""Trouver : the nearest catalysts."""

import streamlit as st

from geo.directory.catalysts import read_catalysts
from geo.output import maps
from geo.settings import settings
from pages.widgets.map_view import show_map


@st.cache_resource(show_spinner="Lecture des catalyseurs…")
def everyone():
    frame = read_catalysts(settings().catalysts_file)
    return frame, maps.publish_catalysts(frame)


st.title("Trouver")
catalysts, records = everyone()
st.html(maps.catalyst_legend(catalysts))
show_map(
    [maps.catalyst_layer(catalysts, records)],
    key="trouver",
    title=f"Carte de {len(catalysts)} catalyseurs",
)
