"""Écosystème : one territory's actors, alliances and projects, and what it lacks."""

import streamlit as st

from pages.components import contracts, gaps, shipped, time_control
from pages.components.link import open_link, share_link
from pages.components.map_frame import MAP, listed, map_frame, switch
from pages.components.store_view import open_store_view
from pages.components.submit import may_write
from pages.components.text import plain
from pages.sections.ecosysteme import beginning, ecosystem_view, files, maturity
from pages.sections.ecosysteme import ecosystem_form as form

store_view = open_store_view()
open_link("ecosysteme", ecosysteme=store_view.knows("ecosystem"))
writes = may_write()
form.just_created()
chosen = ecosystem_view.chosen_now(store_view)
if not chosen or (writes and form.form_open()):
    beginning.begin(store_view, writes=writes)

past = time_control.past_now(store_view, chosen)
found = past.state.ecosystem
example = bool(found.record["example"]) or shipped.ships(chosen)
panel, view = map_frame()
with panel:
    ecosystem_view.begin(store_view)
    ecosystem_view.head(found)
    time_control.choose_moment(store_view, past)
    switch(MAP, ecosystem_view.view_name(found))
    with listed():
        ecosystem_view.note(found)
        beginning.first_actors(found)
        ecosystem_view.key_figures(found)
        words = st.empty()
        ecosystem_view.elsewhere(found)
        project, odd, shown = ecosystem_view.map_filters(found)
        contracts.say_contracts(shown)
        if writes:
            form.buttons(chosen, example=example)
link = {"odd": odd, "contrats": shown.kind if shown else "", **time_control.in_link()}
share_link(gaps.shown_beside(), ecosysteme=chosen, **link)
with view:
    sentence = ecosystem_view.show_on_map(store_view, found, project, odd, shown)
words.caption(plain(sentence))
ecosystem_view.alliances_table(store_view, found, project, odd)
time_control.show_changes(past)
contracts.contract_table(shown)
gaps.show_gaps(found)
maturity.resources_of(past.state.current)
ecosystem_view.actors_table(found)
files.ecosystem_files(found, past.state.question, drafts=store_view.drafts)
if shipped.ships(chosen):
    shipped.removal(store_view, chosen)
elif writes and not example:
    maturity.own_assessment(store_view, found)
    ecosystem_view.removal(store_view, found)
