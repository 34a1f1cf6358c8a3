"""Alliances : who works with whom, as a map, a graph, a matrix or a table."""

import streamlit as st

from geo.analysis.network import choose
from geo.query.selection import Selection
from pages.components import contracts, shipped
from pages.components.link import notices, open_link, share_link
from pages.components.map_frame import MAP, listed, map_frame, switch
from pages.components.place_tabs import place_tabs
from pages.components.store_view import open_store_view
from pages.components.submit import may_write
from pages.components.text import plain
from pages.sections.alliances import alliance_form, alliances, bridges
from pages.sections.ecosysteme import ecosystem_view

desk = open_store_view()
open_link(
    "alliances",
    ecosysteme=desk.knows("ecosystem"),
    acteur=desk.knows("actor"),
    alliance=desk.knows("alliance"),
)
writes = may_write()
panel, view = map_frame()
with panel:
    st.title("Les alliances", anchor=False)
    notices()
    home = ecosystem_view.choose(desk)
    place_tabs("alliances")
    every = alliances.chosen_alliances(desk)
    layout = alliances.choose_view()
    choice, beside = alliances.filters(desk, every)
    found = choose(every, choice, alliances.today())
    bridging = bridges.bridging_now(desk, found, choice)
    opened = alliance_form.now_open(desk)
    share_link(Selection(), **ecosystem_view.in_url(layout, choice, opened))
    alliances.say(desk, found, choice)
    switch(MAP, alliances.VIEWS[layout])
    with listed():
        words = st.empty()
        contracts.say_contracts(beside)
        alliance_form.one_alliance(desk, opened, writes=writes)
        shipped.begin_when_empty(desk, home)
        if choice.actor:
            alliances.own_network(desk, every, choice.actor)
with view:
    said = alliances.show(layout, desk, bridging, choice, beside)
words.caption(plain(said))
contracts.contract_table(beside)
if len(found):
    bridges.show_bridges(desk, bridging, choice)
    alliances.take_away(desk, bridging, ecosystem_view.in_url(layout, choice))
else:
    alliances.no_alliance(desk)
if choice.actor and writes:
    alliances.actor_removal(desk, choice.actor)
