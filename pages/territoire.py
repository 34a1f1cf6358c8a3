"""Territoire."""

import streamlit as st

st.title("Territoire")
