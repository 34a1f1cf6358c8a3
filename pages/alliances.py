"""Alliances : who works with whom, as a map, a graph, a matrix or a table."""

import streamlit as st

from geo.analysis.network import choose
from geo.query.selection import Selection
from pages.components import contracts, shipped
from pages.components.link import notices, open_link, share_link
from pages.components.map_frame import listed, map_frame, switch
from pages.components.place_tabs import place_tabs
from pages.components.store_view import open_store_view
from pages.components.submit import may_write
from pages.components.text import plain
from pages.sections.alliances import alliance_form, alliances, bridges, of_ecosystem
from pages.sections.ecosysteme import ecosystem_view

store_view = open_store_view()
open_link(
    "alliances",
    ecosysteme=store_view.knows("ecosystem"),
    acteur=store_view.knows("actor"),
    alliance=store_view.knows("alliance"),
)
writes = may_write()
panel, view = map_frame()
with panel:
    st.title("Les alliances", anchor=False)
    notices()
    home = ecosystem_view.choose(store_view)
    shipped.warn_of_trial(home)
    place_tabs("alliances")
    every = alliances.chosen_alliances(store_view)
    layout = alliances.choose_view()
    choice, beside = alliances.filters(store_view, every)
    found = choose(every, choice, alliances.today())
    bridging = bridges.bridging_now(store_view, found, choice)
    opened = alliance_form.now_open(store_view)
    share_link(Selection(), **ecosystem_view.in_url(layout, choice, opened))
    with st.container(horizontal=True, vertical_alignment="center", key="dit_et_ajoute"):
        of_ecosystem.say(store_view, found, choice)
        alliance_form.new_button(writes=writes)
    switch(alliance_form.first_shown(opened), alliances.VIEWS[layout])
    with listed():
        words = st.empty()
        contracts.say_contracts(beside)
        alliance_form.one_alliance(store_view, opened, writes=writes)
        shipped.begin_when_empty(store_view, home)
        if choice.actor:
            alliances.own_network(store_view, every, choice.actor)
with view:
    sentence = alliances.show(layout, store_view, bridging, choice, beside)
words.caption(plain(sentence))
alliances.show_below(layout, store_view, found, beside)
if len(found):
    bridges.show_bridges(store_view, bridging, choice)
    alliances.take_away(store_view, bridging, ecosystem_view.in_url(layout, choice))
else:
    of_ecosystem.no_alliance(store_view, choice)
if choice.actor and writes:
    alliances.actor_removal(store_view, choice.actor)
