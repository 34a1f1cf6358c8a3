"""Catalyseurs."""

import streamlit as st

st.title("Catalyseurs")
