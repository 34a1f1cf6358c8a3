"""Repères : dated figures of public studies, with whom they asked; official indicators beside."""

import streamlit as st

from pages.sections.reperes import landmarks

st.title("Des repères chiffrés", anchor=False)
landmarks.introduction()
landmarks.shown()
landmarks.left_out()
landmarks.official()
