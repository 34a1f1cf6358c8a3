"""Méthode : what to know in two minutes, then sources, rules and limits; drawn from the data."""

import streamlit as st

from geo.output.method import method_page
from pages.components.page_frame import open_directory

st.title("Méthode", anchor=False)
st.html(method_page(open_directory()))
