"""Repères : dated figures of public studies, with whom they asked; official indicators beside."""

import streamlit as st

from geo.errors import AtlasError
from geo.output.landmarks import landmarks_page
from pages.components.text import plain

st.title("Des repères chiffrés", anchor=False)
try:
    for part in landmarks_page():
        st.html(part)
except AtlasError as fault:
    st.error(plain(str(fault)), icon=":material/error:")
