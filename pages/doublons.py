"""Doublons : actors that may be one, side by side; merged, kept apart, taken back."""

import streamlit as st

from pages.widgets import duplicates
from pages.widgets.link import notices
from pages.widgets.write import book

st.title("Doublons", anchor=False)
store = book()
notices()
if duplicates.may_decide(store):
    chosen = duplicates.asked(store)
    if chosen:
        duplicates.compare(store, chosen)
    else:
        duplicates.ranked(store)
        duplicates.past(store)
