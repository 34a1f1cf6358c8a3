"""Modération : what contributors propose, old and new side by side, and what was decided."""

import streamlit as st

from pages.components.session_user import person
from pages.components.submit import book
from pages.sections.moderation import moderation

st.title("Modération", anchor=False)
store, who = book(), person()
if moderation.may_read(who):
    chosen = moderation.queue(store, who)
    if chosen is not None:
        payload, now = moderation.read_proposal(store, chosen)
        moderation.side_by_side(store, who, payload, now)
        if who.may_write:
            moderation.decision(store, who, chosen, payload, now)
    moderation.already_decided(store, who)
