"""Demandes : who asks to be put in touch, how far each one is, and what nobody could answer."""

import streamlit as st

from pages.components.session_user import person
from pages.components.submit import book
from pages.sections.demandes import follow_up, passing_on, request_queue

st.title("Demandes de mise en lien", anchor=False)
store, who = book(), person()
if request_queue.may_read(who):
    every = request_queue.read(store, who)
    request_queue.key_figures(store, every)
    chosen = request_queue.choose(every)
    if chosen is not None:
        follow_up.show(store, chosen)
        passing_on.passing_on(store, chosen)
        follow_up.mails(store, chosen)
        follow_up.next_state(store, chosen)
        follow_up.notes(store, chosen)
        follow_up.erasure(store, who, chosen)
    request_queue.figures_table(store)
