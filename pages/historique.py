"""Historique : who changed what, when and why; and how to go back."""

import streamlit as st

from pages.components.submit import book
from pages.sections.historique import history

st.title("Historique", anchor=False)
store = book()
if history.may_read():
    record, state = history.requested_state(store)
    if record:
        history.one_record(store, *record)
    elif state:
        history.one_state(store, state)
    else:
        history.every_state(store)
