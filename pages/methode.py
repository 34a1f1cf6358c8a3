"""Méthode : sources, vintages, definitions, vocabularies, limits; generated from the data."""

import streamlit as st

from pages.components.page_frame import open_directory
from pages.sections.methode import method

st.title("Méthode", anchor=False)
book = open_directory()
method.definitions()
method.catalysts(book)
method.glossary()
method.rules()
method.sources_table()
method.reference_counts()
method.vocabularies_table()
method.private_life()
