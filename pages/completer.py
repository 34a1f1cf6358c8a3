"""Completer : an organisation completes its own record, by the link that it was sent."""

import streamlit as st

from pages.components.submit import book
from pages.sections.completer import owner_form

st.title("Complétez votre fiche", anchor=False)
store = book()
opened = owner_form.opened(store)
if opened is not None:
    owner_form.explain(opened)
    owner_form.form(store, opened)
