"""Méthode."""

import streamlit as st

st.title("Méthode")
