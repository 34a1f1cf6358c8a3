"""Carte."""

import streamlit as st

st.title("Carte")
