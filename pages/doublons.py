"""Doublons : actors that may be one, side by side; merged, kept apart, taken back."""

import streamlit as st

from pages.components.link import notices
from pages.components.submit import book
from pages.sections.doublons import duplicates

st.title("Doublons", anchor=False)
store = book()
notices()
if duplicates.may_decide(store):
    chosen = duplicates.requested_pair(store)
    if chosen:
        duplicates.compare(store, chosen)
    else:
        duplicates.ranked(store)
        duplicates.past(store)
