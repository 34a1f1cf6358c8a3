"""Méthode : sources, vintages, definitions, vocabularies, limits; generated from the data."""

import streamlit as st

from pages.widgets import method
from pages.widgets.frame import open_directory

st.title("Méthode", anchor=False)
book = open_directory()
method.definitions()
method.catalysts(book)
method.rules()
method.sources_table()
method.reference_counts()
method.vocabularies_table()
method.private_life()
